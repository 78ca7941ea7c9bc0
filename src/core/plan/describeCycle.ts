import type { SourceRange } from './plan.ts';
import type { Problem, RelatedPlace } from './problem.ts';
import type { ProblemCode } from './problemCodes.ts';
import { makeProblem } from './sourceFile.ts';
import type { WaitGraph } from './waitGraph.ts';

/** Longest way that a message spells out, and most places that are attached to it. */
const maxNames = 60;
const maxPlaces = 200;

/** What begins a sentence about a circle, by its code. */
const subjects: Partial<Record<ProblemCode, string>> = {
	SY304: 'These tasks wait',
	SY312: 'These sprints wait',
	SY313: 'Tasks and sprints wait',
	SY333: 'Batches and tasks wait',
};

/** What ends it. */
const advice: Partial<Record<ProblemCode, string>> = {
	SY333: 'Move a task to another batch, or remove one of these dependencies.',
};

/** The problem of one circle: at its first edge, with a place for each of them. */
export function describeCycle(
	code: ProblemCode,
	{
		graph,
		cycle,
		severity,
	}: {
		readonly graph: WaitGraph;
		readonly cycle: readonly number[];
		readonly severity?: Problem['severity'];
	},
): Problem {
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
	const message = `${subjects[code] ?? 'These wait'} for each other in a circle: ${shown.join(' → ')} (→ means: needs first). ${advice[code] ?? 'Remove one of these dependencies.'}`;
	const start = graph.ranges[cycle[0] ?? 0];
	const range = first ??
		start ?? { uri: '', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
	return makeProblem(code, range, message, {
		related: places,
		data: { cycle: way },
		...(severity !== undefined && { severity }),
	});
}

/** A sprint stands in the circle with its start and its end; a reader needs its name once. */
function withoutRepeats(names: readonly string[]): string[] {
	return names.filter((name, index) => name !== names[index - 1]);
}
