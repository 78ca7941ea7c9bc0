import { ageOfProcess } from '../processes/processIdentity.ts';
import type { JobStart } from './jobStart.ts';

/** How long a runner may take between creating `start` and naming itself, and between spawn and `start`. */
const startGraceMs = 10_000;

/**
 * How long a job has been watched, and what is left of its time. Measured by a clock that nobody can set: a jump of the
 * time of day (D7) neither ends a job nor lets it run on for ever.
 */
export class JobClock {
	readonly #timeoutMs: number;
	readonly #watchedSince = performance.now();
	#deadline: number | null = null;

	constructor(timeoutMs: number) {
		this.#timeoutMs = timeoutMs;
	}

	/**
	 * What ran before this engine looked counts by the age of its process, and by the time of day only where the platform
	 * does not tell that; `now` is null where this engine started the job.
	 */
	see(start: JobStart, now: number | null): void {
		if (this.#deadline === null && (start.kind === 'runner' || start.kind === 'unnamed')) {
			const before = now === null ? 0 : Math.max(0, ageOf(start) ?? now - start.at);
			this.#deadline = performance.now() + this.#timeoutMs - before;
		}
	}

	get left(): number {
		return this.#deadline === null ? this.#timeoutMs : this.#deadline - performance.now();
	}

	get isOverdue(): boolean {
		return this.left < 0;
	}

	/** True while a runner may still be about to begin, or to say who it is. */
	get isYoung(): boolean {
		return performance.now() - this.#watchedSince <= startGraceMs;
	}
}

function ageOf(start: JobStart): number | null {
	return start.kind === 'runner' ? ageOfProcess(start) : null;
}
