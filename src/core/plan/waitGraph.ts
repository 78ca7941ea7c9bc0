import type { Graph } from '../graph/buildGraph.ts';
import { buildAdjacency } from '../graph/buildGraph.ts';
import { findCycles } from '../graph/findCycles.ts';
import { strongComponents } from '../graph/strongComponents.ts';
import type { SourceRange } from './plan.ts';

/** One thing that waits for another. */
interface Edge {
	readonly to: number;
	/** Where the edge is written, and what it says there. */
	readonly range: SourceRange;
	readonly why: string;
}

/** The same by name. */
export interface NamedEdge {
	readonly from: string;
	readonly to: string;
	readonly range: SourceRange;
	readonly why: string;
}

/** Things that wait for each other, by name. Names that nobody added are ignored: references are checked elsewhere. */
export class WaitGraph {
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
	sound(): NamedEdge[] {
		const component = strongComponents(this.#graph()).of;
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
		return findCycles(this.#graph());
	}

	/** An edge leads from what waits to what it waits for. */
	#graph(): Graph {
		return buildAdjacency(this.#edges.map((edges) => edges.map(({ to }) => to)));
	}
}
