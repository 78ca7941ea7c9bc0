import { at, buildNumberedGraph, type Graph } from './buildGraph.ts';
import type { LayoutInput } from './layoutTypes.ts';

/** One card of the drawing. */
export interface Unit {
	readonly kind: 'task' | 'sprint';
	readonly id: string;
	/** Index of its group, the sprint or the loose tasks of a lane. */
	readonly group: number;
}

/** Cards that belong together: a sprint, or all tasks of a lane that are in no sprint. */
export interface Group {
	readonly sprint: string | null;
	readonly lane: number;
	/** Place among the sprints of its lane; sprints open in this order. -1 for loose tasks, which are in no order. */
	readonly ordinal: number;
	/** True when the group is drawn as a frame around its cards. */
	readonly framed: boolean;
	readonly units: readonly number[];
}

export interface UnitEdge {
	readonly from: number;
	readonly to: number;
	readonly count: number;
}

/** The cards to draw, and how they hang together. */
export interface Scene {
	readonly units: readonly Unit[];
	readonly groups: readonly Group[];
	/** Track number by lane. */
	readonly lanes: readonly (number | null)[];
	readonly edges: readonly UnitEdge[];
	readonly graph: Graph;
	/** False when the plan has neither tracks nor sprints: then lanes are not drawn. */
	readonly hasLanes: boolean;
}

/** Decides what is drawn. A task in several sprints is drawn in the first; an empty sprint is always one card. */
export function layoutUnits(input: LayoutInput): Scene {
	const lanes = lanesOf(input);
	const known = new Set(input.tasks.map((task) => task.id));
	const collapsed = new Set(input.collapsed);
	const units: Unit[] = [];
	const groups: Group[] = [];
	const unitOfTask = new Map<string, number>();
	const ordinals = new Map<number, number>();
	for (const sprint of input.sprints) {
		const lane = lanes.indexOf(sprint.track);
		const members = [...new Set(sprint.tasks)].filter((id) => known.has(id) && !unitOfTask.has(id));
		const framed = members.length > 0 && !collapsed.has(sprint.id);
		const first = units.length;
		if (!framed) {
			units.push({ kind: 'sprint', id: sprint.id, group: groups.length });
		}
		for (const id of members) {
			unitOfTask.set(id, framed ? units.length : first);
			if (framed) {
				units.push({ kind: 'task', id, group: groups.length });
			}
		}
		const ordinal = ordinals.get(lane) ?? 0;
		ordinals.set(lane, ordinal + 1);
		groups.push({ sprint: sprint.id, lane, ordinal, framed, units: range(first, units.length) });
	}
	addLooseTasks(input, { units, groups, unitOfTask, lane: lanes.indexOf(null) });
	const edges = unitEdges(input, unitOfTask);
	return {
		units,
		groups,
		lanes,
		edges,
		graph: buildNumberedGraph(
			units.length,
			edges.map((edge) => edge.from),
			edges.map((edge) => edge.to),
		),
		hasLanes: input.tracks.length > 0 || input.sprints.length > 0,
	};
}

/** Tracks as given, then those that only a sprint names, then the lane of what has no track, where it is needed. */
function lanesOf(input: LayoutInput): (number | null)[] {
	const numbers = new Set<number>(input.tracks.map((track) => track.number));
	const used = new Set(input.sprints.map((sprint) => sprint.track));
	for (const number of used) {
		if (number !== null) {
			numbers.add(number);
		}
	}
	const inSprint = new Set(input.sprints.flatMap((sprint) => sprint.tasks));
	const loose = input.tasks.some((task) => !inSprint.has(task.id));
	const lanes: (number | null)[] = [...numbers].filter((number) => used.has(number));
	return loose || used.has(null) ? [...lanes, null] : lanes;
}

interface Loose {
	readonly units: Unit[];
	readonly groups: Group[];
	readonly unitOfTask: Map<string, number>;
	readonly lane: number;
}

function addLooseTasks(input: LayoutInput, { units, groups, unitOfTask, lane }: Loose): void {
	const first = units.length;
	for (const task of input.tasks) {
		if (!unitOfTask.has(task.id)) {
			unitOfTask.set(task.id, units.length);
			units.push({ kind: 'task', id: task.id, group: groups.length });
		}
	}
	if (units.length > first) {
		groups.push({ sprint: null, lane, ordinal: -1, framed: false, units: range(first, units.length) });
	}
}

function unitEdges(input: LayoutInput, unitOfTask: ReadonlyMap<string, number>): UnitEdge[] {
	const counts = new Map<number, { from: number; to: number; count: number }>();
	const size = unitOfTask.size + 1;
	for (const task of input.tasks) {
		const to = unitOfTask.get(task.id);
		for (const id of new Set(task.dependencies)) {
			const from = unitOfTask.get(id);
			if (from === undefined || to === undefined || from === to) {
				continue;
			}
			const key = from * (size + input.sprints.length) + to;
			const edge = counts.get(key);
			if (edge === undefined) {
				counts.set(key, { from, to, count: 1 });
			} else {
				edge.count++;
			}
		}
	}
	return [...counts.values()];
}

function range(start: number, end: number): number[] {
	return Array.from({ length: end - start }, (_, i) => start + i);
}

/** True for a card that waits for nothing and that nothing waits for. */
export function isIndependent({ graph }: Pick<Scene, 'graph'>, unit: number): boolean {
	return (
		at(graph.successorStart, unit + 1) === at(graph.successorStart, unit) &&
		at(graph.predecessorStart, unit + 1) === at(graph.predecessorStart, unit)
	);
}
