/**
 * A program and its arguments out of one line, with quotes around arguments that hold spaces; null for anything that only
 * a shell would understand, because no text of a plan becomes a shell line by itself.
 */
export function splitCommand(line: string): string[] | null {
	if (/[|&;<>`$(){}*?~\\\n]/.test(line)) {
		return null;
	}
	const words: string[] = [];
	const word = /"([^"]*)"|'([^']*)'|([^\s"']+)/gy;
	for (let rest = line.trim(); rest !== ''; rest = rest.trimStart()) {
		word.lastIndex = 0;
		const found = word.exec(rest);
		const isWhole = found !== null && /^(\s|$)/.test(rest.slice(found[0].length));
		if (!isWhole) {
			return null;
		}
		words.push(found[1] ?? found[2] ?? found[3] ?? '');
		rest = rest.slice(found[0].length);
	}
	return words.length === 0 ? null : words;
}
