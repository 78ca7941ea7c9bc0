import type { Graph } from '../../src/core/graph/buildGraph.ts';
import { buildNumberedGraph } from '../../src/core/graph/buildGraph.ts';
import { ancestors, descendants } from '../../src/core/graph/reach.ts';
import type { GraphLayout } from '../../src/protocol/graphView.ts';

/** What a person can point at. */
export interface Target {
	readonly kind: 'task' | 'sprint';
	readonly id: string;
}

/** A layout with what the view looks up in it. */
export interface Drawing {
	readonly layout: GraphLayout;
	/** Dependencies among the cards; node numbers are indices of `layout.nodes`. */
	readonly graph: Graph;
	readonly cardOf: ReadonlyMap<string, number>;
	readonly frameOf: ReadonlyMap<string, number>;
}

export function targetKey(target: Target): string {
	return `${target.kind} ${target.id}`;
}

export function indexLayout(layout: GraphLayout): Drawing {
	return {
		layout,
		graph: buildNumberedGraph(
			layout.nodes.length,
			layout.edges.map((edge) => edge.from),
			layout.edges.map((edge) => edge.to),
		),
		cardOf: new Map(layout.nodes.map((node, n) => [targetKey(node), n])),
		frameOf: new Map(layout.sprints.map((sprint, s) => [sprint.id, s])),
	};
}

/** The card of a target: its own, or that of the collapsed sprint a task is in. -1 where it is not drawn. */
export function cardFor(drawing: Drawing, target: Target, sprintOf: ReadonlyMap<string, string>): number {
	const own = drawing.cardOf.get(targetKey(target));
	if (own !== undefined || target.kind === 'sprint') {
		return own ?? -1;
	}
	return drawing.cardOf.get(targetKey({ kind: 'sprint', id: sprintOf.get(target.id) ?? '' })) ?? -1;
}

/** A card with everything it waits for and everything that waits for it. */
export function kinOf(drawing: Drawing, card: number): ReadonlySet<number> {
	return new Set([card, ...ancestors(drawing.graph, card), ...descendants(drawing.graph, card)]);
}

/** The card at a point of the drawing, or -1. */
export function cardAt({ layout }: Drawing, x: number, y: number): number {
	return layout.nodes.findIndex(
		(node) => x >= node.x && x <= node.x + node.width && y >= node.y && y <= node.y + node.height,
	);
}
