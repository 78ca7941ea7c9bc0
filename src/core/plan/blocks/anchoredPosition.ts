import type { Position } from '../plan.ts';

/** Something that lies at a line of its file, and moves when lines above it come or go. */
export interface Anchor {
	readonly line: number;
}

/** A position that moves with its anchor, so that an edit above it costs nothing here. Looks like any position. */
export class AnchoredPosition implements Position {
	readonly anchor: Anchor;
	/** Lines below the anchor's own. */
	readonly below: number;
	readonly character: number;

	constructor(anchor: Anchor, below: number, character: number) {
		this.anchor = anchor;
		this.below = below;
		this.character = character;
	}

	get line(): number {
		return this.anchor.line + this.below;
	}

	/** What other processes get. */
	toJSON(): Position {
		return { line: this.line, character: this.character };
	}
}
