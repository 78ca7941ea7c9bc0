import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { jobFiles } from '../files/runPaths.ts';
import { processorTimeOf } from '../processes/processorTime.ts';

/** How often a job is looked at: four times within the time that may pass, and no oftener than helps. */
const soonestMs = 250;
const latestMs = 30_000;

/** Whether a job still prints or computes (T3), measured by a clock that nobody can set. */
export class JobActivity {
	readonly #folder: string;
	readonly #stallMs: number;
	#seen = '';
	#changedAt = performance.now();
	#lookedAt = Number.NEGATIVE_INFINITY;

	constructor(folder: string, stallMs: number) {
		this.#folder = folder;
		this.#stallMs = stallMs;
	}

	/** False where the platform does not tell what a process computes: then a job only ends by its timeout. */
	async isStalled(session: number): Promise<boolean> {
		const now = performance.now();
		if (now - this.#lookedAt < Math.min(latestMs, Math.max(soonestMs, this.#stallMs / 4))) {
			return false;
		}
		this.#lookedAt = now;
		const time = session > 0 ? await processorTimeOf(session) : null;
		const size = await stat(join(this.#folder, jobFiles.output)).then(
			(info) => info.size,
			() => 0,
		);
		const seen = `${size} ${time}`;
		if (time === null || seen !== this.#seen) {
			this.#seen = seen;
			this.#changedAt = now;
			return false;
		}
		return now - this.#changedAt > this.#stallMs;
	}
}
