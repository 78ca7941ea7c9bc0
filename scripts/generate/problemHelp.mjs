/** The text of each section of docs/problems.md by its code, for SARIF and other readers of single problems. */
export function problemHelp(document) {
	const sections = document.split(/^(?=#{2,3} )/m);
	const found = {};
	for (const section of sections) {
		const [, code, body] = /^### (SY\d+) .*\n([\s\S]*)$/.exec(section) ?? [];
		if (code !== undefined) {
			// Line ends inside a paragraph are those of the document's layout.
			found[code] = body.trim().replace(/(?<!\n)\n(?!\n|- )/g, ' ');
		}
	}
	return found;
}
