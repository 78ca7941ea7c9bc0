/** What a drawing of a plan needs to know; structurally a part of what views get of a plan. */
export interface LayoutInput {
	/** In the order in which their lanes are stacked. */
	readonly tracks: readonly { readonly number: number }[];
	/** Within a track in the order in which they open (EXECUTION G2). */
	readonly sprints: readonly {
		readonly id: string;
		readonly track: number | null;
		readonly tasks: readonly string[];
	}[];
	readonly tasks: readonly { readonly id: string; readonly dependencies: readonly string[] }[];
	/** Sprints that are drawn as one card. */
	readonly collapsed: readonly string[];
}

/** A rectangle; all lengths of a layout are CSS pixels at zoom 1, y grows downwards. */
export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** A card: one task, or one collapsed sprint. */
export interface LayoutNode extends Box {
	readonly kind: 'task' | 'sprint';
	readonly id: string;
}

/** A dependency between two cards; several task dependencies between collapsed sprints are one edge. */
export interface LayoutEdge {
	/** Indices into `nodes`; `to` waits for `from`. */
	readonly from: number;
	readonly to: number;
	/** How many dependencies it stands for. */
	readonly count: number;
	/** True when it is part of a cycle among the cards and may therefore run right to left. */
	readonly cycle: boolean;
	/** SVG path data. */
	readonly path: string;
	/** The least and largest y of the path, which may leave the rows of its ends. */
	readonly top: number;
	readonly bottom: number;
}

/** The frame around the cards of an expanded sprint. */
export interface SprintBox extends Box {
	readonly id: string;
}

/** The band of one track; `track` is null for what belongs to none. */
export interface Lane extends Box {
	readonly track: number | null;
}

export interface LayoutResult {
	readonly width: number;
	readonly height: number;
	readonly nodes: readonly LayoutNode[];
	readonly edges: readonly LayoutEdge[];
	readonly sprints: readonly SprintBox[];
	/** Empty when the plan has neither tracks nor sprints. */
	readonly lanes: readonly Lane[];
}

/** Up to this many cards dagre places them, as long as no column is too high; it gets slow soon after. */
export const dagreLimit = 100;

/** The measures of a drawing. Text sizes of the view are chosen for these. */
export const measures = {
	cardWidth: 224,
	taskHeight: 66,
	sprintHeight: 92,
	rowGap: 16,
	/** Between two columns of one sprint, and where a sprint's frame ends between them. */
	columnGap: 46,
	frameGap: 76,
	framePadding: 16,
	frameTitle: 46,
	laneHeader: 38,
	lanePadding: 12,
	laneGap: 20,
	stripGap: 20,
	margin: 20,
} as const;
