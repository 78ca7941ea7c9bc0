/** A text by lines, without their ends. An editor's document gives them one by one, so that nobody splits 100,000. */
export interface TextLines {
	readonly count: number;
	/** Empty for a line that does not exist. */
	line(number: number): string;
}

/** The lines of a text, with the line ends of the LSP: LF, CR LF and a lone CR. */
export function splitLines(text: string): TextLines {
	const lines = text.split(/\r\n|\n|\r/);
	return { count: lines.length, line: (number) => lines[number] ?? '' };
}
