/** Longest message that is shown; the log has all of it. */
const maxLength = 400;

/**
 * Text for a notification. Notifications render `[text](command:…)` as links, and most messages quote plans and output
 * of programs: nothing in a message of ours may become a link.
 */
export function plainMessage(text: string): string {
	const line = text
		.replace(/\s+/g, ' ')
		.replace(/\]\s*\(/g, '] (')
		.trim();
	return line.length <= maxLength ? line : `${line.slice(0, maxLength)}…`;
}
