/**
 * Text as one paragraph of Markdown that reads as it is written: it can make no link, command, icon or markup. The editor's own
 * way makes every space one that does not break, so that long sentences run out of a tooltip.
 */
export function plainMarkdown(text: string): string {
	return text
		.trim()
		.replaceAll(/\s+/g, ' ')
		.replaceAll(/[&<>]/g, (each) => entities[each] ?? '')
		.replaceAll(/[\\`*_{}[\]()#+\-.!~|$]/g, '\\$&');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
