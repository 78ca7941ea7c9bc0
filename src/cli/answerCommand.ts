import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { needOf } from '../core/run/needs.ts';
import { enumerate } from '../core/run/summarise.ts';
import { listRuns } from '../engine/journal/listRuns.ts';
import { RunLog } from '../engine/journal/runLog.ts';
import { answerTask } from '../engine/journal/runRequests.ts';
import { callLoader } from '../engine/run/callLoader.ts';
import { locatePlan } from './locatePlan.ts';
import { UsageError } from './usageError.ts';

interface AnswerFlags {
	readonly path: string;
	readonly plan?: string;
	readonly reason?: string;
	readonly by?: string;
}

/** `switchyard approve` and `reject`: what a person says about a task that waits for them (FORMATS 1.4). */
export function registerAnswers(program: Command): void {
	for (const [answer, description] of [
		['approve', 'Agree to a task that waits for you; the run goes on from there.'],
		['reject', 'Do not agree: the reason is what the next iteration has to repair.'],
	] as const) {
		program
			.command(answer)
			.description(description)
			.argument('<TASK>', 'id of the task')
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

async function give(task: string, answer: 'approve' | 'reject', flags: AnswerFlags): Promise<string> {
	const { path, plan, reason = '' } = flags;
	const place = locatePlan(await callLoader({ path, ...(plan === undefined ? {} : { planKey: plan }) }));
	const runs = await listRuns(place.rootPath);
	const newest = runs.filter((run) => place.key === null || run.plan === place.key).at(-1);
	if (newest === undefined) {
		throw new UsageError(`There is no run of this plan in ${place.rootPath}.`);
	}
	const log = new RunLog(newest.folder);
	await log.refresh();
	const state = log.fold.table?.tasks.get(task);
	const open = state === undefined ? null : needOf(state);
	if (state === undefined || open?.need.kind !== 'approval') {
		const waiting = [...(log.fold.table?.tasks.values() ?? [])]
			.filter(({ need }) => need?.kind === 'approval')
			.map((each) => each.task.id);
		const help = waiting.length === 0 ? 'Nothing does.' : `What does: ${enumerate(waiting)}.`;
		const what =
			state === undefined ? `The run has no task ${task}.` : `${task} does not wait for an approval.`;
		throw new UsageError(`${what} ${help}`);
	}
	if (answer === 'reject' && reason.trim() === '') {
		throw new UsageError('Say why with --reason: it is what the next iteration has to repair.');
	}
	const by = flags.by ?? accountName();
	const { attempt } = open.need;
	await answerTask(newest.folder, { task, answer, by, attempt, ...(reason === '' ? {} : { reason }) });
	const verb = answer === 'approve' ? 'Approved' : 'Rejected';
	return `${verb} ${task}: ${open.need.what}. If no engine is running, take the run up again with: switchyard run`;
}

function accountName(): string {
	try {
		return userInfo().username;
	} catch {
		return 'a person';
	}
}
