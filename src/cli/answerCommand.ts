import type { Command } from 'commander';
import { needOf } from '../core/run/needs.ts';
import { answerObstacle } from '../core/run/requestEvents.ts';
import type { RunTable } from '../core/run/runTable.ts';
import { enumerate } from '../core/run/summarise.ts';
import { RunLog } from '../engine/journal/runLog.ts';
import { answerTask } from '../engine/journal/runRequests.ts';
import { accountName } from './accountName.ts';
import { newestRun } from './newestRun.ts';
import { UsageError } from './usageError.ts';

interface AnswerFlags {
	readonly path: string;
	readonly plan?: string;
	readonly reason?: string;
	readonly by?: string;
}

type Answer = 'approve' | 'reject' | 'retry' | 'skip';

const answers: readonly (readonly [Answer, string])[] = [
	['approve', 'Agree to a task that waits for you; the run goes on from there.'],
	['reject', 'Do not agree: the reason is what the next iteration has to repair.'],
	['retry', 'Have a gate judged again, or a task that ended badly tried again, with a fresh budget.'],
	['skip', 'Let what depends on a task or gate go on without it. It counts as skipped, and never as passed.'],
];

/** `switchyard approve`, `reject`, `retry` and `skip`: what a person says about a task or gate (FORMATS 1.4). */
export function registerAnswers(program: Command): void {
	for (const [answer, description] of answers) {
		program
			.command(answer)
			.description(description)
			.argument('<TASK>', 'id of the task; of a gate as `status` names it')
			.option('--path <PATH>', 'workspace folder or plan file', '.')
			.option('--reason <TEXT>', 'why, in a sentence')
			.option('--by <NAME>', 'who says so; the name of the account unless given')
			.option('--plan <KEY>', 'which plan, where a folder holds several')
			.action(async (task: string, flags: AnswerFlags) => {
				if (process.env['SWITCHYARD_ATTEMPT'] !== undefined) {
					throw new UsageError('This is a task of a run: it cannot answer what a person is asked (T7).');
				}
				process.stdout.write(`${await give(task, answer, flags)}\n`);
			});
	}
}

async function give(task: string, answer: Answer, flags: AnswerFlags): Promise<string> {
	const { reason = '', by = accountName() } = flags;
	const newest = await newestRun(flags);
	const log = new RunLog(newest.folder);
	await log.refresh();
	const asked = { task, table: log.fold.table, reason: reason.trim() };
	const { attempt, done } =
		answer === 'approve' || answer === 'reject' ? approval(asked, answer) : decision(asked, answer);
	await answerTask(newest.folder, {
		...{ task, answer, by },
		...(attempt !== undefined && { attempt }),
		...(asked.reason !== '' && { reason: asked.reason }),
	});
	await log.refresh();
	return `${done} If no engine is running, take the run up again with: switchyard run`;
}

interface Asked {
	readonly task: string;
	readonly table: RunTable | null;
	readonly reason: string;
}

interface Given {
	readonly attempt?: number;
	/** What is done by it, in a sentence. */
	readonly done: string;
}

function approval({ task, table, reason }: Asked, answer: 'approve' | 'reject'): Given {
	const state = table?.tasks.get(task);
	const open = state === undefined ? null : needOf(state);
	if (state === undefined || open?.need.kind !== 'approval') {
		const waiting = [...(table?.tasks.values() ?? [])]
			.filter(({ need }) => need?.kind === 'approval')
			.map((each) => each.task.id);
		const help = waiting.length === 0 ? 'Nothing does.' : `What does: ${enumerate(waiting)}.`;
		const what =
			state === undefined ? `The run has no task ${task}.` : `${task} does not wait for an approval.`;
		throw new UsageError(`${what} ${help}`);
	}
	if (answer === 'reject' && reason === '') {
		throw new UsageError('Say why with --reason: it is what the next iteration has to repair.');
	}
	const { attempt, what } = open.need;
	return { attempt, done: `${answer === 'approve' ? 'Approved' : 'Rejected'} ${task}: ${what}.` };
}

/** Whatever the fold would not take is said here, because a line of the journal answers nobody. */
function decision({ task, table }: Asked, answer: 'retry' | 'skip'): Given {
	const state = table?.tasks.get(task);
	if (table === null || state === undefined) {
		const known =
			table === null ? [] : [...table.plan.tasks, ...(table.plan.gates ?? [])].map(({ id }) => id);
		throw new UsageError(`The run has no task and no gate ${task}. It has: ${enumerate(known)}.`);
	}
	const obstacle = answerObstacle(table, state, answer);
	if (obstacle !== null) {
		throw new UsageError(`${task}: ${obstacle}.`);
	}
	const isGate = state.task.unit?.role === 'gate';
	const isOver = state.need !== null || state.status === 'failed' || state.status === 'cancelled';
	if (answer === 'retry' && !isGate && !isOver) {
		throw new UsageError(`${task} is ${state.status}: there is nothing to try again.`);
	}
	return answer === 'skip'
		? { done: `Skipped ${task}: what depends on it goes on without it.` }
		: { done: `${task} is tried again.` };
}
