import type { Command } from 'commander';
import { listRuns } from '../engine/journal/listRuns.ts';
import { callLoader } from '../engine/run/callLoader.ts';
import { stopRun } from '../engine/run/stopRun.ts';
import { locatePlan } from './locatePlan.ts';
import { UsageError } from './usageError.ts';

/** `switchyard stop`: ends what runs, whoever started it, and waits until its processes are gone (T5). */
export function registerStop(program: Command): void {
	program
		.command('stop')
		.description('Stop the tasks of the open run; what is finished stays finished.')
		.argument('[PATH]', 'workspace folder or plan file', '.')
		.option('--task <ID...>', 'only these tasks')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.action(async (path: string, flags: { task?: string[]; plan?: string }) => {
			const reply = await callLoader({ path, ...(flags.plan === undefined ? {} : { planKey: flags.plan }) });
			const place = locatePlan(reply);
			const runs = await listRuns(place.rootPath);
			const newest = runs.filter(({ plan }) => place.key === null || plan === place.key).at(-1);
			if (newest === undefined) {
				throw new UsageError(`There is no run of this plan in ${place.rootPath}.`);
			}
			const stopped = await stopRun({
				rootPath: place.rootPath,
				folder: newest.folder,
				tasks: flags.task ?? 'all',
			});
			process.stdout.write(
				stopped.length === 0 ? 'Nothing was running.\n' : `Stopped ${stopped.join(', ')}.\n`,
			);
		});
}
