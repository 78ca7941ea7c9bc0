import { measures } from './layoutTypes.ts';
import type { Unit } from './layoutUnits.ts';

/** Where the cards of one strip stand, relative to the strip's content. */
export interface Placement {
	readonly height: number;
	/** Top of each card, by card. */
	readonly top: ReadonlyMap<number, number>;
	/** Where a layer needs several columns: the column of a card within its layer. Missing means 0. */
	readonly column: ReadonlyMap<number, number>;
	/** For edges inside the strip that pass columns: the height at which they pass each, by index of the edge. */
	readonly passages: ReadonlyMap<number, readonly number[]>;
}

/** Height of a card. */
export function heightOf(unit: Unit | undefined): number {
	return unit?.kind === 'sprint' ? measures.sprintHeight : measures.taskHeight;
}
