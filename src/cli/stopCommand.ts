import type { Command } from 'commander';
import { stopRun } from '../engine/run/stopRun.ts';
import { newestRun } from './newestRun.ts';

/** `switchyard stop`: ends what runs, whoever started it, and waits until its processes are gone (T5). */
export function registerStop(program: Command): void {
	program
		.command('stop')
		.description('Stop the tasks of the open run; what is finished stays finished.')
		.argument('[PATH]', 'workspace folder or plan file', '.')
		.option('--task <ID...>', 'only these tasks')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.action(async (path: string, flags: { task?: string[]; plan?: string }) => {
			const { rootPath, folder } = await newestRun({ path, plan: flags.plan });
			const stopped = await stopRun({ rootPath, folder, tasks: flags.task ?? 'all' });
			process.stdout.write(
				stopped.length === 0 ? 'Nothing was running.\n' : `Stopped ${stopped.join(', ')}.\n`,
			);
		});
}
