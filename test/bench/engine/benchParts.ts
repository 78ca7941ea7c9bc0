import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { loadRunPlan } from '../../../src/engine/loader/loadRunPlan.ts';
import type { AssembleOptions } from '../../../src/engine/run/assembleEngine.ts';
import { assembleEngine } from '../../../src/engine/run/assembleEngine.ts';
import { openRun } from '../../../src/engine/run/openRun.ts';
import type { JobEnd } from '../../../src/engine/run/superviseJob.ts';
import { measure, report } from '../measure.ts';
import { inFolder, writeGraph } from './taskGraph.ts';

const clock = { now: () => Date.now() };
const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

type Parts = Pick<AssembleOptions, 'supervise' | 'evidence'>;

/** What a task costs, part by part, each line with one more than the line above; without start and plan reading. */
export async function benchParts(options: {
	readonly tasks: number;
	readonly jobs: number;
	readonly rounds: number;
}): Promise<void> {
	const { tasks, jobs, rounds } = options;
	const evidence = { write: async () => ({ path: '.work/none', files: {} }) };
	// Every round has a folder of its own, and all of them are removed after the last: removing is nothing that a run does.
	const times = await inFolder((place) => {
		const run = (parts: Parts) => runAll(mkdtempSync(join(place, 'run-')), options, parts);
		return measure(
			[
				{ name: 'A process and no more', run: () => spawnAll(tasks, jobs) },
				{ name: '+ journal and attempt folder', run: () => run({ supervise: justSpawn, evidence }) },
				{ name: '+ runner', run: () => run({ evidence }) },
				{ name: '+ evidence', run: () => run({}) },
			],
			rounds,
		);
	});
	const each = new Map([...times].map(([name, ms]) => [name, ms / tasks]));
	process.stdout.write(`${report(`Each of ${tasks} tasks by its parts, ${jobs} at once`, each)}\n`);
}

async function spawnAll(tasks: number, jobs: number): Promise<void> {
	let left = tasks;
	const worker = async () => {
		while (left-- > 0) {
			await exitOf('true');
		}
	};
	await Promise.all(Array.from({ length: jobs }, worker));
}

function exitOf(program: string): Promise<number | null> {
	const child = spawn(program, [], { detached: true, stdio: 'ignore' });
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('exit', resolve);
	});
}

async function justSpawn(): Promise<JobEnd> {
	const startedAt = clock.now();
	const exit = await exitOf('true');
	return { kind: 'result', result: { exit }, startedAt, endedAt: clock.now() };
}

async function runAll(
	rootPath: string,
	{ tasks, jobs }: { readonly tasks: number; readonly jobs: number },
	parts: Parts,
): Promise<void> {
	writeGraph(rootPath, tasks);
	const choice = { strategy: 'aggressive', agents: jobs } as const;
	const loaded = await loadRunPlan({ path: join(rootPath, 'plan.yaml'), choice });
	if (loaded.kind !== 'plan') {
		throw new Error(`The plan of the benchmark cannot be run: ${loaded.kind}`);
	}
	const { runPlan: plan, hash } = loaded;
	const imports = async () => [];
	const { id, log, writer } = await openRun({
		...{ rootPath, plan, hash, fresh: false, imports, clock, logger },
	});
	const { engine, failure, release } = assembleEngine({
		...{ run: id, rootPath, log, writer, face: 'terminal', jobs, agentLimit: null },
		...{ onlyStopping: false, takeOver: false, clock, logger },
		...parts,
	});
	const names = plan.tasks.map(({ id: task }) => task);
	const running = engine.run({ tasks: names, label: 'all', explicit: false });
	const { completed } = await Promise.race([running, failure]);
	await release();
	if (completed.length !== tasks) {
		throw new Error(`${completed.length} of ${tasks} tasks of the benchmark were completed.`);
	}
}
