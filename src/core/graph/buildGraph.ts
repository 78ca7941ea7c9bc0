/**
 * A dependency graph over dense integers, as compressed sparse rows in both directions. An edge goes from what must be
 * finished first to what waits for it, so drawings run left to right along edges.
 */
export interface Graph {
	readonly size: number;
	/** Ids by node number, in the order they were given. */
	readonly ids: readonly string[];
	readonly numberOf: ReadonlyMap<string, number>;
	/** `successors[successorStart[n] .. successorStart[n + 1])` wait for `n`. */
	readonly successorStart: Int32Array;
	readonly successors: Int32Array;
	/** `predecessors[predecessorStart[n] .. predecessorStart[n + 1])` must finish before `n`. */
	readonly predecessorStart: Int32Array;
	readonly predecessors: Int32Array;
	/** Edges that name an id nobody has; they are not part of the graph. */
	readonly dangling: readonly Edge[];
}

/** `[before, after]`: the second waits for the first. */
export type Edge = readonly [before: string, after: string];

/**
 * Builds the graph in linear time. Tolerates what a plan under edit contains: a repeated id counts once, a repeated
 * edge counts once, an edge to an unknown id is reported in `dangling`, and self edges and cycles are kept.
 */
export function buildGraph(ids: Iterable<string>, edges: Iterable<Edge>): Graph {
	const numberOf = new Map<string, number>();
	for (const id of ids) {
		if (!numberOf.has(id)) {
			numberOf.set(id, numberOf.size);
		}
	}
	const all = Array.isArray(edges) ? (edges as readonly Edge[]) : [...edges];
	const dangling: Edge[] = [];
	const from = new Int32Array(all.length);
	const to = new Int32Array(all.length);
	let known = 0;
	for (const edge of all) {
		const before = numberOf.get(edge[0]);
		const after = numberOf.get(edge[1]);
		if (before === undefined || after === undefined) {
			dangling.push(edge);
			continue;
		}
		from[known] = before;
		to[known] = after;
		known++;
	}
	const names = { ids: [...numberOf.keys()], numberOf, dangling };
	return graphOf(names, from.subarray(0, known), to.subarray(0, known));
}

/** The same over numbers, for callers whose nodes are not named (layouts). Node `n` gets the id `String(n)`. */
export function buildNumberedGraph(size: number, from: readonly number[], to: readonly number[]): Graph {
	const ids = Array.from({ length: size }, (_, n) => String(n));
	const names = { ids, numberOf: new Map(ids.map((id, n) => [id, n])), dangling: [] };
	return graphOf(names, new Int32Array(from), new Int32Array(to));
}

/** The same from a list of targets for each node. */
export function buildAdjacency(targets: readonly (readonly number[])[]): Graph {
	const from = targets.flatMap((list, node) => list.map(() => node));
	return buildNumberedGraph(targets.length, from, targets.flat());
}

type Names = Pick<Graph, 'ids' | 'numberOf' | 'dangling'>;

function graphOf({ ids, numberOf, dangling }: Names, from: Int32Array, to: Int32Array): Graph {
	const size = ids.length;
	const forward = compress(size, from, to);
	const unique = dropRepeats(size, forward.start, forward.targets);
	const sources = new Int32Array(unique.targets.length);
	for (let n = 0; n < size; n++) {
		for (let e = intAt(unique.start, n); e < intAt(unique.start, n + 1); e++) {
			sources[e] = n;
		}
	}
	const backward = compress(size, unique.targets, sources);
	// One literal for all graphs: engines compile loops for objects of one shape, and a spread makes another each time.
	return {
		size,
		ids,
		numberOf,
		dangling,
		successorStart: unique.start,
		successors: unique.targets,
		predecessorStart: backward.start,
		predecessors: backward.targets,
	};
}

/** Counting sort of edges by `from`; edges of one node keep the order in which they were given. */
function compress(size: number, from: Int32Array, to: Int32Array) {
	const start = new Int32Array(size + 1);
	for (let e = 0; e < from.length; e++) {
		const n = intAt(from, e) + 1;
		start[n] = intAt(start, n) + 1;
	}
	for (let n = 0; n < size; n++) {
		start[n + 1] = intAt(start, n) + intAt(start, n + 1);
	}
	const next = start.slice(0, size);
	const targets = new Int32Array(from.length);
	for (let e = 0; e < from.length; e++) {
		const n = intAt(from, e);
		const place = intAt(next, n);
		targets[place] = intAt(to, e);
		next[n] = place + 1;
	}
	return { start, targets };
}

function dropRepeats(size: number, start: Int32Array, targets: Int32Array) {
	const seenBy = new Int32Array(size).fill(-1);
	const uniqueStart = new Int32Array(size + 1);
	let kept = 0;
	for (let n = 0; n < size; n++) {
		for (let e = intAt(start, n); e < intAt(start, n + 1); e++) {
			const target = intAt(targets, e);
			if (intAt(seenBy, target) === n) {
				continue;
			}
			seenBy[target] = n;
			targets[kept] = target;
			kept++;
		}
		uniqueStart[n + 1] = kept;
	}
	return { start: uniqueStart, targets: targets.slice(0, kept) };
}

/** Reads an index that is known to be in range; typed arrays answer `number | undefined` under strict indexing. */
export function at(values: ArrayLike<number>, index: number): number {
	return values[index] ?? 0;
}

/**
 * The same for the rows of a graph. A function that sees one kind of array only is compiled to a plain load; `at` sees
 * every kind, which costs the loops over large graphs a multiple of their time.
 */
export function intAt(values: Int32Array, index: number): number {
	return values[index] ?? 0;
}

/** The same for weights and times. */
export function realAt(values: Float64Array, index: number): number {
	return values[index] ?? 0;
}
