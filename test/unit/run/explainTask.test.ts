import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { explainTask } from '../../../src/core/run/explainTask.ts';
import type { AgentWork } from '../../../src/core/run/runPlan.ts';
import type { PlanWords } from './story.ts';
import { planOf, Story } from './story.ts';

const argv = { kind: 'argv', argv: ['true'] } as const;
const check = { command: argv, expectExit: 0, timeoutMinutes: 1 };
const bot: AgentWork = {
	kind: 'agent',
	agent: 'bot',
	command: argv,
	env: {},
	prompt: { kind: 'text', text: '' },
};

/** What `why` says of a task after these lines, each sentence with the lines of the journal behind it. */
function why(task: string, words: PlanWords, lines: readonly (string | RunEvent)[]): string[] {
	const story = new Story(planOf(words));
	for (const line of lines) {
		if (typeof line === 'string') {
			story.tell(line);
		} else {
			expect(story.apply(line)).toBeNull();
		}
	}
	const state = story.table.tasks.get(task);
	return state === undefined
		? []
		: explainTask(story.table, state, story.events).map(
				({ about, sentence, events }) =>
					`${about}: ${sentence} [${events.map((event) => ('task' in event ? `${event.kind} ${event.task}` : event.kind)).join(', ')}]`,
			);
}

const ended = (task: string, more: object) =>
	({
		...{ kind: 'attempt-ended', task, attempt: 1, engine: 'e1', outcome: 'infrastructure', exit: 1 },
		...{ reason: 'No way to its server.', startedAt: 1, endedAt: 2, outputHash: '', outputBytes: 0 },
		...more,
	}) as RunEvent;
const done = (id: string) => [`claim e1 ${id} 1`, `end e1 ${id} 1 ok`];
const noon = Date.UTC(2026, 5, 1, 12);

describe('why a task stands where it stands, with the lines behind it', () => {
	const four: PlanWords = { tasks: 'A B<A C D<C', jobs: 1 };
	const agents: PlanWords = { tasks: 'A B', more: { A: { work: bot }, B: { work: bot } } };
	const process = { pid: 1, startTime: '1', boot: 'b', host: 'h' };
	const found: RunEvent = {
		...{ kind: 'discovery-noted', id: 'd1', task: 'A', attempt: 1, via: 'report' },
		what: { kind: 'task', title: 'Email service' } as unknown as (RunEvent & {
			kind: 'discovery-noted';
		})['what'],
	};
	const replanned: RunEvent = {
		...{ kind: 'replan-applied', claim: 'c', number: 1, version: 2, discoveries: ['d1'], added: ['C'] },
		...{ reason: 'Email service', trigger: ['A'], by: 'Kim', minutes: null },
	};

	test.each([
		[
			'S5: nobody asked for it',
			'A',
			four,
			[],
			['status: A is pending. []', 'wait: Nobody asked for it in this run. []'],
		],
		[
			'T1: it waits for a task that runs',
			'B',
			four,
			['ask e1 A B', 'claim e1 A 1'],
			['status: B is pending: Waits for A. []', 'wait: Waits for A. [task-claimed A]'],
		],
		[
			'S4: it waits for a slot',
			'C',
			four,
			['ask e1 A C', 'claim e1 A 1'],
			[
				'status: C is ready: Ready; the run is limited to 1 tasks at once. []',
				'wait: Ready; the run is limited to 1 tasks at once. [task-claimed A]',
			],
		],
		[
			'S2: it waits for a lock',
			'B',
			{ tasks: 'A B', more: { A: { locks: ['db'] }, B: { locks: ['db'] } } },
			['ask e1 A B', 'claim e1 A 1'],
			[
				'status: B is ready: Ready; A holds the lock “db”. []',
				'wait: Ready; A holds the lock “db”. [task-claimed A]',
			],
		],
		[
			'G2: it waits for the sprint before',
			'C',
			{ tasks: 'A C', sprints: { S1: 'A', S2: 'C' } },
			['ask e1 A C', 'claim e1 A 1'],
			[
				'status: C is pending: Waits until S1 is complete. []',
				'wait: Waits until S1 is complete. [task-claimed A]',
			],
		],
		[
			'T4: it is blocked by one that failed',
			'B',
			four,
			['ask e1 A B', 'claim e1 A 1', 'end e1 A 1 failed'],
			[
				'status: B is blocked: Blocked by A, which failed. []',
				'blocked: A is failed: A ended: failed. [attempt-ended A]',
			],
		],
		[
			'T2: it was tried again, because a check did not pass',
			'A',
			{ tasks: 'A', more: { A: { checks: [check], maxAttempts: 2 } } },
			[
				'ask e1 A',
				...done('A'),
				'check e1 A 1/0 fail',
				'claim e1 A 2',
				'end e1 A 2 ok',
				'check e1 A 2/0 pass',
			],
			[
				'status: A is completed. [check-ended A]',
				'retry: Attempt 2 followed attempt 1, because iteration 1 did not pass: Check of A failed. [check-ended A]',
			],
		],
		[
			'T3: it is tried again at a time',
			'A',
			agents,
			['ask e1 A', 'claim e1 A 1', ended('A', { retryAt: noon })],
			[
				'status: A is ready: Tried again at 12:00:00 UTC: No way to its server. [attempt-ended A]',
				'wait: Tried again at 12:00:00 UTC: No way to its server. [attempt-ended A]',
			],
		],
		[
			'T3: it waits for a usage limit that another task met',
			'B',
			agents,
			[
				'ask e1 A B',
				'claim e1 A 1',
				ended('A', { outcome: 'usage-limit', reason: 'The usage limit of bot is reached.', retryAt: noon }),
			],
			[
				'status: B is ready: Waits for the usage limit of bot, which ends at 12:00:00 UTC. []',
				'wait: Waits for the usage limit of bot, which ends at 12:00:00 UTC. [attempt-ended A]',
			],
		],
		[
			'S2: it asks a person, and holds up what depends on it',
			'B',
			{ tasks: 'A B<A', more: { A: { checks: [{ kind: 'approval', what: 'the layout' }] } } },
			['ask e1 A B', ...done('A')],
			[
				'status: B is blocked: Blocked by A, which needs a person. []',
				'blocked: A is blocked: Waits for your approval: the layout. [attempt-ended A]',
			],
		],
		[
			'S2: it asks a person itself',
			'A',
			{ tasks: 'A', more: { A: { approval: 'after' } } },
			['ask e1 A', ...done('A')],
			[
				'status: A is blocked: Waits for your approval: the result. [attempt-ended A]',
				expect.stringMatching(/^need: It waits for a person since .* \[attempt-ended A\]$/),
			],
		],
		[
			'R2: a replan added it',
			'C',
			{ tasks: 'A C' },
			[
				'ask e1 A',
				...done('A'),
				found,
				{ kind: 'replan-claimed', claim: 'c', from: null, process },
				replanned,
			],
			[
				'status: C is pending. []',
				'wait: Nobody asked for it in this run. []',
				'replan: Replan 1 added it (version 2 of the plan, decided by Kim), because “Email service” was found while working on A. [discovery-noted A, replan-applied]',
			],
		],
	] as const satisfies readonly (readonly [
		string,
		string,
		PlanWords,
		readonly (string | RunEvent)[],
		readonly unknown[],
	])[])('%s', (_, task, words, lines, expected) => {
		expect(why(task, words, lines)).toEqual(expected);
	});
});
