import { setMaxListeners } from 'node:events';
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStart } from '../../src/engine/run/jobStart.ts';
import type { JobEnd, SuperviseOptions } from '../../src/engine/run/superviseJob.ts';
import type { JobSpec } from '../../src/protocol/runnerFiles.ts';

const morning = Date.UTC(2026, 0, 5, 9);

/** A clock that only goes on when an engine has nothing more to do. */
export class VirtualClock {
	time = morning;

	now(): number {
		return this.time;
	}
}

interface Running {
	readonly spec: JobSpec;
	readonly endAt: number;
}

/**
 * Stands where runners are, and outlives engines as they do: it takes the right to begin with the `start` file, ends
 * when the clock says so, and leaves `result.json`. What a job does stands in its words: `ok`, `slow`, or `once`, which
 * fails the first time. Every end is also written to a log of its own, which no engine reads.
 */
export class ScriptedJobs {
	readonly clock: VirtualClock;
	readonly #log: string;
	readonly #running = new Map<string, Running>();
	readonly #waiting = new Map<string, string>();
	#wake: (() => void)[] = [];

	constructor(log: string, clock: VirtualClock) {
		this.#log = log;
		this.clock = clock;
	}

	/** Tasks whose job somebody waits for. */
	get waitedFor(): ReadonlySet<string> {
		return new Set(this.#waiting.values());
	}

	/** When the next of them ends; null where none runs. */
	get nextEnd(): number | null {
		const ends = [...this.#running.values()].map(({ endAt }) => endAt);
		return ends.length === 0 ? null : Math.min(...ends);
	}

	/** `task attempt job round exit` of every job that came to its end, in order. */
	get ends(): readonly string[] {
		return existsSync(this.#log) ? readFileSync(this.#log, 'utf8').split('\n').slice(0, -1) : [];
	}

	readonly supervise = async (options: SuperviseOptions): Promise<JobEnd | null> => {
		const { folder, spec, leave, onStarted } = options;
		if (readStart(folder).kind === 'none') {
			writeFileSync(join(folder, 'start'), '999999999 1 boot\n', { flag: 'wx' });
			const minutes = spec.argv.includes('slow') ? 7 : 2;
			this.#running.set(folder, { spec, endAt: this.clock.time + minutes * 60_000 });
		}
		const startedAt = this.clock.time;
		if (this.#running.has(folder)) {
			onStarted(999_999_999);
		}
		setMaxListeners(0, leave);
		leave.addEventListener('abort', () => this.#wakeAll(), { once: true });
		while (this.#running.has(folder) && !leave.aborted) {
			this.#waiting.set(folder, spec.task);
			await new Promise<void>((resolve) => this.#wake.push(resolve));
		}
		this.#waiting.delete(folder);
		if (leave.aborted) {
			return null;
		}
		const file = join(folder, 'result.json');
		if (!existsSync(file)) {
			return { kind: 'vanished', startedAt, endedAt: this.clock.time };
		}
		const { exit, at } = JSON.parse(readFileSync(file, 'utf8')) as { exit: number; at: number };
		return { kind: 'result', result: { exit }, startedAt: Math.min(startedAt, at), endedAt: at };
	};

	/** Ends everything that ends at the next moment at which something does. */
	passTime(): void {
		const next = this.nextEnd;
		if (next === null) {
			return;
		}
		this.clock.time = next;
		for (const [folder, { spec, endAt }] of this.#running) {
			if (endAt === next) {
				this.#end(folder, spec);
			}
		}
		this.#wakeAll();
	}

	/** The machine goes down: what runs leaves no result. Gives the number of those. */
	vanish(): number {
		const count = this.#running.size;
		this.#running.clear();
		this.#wakeAll();
		return count;
	}

	#end(folder: string, spec: JobSpec): void {
		this.#running.delete(folder);
		const { task, attempt, job, round, argv } = spec;
		const known = this.ends.some((line) => line.startsWith(`${task} `) && line.split(' ')[2] === job);
		const fails = argv.includes('once') && !known;
		const repaired = this.ends.some((line) => /^TASK-FIX\S* \d+ work /.test(line));
		const exit = fails || (argv.includes('repaired') && !repaired) ? 1 : 0;
		const file = join(folder, 'result.json');
		writeFileSync(`${file}.new`, JSON.stringify({ exit, at: this.clock.time }));
		renameSync(`${file}.new`, file);
		appendFileSync(this.#log, `${task} ${attempt} ${job} ${round ?? 1} ${exit}\n`);
	}

	#wakeAll(): void {
		for (const resolve of this.#wake.splice(0)) {
			resolve();
		}
	}
}
