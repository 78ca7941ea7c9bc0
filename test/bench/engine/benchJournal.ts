import { spawnSync } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdirSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan } from '../../../src/core/plan/readPlan.ts';
import type { RunEvent } from '../../../src/core/run/events.ts';
import type { RunPlan } from '../../../src/core/run/runPlan.ts';
import { toForecastPlan } from '../../../src/core/run/toForecastPlan.ts';
import { journalFile, snapshotFile } from '../../../src/engine/files/runPaths.ts';
import { formatSnapshot } from '../../../src/engine/files/snapshot.ts';
import { formatLine } from '../../../src/engine/journal/journalLine.ts';
import { JournalWriter } from '../../../src/engine/journal/journalWriter.ts';
import { RunLog } from '../../../src/engine/journal/runLog.ts';
import { ownIdentity } from '../../../src/engine/processes/processIdentity.ts';
import { measure, report } from '../measure.ts';
import { planText } from '../planText.ts';
import { inFolder } from './taskGraph.ts';

const perRound = 100;
const engine = 'engine-bench';

/** One durable transition beside the least that one can cost, and the opening of a run with a long history. */
export async function benchJournal(openScript: string): Promise<void> {
	await inFolder(async (folder) => {
		const [small, large] = [await openBenchRun(folder, 1_000), await openBenchRun(folder, 10_000)];
		const line = `\n${'x'.repeat(small.lineBytes - 1)}`;
		const file = openSync(join(folder, 'floor'), 'a');
		const times = await measure(
			[
				{ name: 'Transition, written and folded, 10,000 tasks', run: () => large.transitions(perRound) },
				{ name: 'Transition, written and folded, 1,000 tasks', run: () => small.transitions(perRound) },
				{ name: 'Two at once of 1,000 tasks', run: () => small.transitions(perRound / 2, 2) },
				{
					name: 'append + fdatasync of as many bytes',
					run: () => {
						for (let i = 0; i < perRound; i++) {
							writeSync(file, line);
							fdatasyncSync(file);
						}
					},
				},
			],
			15,
		);
		closeSync(file);
		await Promise.all([small.close(), large.close()]);
		const each = new Map([...times].map(([name, ms]) => [name, (ms * 1_000) / perRound]));
		process.stdout.write(`${report('One durable transition', each, 'µs')}\n`);
	});
	await inFolder(async (folder) => {
		const run = writeHistory(folder, 10_000);
		const size = (statSync(journalFile(run)).size / 1e6).toFixed(1);
		for (const from of ['with its journal alone', 'with a checkpoint']) {
			const { stdout } = spawnSync(process.execPath, [openScript, run], { encoding: 'utf8' });
			process.stdout.write(
				`Opening a run of 10,000 tasks, 100,000 events (${size} MB), ${from}\n${stdout}\n`,
			);
		}
	});
}

function benchPlan(tasks: number): RunPlan {
	const id = { rootUri: 'file:///w', key: 'bench' };
	const { plan } = readPlan(id, [{ uri: 'file:///w/bench.plan.yaml', text: planText(tasks).text }]);
	return { ...toForecastPlan(plan, { strategy: 'aggressive' }).runPlan, jobs: 4 };
}

function startRun(
	folder: string,
	plan: RunPlan,
): { readonly run: string; readonly events: readonly RunEvent[] } {
	const run = join(folder, `run-${plan.tasks.length}`);
	const { text, hash } = formatSnapshot(plan);
	mkdirSync(join(run, 'plans'), { recursive: true });
	writeFileSync(snapshotFile(run, hash), text);
	const events: RunEvent[] = [
		{ kind: 'run-created', run: 'bench', plan: 'bench', snapshot: hash, strategy: 'aggressive', jobs: 4 },
		{ kind: 'engine-started', engine, process: ownIdentity(), face: 'terminal', jobs: null },
		{
			kind: 'scope-added',
			engine,
			request: 'all',
			tasks: plan.tasks.map(({ id }) => id),
			explicit: false,
		},
	];
	return { run, events };
}

/** What happens to a task that passes at its first try, or at the given one. */
function* lifeOf(task: string, attempts: number): Iterable<RunEvent> {
	const hash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
	const times = { startedAt: 1_000, endedAt: 2_000, outputHash: hash, outputBytes: 0 };
	for (let attempt = 1; attempt <= attempts; attempt++) {
		const of = { task, attempt, engine };
		yield { kind: 'task-claimed', ...of };
		yield { kind: 'attempt-started', ...of, pid: 4_000 + attempt };
		const last = attempt === attempts;
		const ended = { exit: last ? 0 : 1, reason: last ? '' : 'make ended with exit 1.', ...times };
		yield { kind: 'attempt-ended', ...of, outcome: last ? 'ok' : 'failed', ...ended };
	}
	yield { kind: 'evidence-written', task, attempt: attempts, path: `.work/unscheduled/${task}` };
}

async function openBenchRun(folder: string, tasks: number) {
	const plan = benchPlan(tasks);
	const { run, events } = startRun(folder, plan);
	const clock = { now: () => Date.now() };
	const writer = new JournalWriter({ file: journalFile(run), clock, writerName: () => 'engine-1-00000000' });
	const log = new RunLog(run, { keepsOpen: true });
	await writer.append(events);
	await log.refresh();
	const lives = plan.tasks.flatMap(({ id }) => [...lifeOf(id, 1)]);
	let next = 0;
	return {
		lineBytes: Math.round(
			lives
				.slice(0, 100)
				.map(lengthOf)
				.reduce((sum, each) => sum + each, 0) / 100,
		),
		/** So many appends, each on disk and folded before the next begins. */
		transitions: async (count: number, width = 1) => {
			for (let i = 0; i < count; i++) {
				const due = lives.slice(next, next + width);
				next += width;
				await Promise.all(due.map((event) => writer.append([event])));
				const voided = await log.refresh();
				if (due.length < width || voided.length > 0) {
					throw new Error(`The benchmark ran out of transitions: ${voided[0]?.reason}`);
				}
				log.fold.takeChanged();
			}
		},
		close: async () => {
			await writer.close();
			log.close();
		},
	};
}

function lengthOf(event: RunEvent): number {
	const stamp = { at: Date.now(), writer: 'engine-1-00000000', sequence: 1_000, previous: '00000000' };
	return formatLine(event, stamp).line.length + 1;
}

/** A journal of ten events a task: three attempts and what followed. Returns the run's folder. */
function writeHistory(folder: string, tasks: number): string {
	const plan = benchPlan(tasks);
	const allowed = { ...plan, tasks: plan.tasks.map((task) => ({ ...task, maxAttempts: 3 })) };
	const { run, events } = startRun(folder, allowed);
	const all = [...events, ...plan.tasks.flatMap(({ id }) => [...lifeOf(id, 3)])];
	let previous = '';
	let text = '';
	all.forEach((event, index) => {
		const stamp = { at: 1_000 + index, writer: 'engine-1-00000000', sequence: index + 1, previous };
		const { line, checksum } = formatLine(event, stamp);
		previous = checksum;
		text += `\n${line}`;
	});
	writeFileSync(journalFile(run), text);
	return run;
}
