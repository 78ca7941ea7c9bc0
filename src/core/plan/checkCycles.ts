import { componentsOf, findCycles } from './findCycles.ts';
import type { Located, Plan, SourceRange, Sprint } from './plan.ts';
import type { Problem, RelatedPlace } from './problem.ts';
import type { ProblemCode } from './problemCodes.ts';
import { makeProblem } from './sourceFile.ts';
import { sprintsByTrack } from './sprintsByTrack.ts';
import type { TaskOrder } from './taskOrder.ts';

/** Longest way that a message spells out, and most places that are attached to it. */
const maxNames = 60;
const maxPlaces = 200;

/**
 * Circles among tasks, among sprints, and those that arise from both together (EXECUTION P7). `order` is that of the plan:
 * where there is one, there is no circle, and nothing has to be looked for.
 */
export function checkCycles(plan: Plan, order: TaskOrder | null): Problem[] {
	if (order !== null) {
		return [];
	}
	const tasks = new OrderGraph();
	for (const task of plan.tasks) {
		tasks.add(task.id, task.idRange);
	}
	for (const task of plan.tasks) {
		for (const dependency of task.dependencies) {
			tasks.connect(task.id, dependency.value, { range: dependency.range, why: `needs ${dependency.value}` });
		}
	}
	const sprints = sprintGraph(plan.sprints);
	const mixed = mixedGraph(plan, tasks, sprints);
	return [
		...tasks.cycles().map((cycle) => describeCycle('SY304', tasks, cycle)),
		...sprints.cycles().map((cycle) => describeCycle('SY312', sprints, cycle)),
		...mixed.cycles().map((cycle) => describeCycle('SY313', mixed, cycle)),
	];
}

interface Edge {
	readonly to: number;
	/** Where the edge is written, and what it says there. */
	readonly range: SourceRange;
	readonly why: string;
}

/** Things that wait for each other, by name. Names that nobody added are ignored: references are checked elsewhere. */
class OrderGraph {
	readonly names: string[] = [];
	readonly ranges: SourceRange[] = [];
	readonly #numbers = new Map<string, number>();
	readonly #edges: Edge[][] = [];

	add(name: string, range: SourceRange): void {
		this.#numbers.set(name, this.names.length);
		this.names.push(name);
		this.ranges.push(range);
		this.#edges.push([]);
	}

	connect(
		from: string,
		to: string,
		{ range, why }: { readonly range: SourceRange; readonly why: string },
	): void {
		const start = this.#numbers.get(from);
		const end = this.#numbers.get(to);
		if (start !== undefined && end !== undefined && start !== end) {
			this.#edges[start]?.push({ to: end, range, why });
		}
	}

	edge(from: number, to: number): Edge | undefined {
		return this.#edges[from]?.find((edge) => edge.to === to);
	}

	/** Every edge that lies on no cycle of this graph. */
	sound(): { from: string; to: string; range: SourceRange; why: string }[] {
		const component = componentsOf(this.#targets());
		return this.#edges.flatMap((edges, from) =>
			edges
				.filter((edge) => component[edge.to] !== component[from])
				.map(({ to, range, why }) => ({
					from: this.names[from] ?? '',
					to: this.names[to] ?? '',
					range,
					why,
				})),
		);
	}

	cycles(): number[][] {
		return findCycles(this.#targets());
	}

	#targets(): number[][] {
		return this.#edges.map((edges) => edges.map(({ to }) => to));
	}
}

function sprintGraph(sprints: readonly Sprint[]): OrderGraph {
	const graph = new OrderGraph();
	for (const sprint of sprints) {
		graph.add(sprint.id, sprint.idRange);
	}
	for (const sprint of sprints) {
		for (const dependency of sprint.dependencies) {
			graph.connect(sprint.id, dependency.value, needs(dependency));
		}
	}
	return graph;
}

/**
 * Tasks and sprints in one graph, linear in size: a sprint is a node that opens and a node that is done. Edges that close
 * a circle among tasks or among sprints alone are left out: those are reported already.
 */
function mixedGraph(plan: Plan, tasks: OrderGraph, sprints: OrderGraph): OrderGraph {
	const graph = new OrderGraph();
	for (const task of plan.tasks) {
		graph.add(`task ${task.id}`, task.idRange);
	}
	for (const { id, idRange } of plan.sprints) {
		graph.add(`start of ${id}`, idRange);
		graph.add(`end of ${id}`, idRange);
	}
	for (const { from, to, range, why } of tasks.sound()) {
		graph.connect(`task ${from}`, `task ${to}`, { range, why });
	}
	for (const { from, to, range, why } of sprints.sound()) {
		graph.connect(`start of ${from}`, `end of ${to}`, { range, why });
	}
	const members = new Map<string, string>();
	for (const sprint of plan.sprints) {
		for (const { value } of sprint.tasks) {
			members.set(value, sprint.id);
		}
	}
	for (const sprint of plan.sprints) {
		for (const { value, range } of sprint.tasks) {
			// A task that two sprints name runs in the last of them, and that it is in two is a warning of its own.
			if (members.get(value) === sprint.id) {
				graph.connect(`task ${value}`, `start of ${sprint.id}`, { range, why: `is in ${sprint.id}` });
				graph.connect(`end of ${sprint.id}`, `task ${value}`, { range, why: `needs its task ${value}` });
			}
		}
	}
	for (const track of sprintsByTrack(plan.sprints)) {
		track.forEach((sprint, index) => {
			const before = track[index - 1];
			if (before !== undefined) {
				const why = `comes after ${before.id} in track ${sprint.track}`;
				graph.connect(`start of ${sprint.id}`, `end of ${before.id}`, { range: sprint.idRange, why });
			}
		});
	}
	return graph;
}

function needs({ value, range }: Located<string>) {
	return { range, why: `needs ${value}` };
}

function describeCycle(code: ProblemCode, graph: OrderGraph, cycle: readonly number[]): Problem {
	const names = cycle.map((node) => (graph.names[node] ?? '').replace(/^(task|start of|end of) /, ''));
	const way = withoutRepeats([...names, names[0] ?? '']);
	const shown = way.length > maxNames ? [...way.slice(0, maxNames), '…', way.at(-1) ?? ''] : way;
	const places: RelatedPlace[] = [];
	let first: SourceRange | undefined;
	for (const [index, node] of cycle.entries()) {
		const next = cycle[(index + 1) % cycle.length] ?? node;
		const edge = graph.edge(node, next);
		if (edge === undefined) {
			continue;
		}
		first ??= edge.range;
		if (places.length < maxPlaces) {
			places.push({ range: edge.range, message: `${names[index]} ${edge.why}` });
		}
	}
	const what =
		{ SY304: 'These tasks wait', SY312: 'These sprints wait' }[code as string] ?? 'Tasks and sprints wait';
	const message = `${what} for each other in a circle: ${shown.join(' → ')} (→ means: needs first). Remove one of these dependencies.`;
	const start = graph.ranges[cycle[0] ?? 0];
	const range = first ??
		start ?? { uri: '', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
	return makeProblem(code, range, message, { related: places, data: { cycle: way } });
}

/** A sprint stands in the circle with its start and its end; a reader needs its name once. */
function withoutRepeats(names: readonly string[]): string[] {
	return names.filter((name, index) => name !== names[index - 1]);
}
