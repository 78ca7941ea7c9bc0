import { describeCycle } from './describeCycle.ts';
import { gateLevelOfStrategy } from './gateSets.ts';
import type { Located, Plan, Sprint } from './plan.ts';
import type { Problem } from './problem.ts';
import { WaitGraph } from './waitGraph.ts';

/**
 * Batches whose order contradicts that of dependencies and sprints (EXECUTION P7). `order` has the latter; edges that close
 * a circle in it are reported there. Where each batch is integrated before the next one begins (S1) such a plan cannot be
 * run at all; elsewhere its tasks run in another order than the batches say.
 */
export function checkBatches(plan: Plan, order: WaitGraph): Problem[] {
	const graph = new WaitGraph();
	const lists = plan.sprints.flatMap((sprint) => batchesOf(sprint));
	// Batches come first: a circle is then told from the batch that closes it.
	for (const { name, tasks } of lists) {
		const place = tasks[0]?.range;
		if (place !== undefined) {
			graph.add(name, place);
		}
	}
	for (const [node, name] of order.names.entries()) {
		const range = order.ranges[node];
		if (range !== undefined) {
			graph.add(name, range);
		}
	}
	for (const { from, to, range, why } of order.sound()) {
		graph.connect(from, to, { range, why });
	}
	for (const batch of lists) {
		connectBatch(graph, batch);
	}
	const held = new Set(lists.filter(({ sprint }) => isIntegrated(plan, sprint)).map(({ name }) => name));
	return graph.cycles().map((cycle) =>
		describeCycle('SY333', {
			graph,
			cycle,
			...(cycle.some((node) => held.has(graph.names[node] ?? '')) && { severity: 'error' }),
		}),
	);
}

/** A group of tasks of one sprint, with what it comes after. */
interface Batch {
	readonly name: string;
	readonly sprint: Sprint;
	readonly tasks: readonly Located<string>[];
	readonly inTurn: boolean;
	readonly before: string | null;
}

/** The batches of a sprint that order something: its own tasks, each where it is listed last, as a run takes them. */
function batchesOf(sprint: Sprint): Batch[] {
	const members = new Set(sprint.tasks.map(({ value }) => value));
	const stated = sprint.pipeline?.batches ?? [];
	const last = new Map(stated.flatMap(({ tasks }) => tasks).map((each) => [each.value, each]));
	const found: Batch[] = [];
	for (const [index, { tasks, inTurn }] of stated.entries()) {
		const own = tasks.filter((each) => members.has(each.value) && last.get(each.value) === each);
		if (own.length > 0) {
			const name = `batch ${index + 1} of ${sprint.id}`;
			found.push({ name, sprint, tasks: own, inTurn, before: found.at(-1)?.name ?? null });
		}
	}
	return found;
}

function connectBatch(graph: WaitGraph, { name, tasks, inTurn, before }: Batch): void {
	for (const [index, { value, range }] of tasks.entries()) {
		graph.connect(name, `task ${value}`, { range, why: `has ${value}` });
		if (before !== null) {
			graph.connect(`task ${value}`, before, { range, why: `is in ${name}, after ${before}` });
		}
		const previous = inTurn ? tasks[index - 1] : undefined;
		if (previous !== undefined) {
			graph.connect(`task ${value}`, `task ${previous.value}`, {
				range,
				why: `comes after ${previous.value} in ${name}`,
			});
		}
	}
}

/** S1: strategy `batches` integrates each batch where plan or sprint says how, and then nothing of the next one has begun. */
function isIntegrated({ header }: Plan, { pipeline }: Sprint): boolean {
	const strategy = header.strategy?.value ?? '';
	const level = header.gateLevel ?? gateLevelOfStrategy[strategy];
	const integrates =
		pipeline?.integration !== undefined ||
		(header.gates ?? []).some(({ at, integration }) => at === 'sprint' && integration !== undefined);
	return strategy === 'batches' && level !== 'basic' && integrates;
}
