/** Numbers of which the smallest is always taken first: a binary heap. */
export class ReadyList {
	readonly #heap: number[] = [];

	get size(): number {
		return this.#heap.length;
	}

	add(value: number): void {
		const heap = this.#heap;
		let place = heap.length;
		while (place > 0) {
			const parent = (place - 1) >> 1;
			const above = heap[parent] ?? 0;
			if (above <= value) {
				break;
			}
			heap[place] = above;
			place = parent;
		}
		heap[place] = value;
	}

	/** The smallest, or -1 when there is none. */
	take(): number {
		const heap = this.#heap;
		const first = heap[0];
		const last = heap.pop();
		if (first === undefined || last === undefined) {
			return -1;
		}
		if (heap.length > 0) {
			this.#sink(last);
		}
		return first;
	}

	#sink(value: number): void {
		const heap = this.#heap;
		let place = 0;
		for (;;) {
			let child = 2 * place + 1;
			if (child >= heap.length) {
				break;
			}
			const right = heap[child + 1];
			if (right !== undefined && right < (heap[child] ?? 0)) {
				child++;
			}
			const below = heap[child] ?? 0;
			if (below >= value) {
				break;
			}
			heap[place] = below;
			place = child;
		}
		heap[place] = value;
	}
}
