/** What the command line's exit codes mean (EDITOR.md of the design; the order is the order of precedence). */
export const exitCodes = {
	usage: 2,
	interrupted: 130,
	/** Errors in a plan, or failed tasks. */
	failed: 1,
	/** A person is awaited. */
	person: 3,
	ok: 0,
} as const;
