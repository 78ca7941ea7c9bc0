import type { GraphLayout } from '../../src/protocol/graphView.ts';
import { pure } from '../shared/component.ts';
import type { Region } from './detail.ts';
import { meets } from './detail.ts';
import type { Look } from './taskLook.ts';

export interface DotsProps {
	readonly layout: GraphLayout;
	/** Null draws all. */
	readonly region: Region | null;
	/** The look of a card by its index. */
	readonly lookOf: (card: number) => Look;
	/** Cards that are searched for; null while nothing is. */
	readonly wanted: ReadonlySet<number> | null;
}

/** Cards from far away: one path for each look, so that ten thousand are as quick to draw as ten. */
export const Dots = pure(({ layout, region, lookOf, wanted }: DotsProps) => {
	const paths = new Map<string, string[]>();
	for (const [n, node] of layout.nodes.entries()) {
		if (region !== null && !meets(node, region.box)) {
			continue;
		}
		const key = `look-${lookOf(n)}${wanted === null || wanted.has(n) ? '' : ' dimmed'}`;
		const path = paths.get(key) ?? [];
		path.push(`M${node.x} ${node.y}h${node.width}v${node.height}h${-node.width}z`);
		paths.set(key, path);
	}
	return (
		<g class="dots">
			{[...paths].map(([key, path]) => (
				<path key={key} class={key} d={path.join('')} />
			))}
		</g>
	);
});
