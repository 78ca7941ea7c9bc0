/**
 * Tasks that could start now, best first. The order of a plan's tasks is fixed for a snapshot (S2: priority, remaining
 * critical path, id), so the heap compares one integer rank. Membership may change at any time: entries that left are
 * dropped when they come up.
 */
export class ReadyQueue {
	readonly #rank: ReadonlyMap<string, number>;
	readonly #ids: readonly string[];
	readonly #members = new Set<string>();
	#heap: number[] = [];

	/** `ranked`: every id of the plan, best first. */
	constructor(ranked: readonly string[]) {
		this.#ids = ranked;
		this.#rank = new Map(ranked.map((id, index) => [id, index]));
	}

	get size(): number {
		return this.#members.size;
	}

	has(id: string): boolean {
		return this.#members.has(id);
	}

	add(id: string): void {
		const rank = this.#rank.get(id);
		if (rank === undefined || this.#members.has(id)) {
			return;
		}
		this.#members.add(id);
		this.#push(rank);
	}

	delete(id: string): void {
		this.#members.delete(id);
	}

	/** The best member that `accept` takes, left in the queue; members it refuses keep their place. */
	find(accept: (id: string) => boolean): string | null {
		const refused: number[] = [];
		let found: string | null = null;
		while (this.#heap.length > 0 && found === null) {
			const rank = this.#heap[0] as number;
			const id = this.#ids[rank] as string;
			if (!this.#members.has(id)) {
				this.#pop();
			} else if (accept(id)) {
				found = id;
			} else {
				refused.push(this.#pop());
			}
		}
		for (const rank of refused) {
			this.#push(rank);
		}
		return found;
	}

	#push(rank: number): void {
		const heap = this.#heap;
		let child = heap.push(rank) - 1;
		while (child > 0) {
			const parent = (child - 1) >> 1;
			if ((heap[parent] as number) <= rank) {
				break;
			}
			heap[child] = heap[parent] as number;
			child = parent;
		}
		heap[child] = rank;
	}

	#pop(): number {
		const heap = this.#heap;
		const top = heap[0] as number;
		const last = heap.pop() as number;
		if (heap.length === 0) {
			return top;
		}
		let hole = 0;
		for (;;) {
			let child = 2 * hole + 1;
			if (child >= heap.length) {
				break;
			}
			if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) {
				child++;
			}
			if ((heap[child] as number) >= last) {
				break;
			}
			heap[hole] = heap[child] as number;
			hole = child;
		}
		heap[hole] = last;
		return top;
	}
}
