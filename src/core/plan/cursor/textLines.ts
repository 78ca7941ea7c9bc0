/** A text by lines, without their ends. An editor's document gives them one by one, so that nobody splits 100,000. */
export interface TextLines {
	readonly count: number;
	/** Empty for a line that does not exist. */
	line(number: number): string;
	/**
	 * From a line on upwards (-1) or downwards (1), the first one that may begin in or left of a column without being an item
	 * of a list there. Given where that is known without a look at the lines between.
	 */
	skip?(number: number, column: number, direction: -1 | 1): number;
}

/** The lines of a text, with the line ends of the LSP: LF, CR LF and a lone CR. */
export function splitLines(text: string): TextLines {
	const lines = text.split(/\r\n|\n|\r/);
	return { count: lines.length, line: (number) => lines[number] ?? '' };
}
