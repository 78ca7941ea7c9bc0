/** More spellings of one pattern than this are not compared one by one: the rest of it counts as anything. */
const maxSpellings = 32;

/**
 * Whether a file may exist that both patterns name (S3). False only where that is ruled out: wildcards inside a name, `**`
 * and simple braces are followed exactly, everything cleverer counts as anything. A pattern that may name a folder also
 * means what lies below it, and case does not tell files apart, because on many file systems it does not.
 */
export function globsOverlap(one: string, other: string): boolean {
	if (one === other) {
		return true;
	}
	const others = spellings(other);
	return spellings(one).some((a) => others.some((b) => pathsOverlap(a, b)));
}

/** A pattern as lists of path segments, one for each choice of its braces. */
function spellings(pattern: string): string[][] {
	const plain = pattern
		.trim()
		.toLowerCase()
		// A backslash parts folders, or takes the meaning off a sign.
		.replace(/\\[*?[\]{}()!+@\\]/g, '?')
		.replaceAll('\\', '/')
		.replace(/^(\.?\/)+/, '')
		.replace(/\/+$/, '/**');
	const isUpwards = plain.split('/').includes('..');
	return expandBraces(isUpwards ? '**' : plain).map((spelling) =>
		spelling.split('/').filter((segment) => segment !== '.' && segment !== ''),
	);
}

/** `a/{b,c}/d` as `a/b/d` and `a/c/d`; where there are too many, or braces in braces, what follows counts as anything. */
function expandBraces(pattern: string): string[] {
	let found = [''];
	for (let rest = pattern; rest !== ''; ) {
		const open = rest.indexOf('{');
		const close = rest.indexOf('}', open);
		if (open < 0) {
			return found.map((head) => head + withoutClever(rest));
		}
		const choices = rest.slice(open + 1, close).split(',');
		const isSimple = close > open && choices.length > 1 && !/\.\.|[{(]/.test(rest.slice(open + 1, close));
		const head = rest.slice(0, open);
		if (!isSimple || isClever(head) || found.length * choices.length > maxSpellings) {
			return found.map((before) => before + (isClever(head) ? withoutClever(head) : upToFolder(head)));
		}
		found = found.flatMap((before) => choices.map((choice) => before + head + choice));
		rest = rest.slice(close + 1);
	}
	return found;
}

/** Choices in parentheses and ranges may hold slashes: from their folder on, anything is meant. */
function withoutClever(text: string): string {
	const at = text.search(/[({]/);
	return at < 0 ? text : upToFolder(text.slice(0, at));
}

function isClever(text: string): boolean {
	return text.includes('(');
}

function upToFolder(text: string): string {
	return `${text.slice(0, text.lastIndexOf('/') + 1)}**`;
}

/** Two lists of segments: true where one path fits both, or lies below what one of them names. */
function pathsOverlap(a: readonly string[], b: readonly string[]): boolean {
	const known = new Map<number, boolean>();
	const meet = (i: number, j: number): boolean => {
		const key = i * (b.length + 1) + j;
		const before = known.get(key);
		if (before !== undefined) {
			return before;
		}
		// Set first: a walk that comes back here found nothing on the way.
		known.set(key, false);
		const result = step(i, j);
		known.set(key, result);
		return result;
	};
	const step = (i: number, j: number): boolean => {
		const [left, right] = [a[i], b[j]];
		if (isAnyDepth(left) || isAnyDepth(right)) {
			const skipsLeft = left !== undefined && meet(i + 1, j);
			return skipsLeft || (right !== undefined && meet(i, j + 1));
		}
		if (left === undefined || right === undefined) {
			const ended = left === undefined ? a[i - 1] : b[j - 1];
			// What the shorter one names, the longer one may go into; surely so where it names the same folder.
			return left === right || a[i - 1] === b[j - 1] || mayBeFolder(ended);
		}
		return namesOverlap(left, right) && meet(i + 1, j + 1);
	};
	return meet(0, 0);
}

/** A name with an extension is taken for that of a file, unless a slash follows: `*.ts` and `a.css` have nothing below. */
function mayBeFolder(segment = ''): boolean {
	return isAnyDepth(segment) || !/[^.]\.[a-z][a-z0-9]{0,4}$/.test(segment);
}

/** `**`, also where it is glued to other text: some readers take that for any depth. */
function isAnyDepth(segment = ''): boolean {
	return segment.includes('**');
}

/** Two names with `*` and `?`: whether one text fits both, by the longest prefixes of each that one text fits. */
function namesOverlap(one: string, other: string): boolean {
	if (!/[*?[]/.test(one + other)) {
		return one === other;
	}
	const [a, b] = [tokens(one), tokens(other)];
	let row = [true];
	for (const right of b) {
		row.push(right === '*' && row.at(-1) === true);
	}
	for (const left of a) {
		const next = [left === '*' && row[0] === true];
		for (const [j, right] of b.entries()) {
			const fits =
				left === '*' || right === '*'
					? row[j + 1] === true || next[j] === true
					: row[j] === true && (left === right || left === '?' || right === '?');
			next.push(fits);
		}
		row = next;
	}
	return row.at(-1) === true;
}

/** Single characters and wildcards. A set counts as anything: `[id]` may also be meant as the name it is. */
function tokens(name: string): string[] {
	return name
		.replace(/\[[^\]]*\]/g, '*')
		.replaceAll('[', '*')
		.split('');
}
