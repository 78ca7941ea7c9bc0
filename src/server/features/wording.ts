/** A time as people say it: `45 min`, `1.5 h`, `24 h`. */
export function formatMinutes(minutes: number): string {
	return minutes < 60 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 6) / 10} h`;
}

/** Keeps what a user wrote from becoming Markdown, a link or a command of its own. */
export function asMarkdownText(text: string): string {
	return text
		.replace(/[\\`*_{}[\]()#+\-.!|<>~&$]/g, (char) => `\\${char}`)
		.replace(/\s+/g, ' ')
		.trim();
}

/** An id in Markdown, as code. Ids hold no line ends; backquotes are fenced off. */
export function asCode(text: string): string {
	const flat = text.replace(/\s+/g, ' ');
	const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
	const fence = '`'.repeat(longest + 1);
	const pad = longest > 0 ? ' ' : '';
	return `${fence}${pad}${flat}${pad}${fence}`;
}
