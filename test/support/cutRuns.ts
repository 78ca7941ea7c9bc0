import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openNeeds } from '../../src/core/run/needs.ts';
import { nextClaim, nextStep } from '../../src/core/run/nextStep.ts';
import type { ProcessIdentity } from '../../src/core/run/processIdentity.ts';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import type { RunTable } from '../../src/core/run/runTable.ts';
import { journalFile } from '../../src/engine/files/runPaths.ts';
import { formatSnapshot } from '../../src/engine/files/snapshot.ts';
import { answerTask } from '../../src/engine/journal/runRequests.ts';
import { ownIdentity, startTimeOf } from '../../src/engine/processes/processIdentity.ts';
import { assembleEngine } from '../../src/engine/run/assembleEngine.ts';
import type { OpenRun } from '../../src/engine/run/openRun.ts';
import { openRun } from '../../src/engine/run/openRun.ts';
import { StateProjection } from '../../src/engine/run/stateProjection.ts';
import type { Cut, LastLine } from './cutWriter.ts';
import { CutWriter } from './cutWriter.ts';
import { ScriptedJobs, VirtualClock } from './scriptedJobs.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
/** A run that does not end in so many engines, or writes no line for so many milliseconds, never ends. */
const maxEngines = 12;
const maxMs = 20_000;

export interface CutPoint {
	/** The last line that engines write, counted from 1; infinite = nobody is killed. */
	readonly line: number;
	readonly lastLine: LastLine;
	/** What becomes of jobs that run in that moment: they end before the next engine, go on, or leave no result. */
	readonly jobs: 'end' | 'go on' | 'vanish';
}

/** One plan run in a folder of its own by engines of this process, of which the first is killed at one place. */
export class CutRun {
	readonly root = realpathSync(mkdtempSync(join(memoryFolder(), 'switchyard-cut-')));
	readonly jobs: ScriptedJobs;
	/** Lines that engines wrote. */
	lines = 0;
	vanished = 0;
	readonly #clock = new VirtualClock();
	readonly #plan: RunPlan;
	readonly #point: CutPoint;
	readonly #cut: Cut;
	#writers = 0;

	/** `copyOf`: a folder in which the plan was run before, left as it is. */
	constructor(plan: RunPlan, point: CutPoint, copyOf: string | null = null) {
		if (copyOf !== null) {
			cpSync(copyOf, this.root, { recursive: true });
			this.#writers = 1_000;
		}
		this.#plan = plan;
		this.#point = point;
		this.jobs = new ScriptedJobs(join(this.root, 'log'), this.#clock);
		this.#cut = { left: point.line, lastLine: point.lastLine, dead: false };
	}

	/** Runs, is killed, and is run again until every task is done. Rejects when that does not come about. */
	async toItsEnd(): Promise<void> {
		let victim: ChildProcess | null = null;
		try {
			if (this.#point.line !== Number.POSITIVE_INFINITY) {
				victim = spawn('sleep', ['1000'], { stdio: 'ignore' });
			}
			for (let round = 0; round < maxEngines; round++) {
				const isDone = await this.#runOnce(victim === null ? null : identityOf(victim));
				if (this.#cut.dead) {
					await this.#bury(victim);
					victim = null;
				} else if (isDone) {
					return;
				}
			}
		} finally {
			victim?.kill('SIGKILL');
		}
		throw new Error(`not done after ${maxEngines} engines: ${await this.#story()}`);
	}

	dispose(): void {
		rmSync(this.root, { recursive: true, force: true });
	}

	async #bury(victim: ChildProcess | null): Promise<void> {
		if (victim !== null) {
			const gone = once(victim, 'exit');
			victim.kill('SIGKILL');
			await gone;
		}
		if (this.#point.jobs === 'vanish') {
			this.vanished += this.jobs.vanish();
		}
		while (this.#point.jobs === 'end' && this.jobs.nextEnd !== null) {
			this.jobs.passTime();
		}
		this.#cut.left = Number.POSITIVE_INFINITY;
		this.#cut.dead = false;
	}

	async #open(): Promise<OpenRun> {
		const { hash } = formatSnapshot(this.#plan);
		return openRun({
			rootPath: this.root,
			plan: this.#plan,
			hash,
			fresh: false,
			imports: async () => [],
			clock: this.#clock,
			logger: silent,
		});
	}

	/** True when everything is done. */
	async #runOnce(process: ProcessIdentity | null): Promise<boolean> {
		const { id: run, log, writer: own } = await this.#open();
		await own.close();
		// So that every engine but the first begins at what another one left behind.
		log.writeCheckpoint();
		const clock = this.#clock;
		const cut = this.#cut;
		const writerName = () => `engine-${++this.#writers}`;
		const writer = new CutWriter({ folder: log.folder, clock, writerName, cut, process });
		const { engine, failure, release } = assembleEngine({
			run,
			rootPath: this.root,
			log,
			writer,
			face: 'terminal',
			jobs: null,
			agentLimit: 100,
			onlyStopping: false,
			takeOver: false,
			supervise: this.jobs.supervise,
			clock,
			logger: silent,
		});
		const projection = new StateProjection({ rootPath: this.root, log, logger: silent });
		const tasks = [...(log.fold.table?.tasks.values() ?? [])].map(({ task }) => task.id);
		const gates = (this.#plan.gates ?? []).map(({ id }) => id);
		const running = engine.run({ tasks: [...tasks, ...gates], label: 'all', explicit: false });
		const over = { is: false };
		const ended = Promise.race([running, failure]).then(
			() => null,
			(error: unknown) => error,
		);
		void ended.then(() => {
			over.is = true;
		});
		await this.#drive({ table: () => log.fold.table, writer, ring: () => engine.ring(), over });
		engine.abandon();
		const fault = await ended;
		await running.catch(() => {});
		this.lines += writer.written;
		if (fault !== null && !cut.dead) {
			throw fault;
		}
		if (!cut.dead) {
			await projection.flush();
		}
		await release();
		return !cut.dead && (await this.#answer(log.folder, log.fold.table));
	}

	/** Lets the engine do all it can at this moment, then goes on to the next end, until it is over or killed. */
	async #drive({ table: current, writer, ring, over }: Drive): Promise<void> {
		let movedAt = performance.now();
		let written = 0;
		while (!over.is && !this.#cut.dead) {
			const table = current();
			if (
				table !== null &&
				writer.engine !== '' &&
				writer.pending === 0 &&
				this.#isQuiet(table, writer.engine)
			) {
				this.#passTime(table);
				ring();
			}
			// Files and git need turns of their own, and a dozen runs go on side by side.
			await pause(1);
			if (writer.written !== written) {
				written = writer.written;
				movedAt = performance.now();
			}
			if (performance.now() - movedAt > maxMs) {
				throw new Error(`stands still: ${await this.#story()}`);
			}
		}
	}

	#isQuiet(table: RunTable, engine: string): boolean {
		const { waitedFor } = this.jobs;
		return (
			table.gates.due.size === 0 &&
			[...table.active].every((id) => waitedFor.has(id)) &&
			[...table.tasks.values()].every((state) => nextStep(state)?.kind !== 'evidence') &&
			nextClaim(table, engine, { agents: true, now: this.#clock.time }) === null
		);
	}

	#passTime(table: RunTable): void {
		if (this.jobs.nextEnd !== null) {
			this.jobs.passTime();
			return;
		}
		const times = [...table.tasks.values()].flatMap(({ notBefore }) => notBefore ?? []);
		const next = times.filter((time) => time > this.#clock.time).sort((a, b) => a - b)[0];
		this.#clock.time = next ?? this.#clock.time;
	}

	/** Gives the first answer to every question. True when there is none, and everything is done. */
	async #answer(folder: string, table: RunTable | null): Promise<boolean> {
		const needs = table === null ? [] : openNeeds(table);
		for (const { task, need, answers } of needs) {
			const attempt = 'attempt' in need ? { attempt: need.attempt } : {};
			await answerTask(folder, { task, answer: answers[0] ?? 'retry', by: 'somebody', ...attempt });
		}
		return needs.length === 0 && table !== null && table.completedCount === table.goalCount;
	}

	async #story(): Promise<string> {
		const { log, writer } = await this.#open();
		await writer.close();
		log.close();
		const states = [...(log.fold.table?.tasks.values() ?? [])].map(
			({ task, status, reason, owner }) => `${task.id} ${status} ${owner} ${reason}`,
		);
		return `${states.join('\n')}\n${readFileSync(journalFile(log.folder), 'utf8')}`;
	}
}

interface Drive {
	readonly table: () => RunTable | null;
	readonly writer: CutWriter;
	readonly ring: () => void;
	readonly over: { readonly is: boolean };
}

function identityOf({ pid = 0 }: ChildProcess): ProcessIdentity {
	return { ...ownIdentity(), pid, startTime: startTimeOf(pid) ?? '' };
}

/** Thousands of syncs of a real disk would be most of the time, and what is tried here is the order of the writes. */
function memoryFolder(): string {
	return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}
