/** Wakes one sleeper. Rung while nobody sleeps, it wakes the next one at once: no ring is lost, several count as one. */
export class Alarm {
	#rung = false;
	#wake: (() => void) | null = null;

	ring(): void {
		this.#rung = true;
		this.#wake?.();
	}

	/** Resolves with the next ring, or at once if there was one since the last call. */
	async wait(): Promise<void> {
		if (!this.#rung) {
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
			this.#wake = null;
		}
		this.#rung = false;
	}
}
