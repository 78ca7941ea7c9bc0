import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Contender } from '../measure.ts';
import { measure, report } from '../measure.ts';
import { command } from './command.ts';
import { inFolder, writeGraph } from './taskGraph.ts';

/**
 * A whole run of a graph of commands that do nothing, from the start of the program to its end: what is measured is what
 * a runner costs a task. Ours writes a journal, attempts and evidence meanwhile. Peers that are not there are left out.
 */
export async function benchTasks(options: {
	readonly dist: string;
	readonly tasks: number;
	readonly jobs: number;
	readonly rounds: number;
}): Promise<void> {
	const { dist, tasks, jobs, rounds } = options;
	const nx = await findNx();
	await inFolder(async (place) => {
		const folder = join(place, 'graph');
		mkdirSync(folder);
		writeGraph(folder, tasks);
		if (nx !== null) {
			// It only runs where it is installed.
			symlinkSync(resolve(nx, '../..'), join(folder, 'node_modules'));
		}
		const ours: Contender = {
			name: 'Switchyard',
			run: async () => {
				const args = ['run', 'plan.yaml', '--jobs', String(jobs), '--strategy', 'aggressive'];
				await command(folder, [process.execPath, join(dist, 'cli.js'), ...args, '--agents', String(jobs)]);
				putAside(folder, join(place, 'aside'));
			},
		};
		const peer = (name: string, ...argv: string[]): Contender => ({
			name,
			isPeer: true,
			run: () => command(folder, argv),
		});
		const others = [
			...(nx === null
				? []
				: [
						peer(
							'nx',
							process.execPath,
							nx,
							'run-many',
							'-t',
							'work',
							`--parallel=${jobs}`,
							'--skip-nx-cache',
						),
					]),
			peer('ninja', 'ninja', '-j', String(jobs)),
		];
		const times = await measure([ours, ...others], rounds);
		const each = new Map([...times].map(([name, ms]) => [name, ms / tasks]));
		const said = nx === null ? ' (nx cannot be installed here)' : '';
		process.stdout.write(`${report(`Each of ${tasks} tasks, ${jobs} at once${said}`, each, 'ms')}\n`);
	});
}

/**
 * What a round left is removed after the last one: to remove ten thousand files takes its time, and some file systems look
 * at each of them again when they make new ones.
 */
function putAside(folder: string, aside: string): void {
	const round = join(aside, String(performance.now()));
	mkdirSync(round, { recursive: true });
	for (const name of ['.switchyard', '.work']) {
		renameSync(join(folder, name), join(round, name));
	}
}

/** The program of nx, installed beside the benchmarks where that is possible. */
async function findNx(): Promise<string | null> {
	const folder = resolve('test-results/bench/peers');
	const program = join(folder, 'node_modules/.bin/nx');
	if (existsSync(program)) {
		return program;
	}
	mkdirSync(folder, { recursive: true });
	try {
		// With the user's own settings: they know where packages come from.
		const npm = spawn('npm', ['install', '--no-save', '--prefix', folder, 'nx@24'], { stdio: 'ignore' });
		await once(npm, 'exit');
	} catch {
		// Without npm there is no nx, which is said.
	}
	return existsSync(program) ? program : null;
}
