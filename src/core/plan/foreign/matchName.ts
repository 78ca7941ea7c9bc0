/** Something that a sentence may speak of. */
export interface Named {
	readonly id: string;
	/** Its name without what stands in brackets. */
	readonly name: string;
	/** Things that are named only when nothing else fits: the tests of a feature. */
	readonly isSecondary?: boolean;
}

/** Words that say nothing about which thing is meant. */
const fillers = new Set([
	'the',
	'a',
	'an',
	'of',
	'and',
	'for',
	'to',
	'up',
	'set',
	'step',
	'stage',
	'completion',
	'complete',
]);

/**
 * The thing that a few words of prose mean: `Cart` is "Shopping cart", `User APIs` is "User API". All words must be in the
 * name; of several names the one with the fewest words left over counts, then the first. Null when none fits.
 */
export function matchName<T extends Named>(words: string, things: readonly T[]): T | null {
	const wanted = wordsOf(words);
	if (wanted.length === 0) {
		return null;
	}
	let best: T | null = null;
	let bestCost = Number.POSITIVE_INFINITY;
	for (const thing of things) {
		const found = wordsOf(thing.name);
		const has = (word: string) => found.some((one) => isSame(one, word));
		const cost = found.length - wanted.length + (thing.isSecondary === true ? 100 : 0);
		if (wanted.every(has) && cost < bestCost) {
			best = thing;
			bestCost = cost;
		}
	}
	return best;
}

/** Words in small letters without the s of a plural, without fillers. */
function wordsOf(text: string): string[] {
	return text
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '' && !fillers.has(word))
		.map((word) => (word.length > 3 ? word.replace(/s$/, '') : word));
}

/** The same word, or one cut short: `admin`, `docs` and `documentation`. */
function isSame(a: string, b: string): boolean {
	const [short, long] = a.length < b.length ? [a, b] : [b, a];
	return short === long || (short.length >= 3 && long.startsWith(short));
}

/** Splits `Cart + Order and Payment` into its names; words such as `none` give nothing. */
export function splitNames(text: string): string[] {
	return text
		.replace(/\s+/g, ' ')
		.split(/\s*(?:,|;|\+|&|\band\b)\s*/i)
		.map((part) => part.trim().replace(/\.$/, ''))
		.filter((part) => part !== '' && !/^(none|n\/a|nothing|no|-|–|—)( dependencies)?$/i.test(part));
}

/** The name without what stands in brackets. */
export function withoutBrackets(text: string): string {
	return text.replace(/\s?\([^()]*\)/g, '').trim();
}
