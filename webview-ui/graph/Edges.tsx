import type { GraphLayout } from '../../src/protocol/graphView.ts';
import { pure } from '../shared/component.ts';
import type { Region } from './detail.ts';
import { meets } from './detail.ts';

export interface EdgesProps {
	readonly layout: GraphLayout;
	readonly region: Region;
	/** The cards whose edges are lit; null lights nothing and dims nothing. */
	readonly kin: ReadonlySet<number> | null;
	/** Pairs `from to` of card indices on the critical path. */
	readonly critical: ReadonlySet<string>;
	/** Cards that work is going on in. */
	readonly active: ReadonlySet<number>;
}

type Kind = 'plain' | 'critical' | 'active' | 'cycle' | 'lit';
const kinds: readonly Kind[] = ['plain', 'active', 'critical', 'cycle', 'lit'];

/** Beyond this many edges at the least detail only the special ones are drawn: the rest would be one grey. */
const plainLimit = 800;

/** All edges of a region, as one path for each way they can look: the document stays small whatever the plan. */
export const Edges = pure(({ layout, region, kin, critical, active }: EdgesProps) => {
	const lines = emptyPaths();
	const heads = emptyPaths();
	const shown = layout.edges.filter((edge) => meets(boxOf(layout, edge), region.box));
	const thin = region.detail === 'dot';
	const skipPlain = thin && shown.length > plainLimit;
	for (const edge of shown) {
		const kind = kindOf(edge, { kin, critical, active });
		if (skipPlain && kind === 'plain') {
			continue;
		}
		lines[kind].push(edge.path);
		const to = layout.nodes[edge.to];
		if (!thin && to !== undefined) {
			heads[kind].push(`M${to.x} ${to.y + to.height / 2}l-8 -4.5v9z`);
		}
	}
	return (
		<g class={`edges${kin === null ? '' : ' faded'}${thin ? ' thin' : ''}`}>
			{kinds.map((kind) => (
				<g key={kind} class={`edge-${kind}`}>
					<path class="line" d={lines[kind].join('')} />
					<path class="head" d={heads[kind].join('')} />
				</g>
			))}
		</g>
	);
});

function emptyPaths(): Record<Kind, string[]> {
	return { plain: [], critical: [], active: [], cycle: [], lit: [] };
}

type Edge = GraphLayout['edges'][number];

function kindOf(
	edge: Edge,
	{ kin, critical, active }: Pick<EdgesProps, 'kin' | 'critical' | 'active'>,
): Kind {
	if (edge.cycle) {
		return 'cycle';
	}
	if (kin?.has(edge.from) && kin.has(edge.to)) {
		return 'lit';
	}
	if (critical.has(`${edge.from} ${edge.to}`)) {
		return 'critical';
	}
	return active.has(edge.to) ? 'active' : 'plain';
}

function boxOf({ nodes }: GraphLayout, edge: Edge) {
	const from = nodes[edge.from];
	const to = nodes[edge.to];
	const left = Math.min(from?.x ?? 0, to?.x ?? 0);
	const right = Math.max((from?.x ?? 0) + (from?.width ?? 0), (to?.x ?? 0) + (to?.width ?? 0));
	return { x: left, y: edge.top, width: right - left, height: edge.bottom - edge.top };
}
