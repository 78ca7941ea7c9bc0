import { expect } from 'vitest';
import type { AttemptOutcome } from '../../../src/core/run/attemptFacts.ts';
import { composeCycle } from '../../../src/core/run/composeCycle.ts';
import type { RunEvent, StampedEvent } from '../../../src/core/run/events.ts';
import { RunFold } from '../../../src/core/run/runFold.ts';
import type { GateStep, RunGate } from '../../../src/core/run/runGate.ts';
import type { RunPlan, RunSprint, RunTask } from '../../../src/core/run/runPlan.ts';
import type { RunTable } from '../../../src/core/run/runTable.ts';
import { expectSame, putAside } from '../../support/putAside.ts';
import { runPlan, runTask } from '../evidence/samples.ts';

/** A plan in few words: `tasks: 'A B<A C<A,B'`, sprints as `{S1: 'A B'}` in their order, all of one track. */
export interface PlanWords {
	readonly tasks: string;
	readonly sprints?: Readonly<Record<string, string>>;
	/** Track of each sprint; without it all sprints are of track 1. */
	readonly trackOf?: Readonly<Record<string, number | null>>;
	readonly sprintAfter?: Readonly<Record<string, readonly string[]>>;
	readonly more?: Readonly<Record<string, Partial<RunTask>>>;
	readonly jobs?: number;
	readonly strategy?: string;
	readonly gates?: readonly GateWords[];
}

/** A gate in few words: of the sprint `of`, else of the tasks that it judges. */
export interface GateWords extends Partial<Omit<RunGate, 'integration' | 'validators' | 'after'>> {
	readonly of?: string;
	readonly integration?: boolean;
	/** Names of the validators; one that ends with `?` only advises. */
	readonly validators?: string;
	readonly after?: string;
}

/** A gate of a plan with these sprints. */
export function gateOf(words: GateWords, sprints: readonly RunSprint[]): RunGate {
	const { of: sprintId, integration, validators = '', after = '', ...more } = words;
	const sprint = sprints.find(({ id }) => id === sprintId);
	const tasks = words.judges ?? sprint?.tasks ?? [];
	const slots = (text: string) => text.split(' ').filter((slot) => slot !== '');
	return {
		id: `${sprintId ?? 'plan:project'}:gate`,
		name: `Gate of ${sprintId ?? 'the project'}`,
		level: sprint === undefined ? 'project' : 'sprint',
		sprint: sprint?.id ?? null,
		track: sprint?.track ?? null,
		number: null,
		judges: tasks,
		waitsFor: tasks,
		holds: [],
		integration: integration === true ? gateStep('integration', { work: runTask('').work }) : null,
		validators: slots(validators).map((slot) =>
			gateStep(slot.replace('?', ''), { advisory: slot.endsWith('?') }),
		),
		after: slots(after).map((slot) => gateStep(slot, { work: runTask('').work, checks: [] })),
		unconfigured: [],
		maxFixCycles: 3,
		owners: tasks,
		...more,
	};
}

/** A step of a gate: one check, and no work unless it is given. */
export function gateStep(slot: string, more: Partial<GateStep> = {}): GateStep {
	const command = { kind: 'argv' as const, argv: ['true'] };
	return {
		slot,
		name: slot,
		advisory: false,
		work: { kind: 'none', command: { kind: 'argv', argv: [] } },
		checks: [{ command, expectExit: 0, timeoutMinutes: 1 }],
		timeoutMinutes: 30,
		env: {},
		cwd: '.',
		...more,
	};
}

export function planOf(words: PlanWords): RunPlan {
	const sprints = Object.entries(words.sprints ?? {}).map(
		([id, members]): RunSprint => ({
			id,
			name: id,
			track: words.trackOf === undefined ? 1 : (words.trackOf[id] ?? null),
			tasks: members.split(' ').filter((name) => name !== ''),
			dependencies: words.sprintAfter?.[id] ?? [],
			estimateMinutes: 0,
		}),
	);
	const tasks = words.tasks.split(' ').map((word) => {
		const [id = '', before = ''] = word.split('<');
		const sprint = sprints.find((candidate) => candidate.tasks.includes(id));
		return runTask(id, {
			dependencies: before === '' ? [] : before.split(','),
			sprint: sprint?.id ?? null,
			track: sprint?.track ?? null,
			...words.more?.[id],
		});
	});
	const numbers = [...new Set(sprints.flatMap(({ track }) => track ?? []))];
	return runPlan(tasks, {
		sprints,
		tracks: numbers.map((number) => ({ number, name: `Track ${number}`, estimateMinutes: 0 })),
		jobs: words.jobs ?? 3,
		strategy: words.strategy ?? 'hybrid',
		...(words.gates === undefined ? {} : { gates: words.gates.map((gate) => gateOf(gate, sprints)) }),
	});
}

/** So many lines after one another go into one fold before it is put aside. */
const putAsideAfter = 9;

/**
 * A run that tests tell line by line. Engine `e1` is there from the beginning. A second fold is put aside and taken up again
 * all the time, and has to stay equal to the first: every story tests checkpoints, too.
 */
export class Story {
	readonly fold = new RunFold();
	readonly events: StampedEvent[] = [];
	#interrupted = new RunFold();
	#at = 1_000;
	#snapshots = new Map<string, RunPlan>();

	constructor(plan: RunPlan) {
		this.#snapshots.set('first', plan);
		const { strategy, jobs } = plan;
		this.apply({ kind: 'run-created', run: 'exec-1', plan: 'planning', snapshot: 'first', strategy, jobs });
		this.tell('engine e1');
	}

	get table(): RunTable {
		const { table } = this.fold;
		if (table === null) {
			throw new Error('the run was not created');
		}
		return table;
	}

	/** Takes one line; returns why it is void, or null. */
	apply(event: RunEvent): string | null {
		const stamped: StampedEvent = { ...event, stamp: { at: this.#at, writer: 'w', sequence: this.#at } };
		this.#at += 1_000;
		this.events.push(stamped);
		const verdict = this.fold.apply(stamped, this.snapshotOf(stamped));
		expect(this.#interrupted.apply(stamped, this.snapshotOf(stamped))).toBe(verdict);
		if (this.events.length % putAsideAfter === 0) {
			this.#interrupted = putAside(this.#interrupted);
			expectSame(this.#interrupted, this.fold);
		}
		return verdict;
	}

	snapshotOf(event: StampedEvent): RunPlan | null {
		const named = event.kind === 'run-created' || event.kind === 'plan-changed';
		return named ? (this.#snapshots.get(event.snapshot) ?? null) : null;
	}

	/** Replaces the plan, as after a saved edit. */
	change(plan: RunPlan): string | null {
		const snapshot = `plan-${this.#snapshots.size}`;
		this.#snapshots.set(snapshot, plan);
		return this.apply({ kind: 'plan-changed', snapshot, jobs: plan.jobs });
	}

	/** Lines in words; one that begins with `!` must be void, for the reason after `::` where there is one. */
	tell(...lines: readonly string[]): this {
		for (const line of lines) {
			const mustBeVoid = line.startsWith('!');
			const [text = '', reason] = line.replace(/^! */, '').split(' :: ');
			const verdict = this.apply(this.#eventOf(text));
			if (mustBeVoid) {
				expect(verdict, line).not.toBeNull();
				expect(reason === undefined ? verdict : reason, line).toBe(verdict);
			} else {
				expect(verdict, line).toBeNull();
			}
		}
		return this;
	}

	/** `cycle e1 S1:gate`: the cycle that is due for a gate, as an engine composes it. */
	#eventOf(text: string): RunEvent {
		const [kind, engine = '', gate = ''] = text.split(' ');
		if (kind !== 'cycle') {
			return eventOf(text);
		}
		const due = composeCycle(this.table, gate, { engine });
		return due ?? { kind: 'cycle-opened', engine, gate, cycle: 2, fixes: [] };
	}

	/** Status of every task, or of some: `{A: 'completed'}`. */
	statuses(): Record<string, string> {
		return Object.fromEntries([...this.table.tasks].map(([id, { status }]) => [id, status]));
	}
}

function eventOf(text: string): RunEvent {
	const [kind = '', ...words] = text.split(' ');
	const [first = '', second = '', third = '', fourth = ''] = words;
	switch (kind) {
		case 'engine': {
			const host = { pid: 1, startTime: '1', boot: 'b', host: 'h' };
			const jobs = second === '' ? null : Number(second.replace('jobs=', ''));
			return { kind: 'engine-started', engine: first, process: host, face: 'terminal', jobs };
		}
		case 'bye':
			return { kind: 'engine-stopped', engine: first };
		case 'away':
			return { kind: 'engine-away', engine: first, seenBy: second };
		case 'back':
			return { kind: 'engine-back', engine: first };
		case 'ask':
		case 'name': {
			const tasks = words.slice(1);
			return { kind: 'scope-added', engine: first, request: text, tasks, explicit: kind === 'name' };
		}
		// `again e1 A/1 B/2`, `recheck e1 A/0`: finished tasks, each with the attempts that it had when somebody was asked.
		case 'again':
		case 'recheck': {
			const what = kind === 'again' ? ('work' as const) : ('checks' as const);
			const reopens = words.slice(1).map((word) => {
				const [task = '', attempts = ''] = word.split('/');
				return { task, attempts: Number(attempts), what };
			});
			const tasks = reopens.map(({ task }) => task);
			return { kind: 'scope-added', engine: first, request: text, tasks, explicit: false, reopens };
		}
		case 'claim':
			return { kind: 'task-claimed', engine: first, task: second, attempt: Number(third) };
		case 'adopt':
			return { kind: 'task-adopted', engine: first, task: second, attempt: Number(third), from: fourth };
		case 'start':
			return { kind: 'attempt-started', engine: first, task: second, attempt: Number(third), pid: 77 };
		case 'end':
			return {
				...facts(first, second, third),
				kind: 'attempt-ended',
				outcome: fourth as AttemptOutcome,
				exit: fourth === 'ok' ? 0 : 1,
				reason: fourth === 'ok' ? '' : `${second} ended: ${fourth}.`,
			};
		case 'check':
			return {
				...facts(first, second, third.split('/')[0] ?? ''),
				kind: 'check-ended',
				check: Number(third.split('/')[1]),
				passed: fourth === 'pass',
				...(fourth === 'vanished' ? { vanished: true as const } : {}),
				exit: fourth === 'pass' ? 0 : 1,
				reason: fourth === 'pass' ? '' : `Check of ${second} failed.`,
			};
		case 'evidence':
			return { kind: 'evidence-written', task: first, attempt: Number(second), path: `.work/${first}` };
		case 'stop': {
			const tasks = first === 'all' ? ('all' as const) : [first];
			return { kind: 'stop-requested', tasks, by: 'a person', ...(second === '' ? {} : { engine: second }) };
		}
		case 'drain':
			return { kind: 'drain-requested', by: 'a person' };
		case 'retry':
		case 'skip':
		case 'approve':
			return { kind: 'task-answered', task: first, answer: kind, by: 'Ada' };
		case 'import': {
			const [startedAt, completedAt] = [1, 2];
			return { kind: 'task-imported', task: first, startedAt, completedAt, source: 's', hash: 'h' };
		}
		case 'close':
			return { kind: 'run-closed', reason: 'superseded' };
		default:
			throw new Error(`no such line: ${text}`);
	}
}

function facts(engine: string, task: string, attempt: string) {
	const times = { startedAt: 10, endedAt: 20 };
	return { engine, task, attempt: Number(attempt), ...times, outputHash: 'f'.repeat(64), outputBytes: 3 };
}
