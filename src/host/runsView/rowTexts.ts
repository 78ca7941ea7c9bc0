import type { Translate } from '../tree/presentRow.ts';

/** How rows say things in the user's language. */
export interface RowTexts {
	readonly t: Translate;
	/** A moment, from milliseconds since the epoch. */
	readonly time: (at: number) => string;
	/** The month of a moment, with its year. */
	readonly month: (at: number) => string;
}
