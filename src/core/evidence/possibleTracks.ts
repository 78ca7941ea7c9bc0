import type { RunTask } from '../run/runPlan.ts';

/** Above this many tasks the closure of the graph costs more than a number beside the tracks is worth. */
const exactUpTo = 600;

/**
 * How many tracks could work side by side (EXECUTION P2): the number of chains (connected groups of two or more
 * tasks) where there are two or more, otherwise the width of the graph. The width is exact up to 600 tasks; above that
 * it is the size of the widest layer, which is never too large.
 */
export function countPossibleTracks(tasks: readonly RunTask[]): number {
	const edges = indexEdges(tasks);
	const chains = countChains(edges);
	if (chains >= 2) {
		return chains;
	}
	const layers = layerSizes(edges);
	// A cycle leaves tasks without a layer. Such a plan is refused before it runs; here it must only not hang.
	return tasks.length <= exactUpTo ? maximumAntichain(edges) : Math.max(0, ...layers);
}

/** For each task the indices of the tasks it depends on. */
function indexEdges(tasks: readonly RunTask[]): readonly (readonly number[])[] {
	const indexOf = new Map(tasks.map((task, index) => [task.id, index]));
	return tasks.map((task) =>
		task.dependencies.flatMap((id) => {
			const index = indexOf.get(id);
			return index === undefined ? [] : [index];
		}),
	);
}

function countChains(edges: readonly (readonly number[])[]): number {
	const parent = edges.map((_, index) => index);
	const find = (start: number): number => {
		let at = start;
		for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
			parent[at] = parent[up] ?? up;
			at = up;
		}
		return at;
	};
	for (const [task, dependencies] of edges.entries()) {
		for (const dependency of dependencies) {
			parent[find(task)] = find(dependency);
		}
	}
	const sizes = new Map<number, number>();
	for (const index of edges.keys()) {
		const top = find(index);
		sizes.set(top, (sizes.get(top) ?? 0) + 1);
	}
	return [...sizes.values()].filter((size) => size >= 2).length;
}

/** Kahn levels: how many tasks each has. */
function layerSizes(edges: readonly (readonly number[])[]): number[] {
	const { order, dependents } = sortTopologically(edges);
	const level = edges.map(() => 0);
	const sizes: number[] = [];
	for (const task of order) {
		const own = level[task] ?? 0;
		sizes[own] = (sizes[own] ?? 0) + 1;
		for (const dependent of dependents[task] ?? []) {
			level[dependent] = Math.max(level[dependent] ?? 0, own + 1);
		}
	}
	return sizes;
}

function sortTopologically(edges: readonly (readonly number[])[]): {
	order: number[];
	dependents: number[][];
} {
	const dependents: number[][] = edges.map(() => []);
	const missing = edges.map((dependencies, task) => {
		for (const dependency of dependencies) {
			dependents[dependency]?.push(task);
		}
		return dependencies.length;
	});
	const order = [...missing.keys()].filter((task) => missing[task] === 0);
	for (const task of order) {
		for (const dependent of dependents[task] ?? []) {
			const left = (missing[dependent] ?? 0) - 1;
			missing[dependent] = left;
			if (left === 0) {
				// Growing the list while walking it is the queue of Kahn's algorithm.
				order.push(dependent);
			}
		}
	}
	return { order, dependents };
}

/** Dilworth: the largest set of tasks that are all independent of each other = tasks less a maximum matching. */
function maximumAntichain(edges: readonly (readonly number[])[]): number {
	const { order } = sortTopologically(edges);
	const ancestors: Set<number>[] = edges.map(() => new Set());
	for (const task of order) {
		for (const dependency of edges[task] ?? []) {
			ancestors[task]?.add(dependency);
			for (const ancestor of ancestors[dependency] ?? []) {
				ancestors[task]?.add(ancestor);
			}
		}
	}
	const matchOf = new Map<number, number>();
	let matched = 0;
	for (const task of order) {
		matched += findPartner(task, { ancestors, matchOf, seen: new Set() }) ? 1 : 0;
	}
	return edges.length - matched;
}

interface Matching {
	readonly ancestors: readonly ReadonlySet<number>[];
	readonly matchOf: Map<number, number>;
	readonly seen: Set<number>;
}

/** One augmenting path of a bipartite matching; at most as deep as there are tasks. */
function findPartner(task: number, matching: Matching): boolean {
	for (const candidate of matching.ancestors[task] ?? []) {
		if (matching.seen.has(candidate)) {
			continue;
		}
		matching.seen.add(candidate);
		const rival = matching.matchOf.get(candidate);
		if (rival === undefined || findPartner(rival, matching)) {
			matching.matchOf.set(candidate, task);
			return true;
		}
	}
	return false;
}
