import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '../../support/waitFor.ts';
import { inFolder, writeGraph } from './taskGraph.ts';

/** What an engine holds once its first task runs, and what the process held that read the plan for it. */
export async function benchMemory({ dist, tasks }: { dist: string; tasks: number }): Promise<void> {
	await inFolder(async (folder) => {
		writeGraph(folder, tasks, ['sleep', '300']);
		mkdirSync(join(folder, '.home'));
		const engine = spawn(process.execPath, [join(dist, 'cli.js'), 'run', 'plan.yaml', '--jobs', '1'], {
			cwd: folder,
			env: { PATH: process.env['PATH'] ?? '', HOME: join(folder, '.home') },
			stdio: ['ignore', 'ignore', 'inherit'],
		});
		const ended = new Promise((resolve) => engine.on('close', resolve));
		let loader = 0;
		await waitFor(
			'a task that runs',
			() => {
				loader = Math.max(loader, ...childrenOf(engine.pid ?? 0).map((pid) => memoryOf(pid, 'VmHWM')));
				return existsSync(join(folder, '.switchyard/runs')) && startsIn(folder);
			},
			120_000,
		);
		// What the reading left is collected after ten seconds.
		await delay(12_000);
		const [now, peak] = [memoryOf(engine.pid ?? 0, 'VmRSS'), memoryOf(engine.pid ?? 0, 'VmHWM')];
		engine.kill('SIGINT');
		await ended;
		process.stdout.write(
			`Memory with ${tasks} tasks\n  engine, once loaded ${now} MB; at most ${peak} MB; loader at most ${loader} MB\n\n`,
		);
	});
}

function startsIn(folder: string): boolean {
	const [run] = readdirSync(join(folder, '.switchyard/runs'));
	const journal = join(folder, '.switchyard/runs', run ?? '', 'journal.jsonl');
	return (
		run !== undefined && existsSync(journal) && readFileSync(journal, 'utf8').includes('attempt-started')
	);
}

function childrenOf(pid: number): number[] {
	try {
		return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
	} catch {
		return [];
	}
}

/** Megabytes; 0 where the process is gone, or the platform does not say. */
function memoryOf(pid: number, what: 'VmRSS' | 'VmHWM'): number {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		return Math.round(Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024);
	} catch {
		return 0;
	}
}
