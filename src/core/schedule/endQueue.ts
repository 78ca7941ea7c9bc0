/** Running tasks by the time of their end, the next one first: a binary heap. */
export class EndQueue {
	readonly #times: Float64Array;
	readonly #tasks: Int32Array;
	#size = 0;

	/** `capacity`: how many can run at once. */
	constructor(capacity: number) {
		this.#times = new Float64Array(capacity);
		this.#tasks = new Int32Array(capacity);
	}

	get size(): number {
		return this.#size;
	}

	/** When the next one ends; infinity where nothing runs. */
	get time(): number {
		return this.#size === 0 ? Number.POSITIVE_INFINITY : (this.#times[0] ?? 0);
	}

	add(time: number, task: number): void {
		let child = this.#size;
		this.#size++;
		while (child > 0) {
			const parent = (child - 1) >> 1;
			if ((this.#times[parent] ?? 0) <= time) {
				break;
			}
			this.#move(parent, child);
			child = parent;
		}
		this.#times[child] = time;
		this.#tasks[child] = task;
	}

	/** Takes the task out that ends next; −1 where nothing runs. */
	take(): number {
		if (this.#size === 0) {
			return -1;
		}
		const first = this.#tasks[0] ?? -1;
		this.#size--;
		const [time, task] = [this.#times[this.#size] ?? 0, this.#tasks[this.#size] ?? -1];
		let hole = 0;
		for (;;) {
			let child = 2 * hole + 1;
			if (child >= this.#size) {
				break;
			}
			if (child + 1 < this.#size && (this.#times[child + 1] ?? 0) < (this.#times[child] ?? 0)) {
				child++;
			}
			if ((this.#times[child] ?? 0) >= time) {
				break;
			}
			this.#move(child, hole);
			hole = child;
		}
		this.#times[hole] = time;
		this.#tasks[hole] = task;
		return first;
	}

	#move(from: number, to: number): void {
		this.#times[to] = this.#times[from] ?? 0;
		this.#tasks[to] = this.#tasks[from] ?? 0;
	}
}
