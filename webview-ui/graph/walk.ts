import { at } from '../../src/core/graph/buildGraph.ts';
import type { Drawing } from './drawing.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * Where an arrow key leads from a card: left and right along dependencies, to the nearest in height, and where there
 * is none to the next column; up and down within the column. -1 at the edge of the drawing.
 */
export function walk(drawing: Drawing, from: number, direction: Direction): number {
	switch (direction) {
		case 'left':
			return nearest(drawing, from, neighbours(drawing, from, 'left')) ?? sideways(drawing, from, -1);
		case 'right':
			return nearest(drawing, from, neighbours(drawing, from, 'right')) ?? sideways(drawing, from, 1);
		case 'up':
			return vertical(drawing, from, -1);
		case 'down':
			return vertical(drawing, from, 1);
	}
}

function neighbours({ graph }: Drawing, card: number, side: 'left' | 'right'): number[] {
	const start = side === 'left' ? graph.predecessorStart : graph.successorStart;
	const targets = side === 'left' ? graph.predecessors : graph.successors;
	return [...targets.subarray(at(start, card), at(start, card + 1))];
}

function nearest({ layout }: Drawing, from: number, cards: readonly number[]): number | undefined {
	const y = middle(layout.nodes[from]);
	let best: number | undefined;
	for (const card of cards) {
		const distance = Math.abs(middle(layout.nodes[card]) - y);
		if (best === undefined || distance < Math.abs(middle(layout.nodes[best]) - y)) {
			best = card;
		}
	}
	return best;
}

function vertical({ layout }: Drawing, from: number, sign: 1 | -1): number {
	const own = layout.nodes[from];
	let best = -1;
	for (const [n, node] of layout.nodes.entries()) {
		const ahead = sign * (middle(node) - middle(own));
		if (own === undefined || node.x !== own.x || ahead <= 0) {
			continue;
		}
		if (best === -1 || ahead < sign * (middle(layout.nodes[best]) - middle(own))) {
			best = n;
		}
	}
	return best;
}

/** The card of the next column on that side that is nearest in height. */
function sideways(drawing: Drawing, from: number, sign: 1 | -1): number {
	const { nodes } = drawing.layout;
	const x = nodes[from]?.x ?? 0;
	const column = nodes.reduce((best, node) => {
		const ahead = sign * (node.x - x);
		return ahead > 0 && ahead < best ? ahead : best;
	}, Number.POSITIVE_INFINITY);
	const cards = [...nodes.keys()].filter((n) => sign * ((nodes[n]?.x ?? 0) - x) === column);
	return nearest(drawing, from, cards) ?? -1;
}

function middle(node: { readonly y: number; readonly height: number } | undefined): number {
	return node === undefined ? 0 : node.y + node.height / 2;
}
