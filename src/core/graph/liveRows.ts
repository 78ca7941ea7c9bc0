/** The lists of one graph in two arrays: those of `n` are `targets[start[n] .. start[n + 1])`. */
interface Base {
	readonly start: Int32Array;
	readonly targets: Int32Array;
}

/** A list of numbers for each node, packed; what is replaced lies beside, so that an edit costs what it changes. */
export class LiveRows {
	readonly #base: Base;
	readonly #changed = new Map<number, readonly number[]>();
	#count: number;

	private constructor(base: Base) {
		this.#base = base;
		this.#count = base.targets.length;
	}

	/** Edge `e` leads from `from[e]` to `to[e]`; edges of one node keep their order. Linear. */
	static of(size: number, from: readonly number[], to: readonly number[]): LiveRows {
		const start = new Int32Array(size + 1);
		for (const node of from) {
			start[node + 1] = (start[node + 1] ?? 0) + 1;
		}
		for (let node = 0; node < size; node++) {
			start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
		}
		const next = start.slice();
		const targets = new Int32Array(from.length);
		for (let edge = 0; edge < from.length; edge++) {
			const node = from[edge] ?? 0;
			const place = next[node] ?? 0;
			targets[place] = to[edge] ?? 0;
			next[node] = place + 1;
		}
		return new LiveRows({ start, targets });
	}

	/** Nodes. */
	get size(): number {
		return this.#base.start.length - 1;
	}

	/** Edges. */
	get count(): number {
		return this.#count;
	}

	lengthOf(node: number): number {
		const { start } = this.#base;
		return this.#changed.get(node)?.length ?? (start[node + 1] ?? 0) - (start[node] ?? 0);
	}

	of(node: number): readonly number[] {
		const changed = this.#changed.get(node);
		if (changed !== undefined) {
			return changed;
		}
		const found: number[] = [];
		this.each(node, (target) => found.push(target));
		return found;
	}

	each(node: number, visit: (target: number) => void): void {
		const changed = this.#changed.size === 0 ? undefined : this.#changed.get(node);
		if (changed !== undefined) {
			for (const target of changed) {
				visit(target);
			}
			return;
		}
		const { start, targets } = this.#base;
		const end = start[node + 1] ?? 0;
		for (let edge = start[node] ?? 0; edge < end; edge++) {
			visit(targets[edge] ?? 0);
		}
	}

	replace(node: number, targets: readonly number[]): void {
		this.#count += targets.length - this.lengthOf(node);
		this.#changed.set(node, targets);
	}
}
