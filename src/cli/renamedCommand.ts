import type { Command } from 'commander';
import { RunLog } from '../engine/journal/runLog.ts';
import { noteRename, refuseRename } from '../engine/journal/runRequests.ts';
import { accountName } from './accountName.ts';
import { newestRun } from './newestRun.ts';
import { UsageError } from './usageError.ts';

interface RenamedFlags {
	readonly path: string;
	readonly plan?: string;
	/** False with `--not-same`. */
	readonly same: boolean;
}

/** `switchyard renamed FROM TO`: answers whether a finished task that is gone is the one that appeared (D6). */
export function registerRenamed(program: Command): void {
	program
		.command('renamed')
		.description(
			'Say that a task of the open run has another id now, or with --not-same that it is another task.',
		)
		.argument('<FROM>', 'the id that the run knows')
		.argument('<TO>', 'the id in the plan')
		.option('--not-same', 'the two are different tasks: the new one has to be done')
		.option('--path <PATH>', 'workspace folder or plan file', '.')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.action(async (from: string, to: string, flags: Omit<RenamedFlags, 'same'> & { notSame?: boolean }) => {
			const said = await answer({ from, to }, { ...flags, same: flags.notSame !== true });
			process.stdout.write(`${said}\n`);
		});
}

async function answer(ids: { from: string; to: string }, flags: RenamedFlags): Promise<string> {
	if (process.env['SWITCHYARD_ATTEMPT'] !== undefined) {
		throw new UsageError('This is a task of a run: it cannot answer what a person is asked (T7).');
	}
	const { from, to } = ids;
	const newest = await newestRun(flags);
	const log = new RunLog(newest.folder);
	await log.refresh();
	if (log.fold.table?.knownState(from) === undefined) {
		throw new UsageError(`The run ${newest.run} has no task ${from}.`);
	}
	const by = accountName();
	if (!flags.same) {
		await refuseRename(newest.folder, from, to, by);
		return `${to} is another task than ${from}, and will be done.`;
	}
	await noteRename(newest.folder, from, to, by);
	return `${from} is ${to} now: what was done stays done. If no engine is running, take the run up again with: switchyard run`;
}
