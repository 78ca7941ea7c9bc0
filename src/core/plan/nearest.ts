import { distance } from 'fastest-levenshtein';

/**
 * The candidate that a misspelled word most likely means, or null when none is near: at most a third of its letters, and
 * never more than three, may differ. Case, dashes and underscores do not count.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
	const list = [...candidates];
	return nearestOf(word, list, list.map(plainWord));
}

/** The same for candidates whose plain forms (`plainWord`) are known already. */
export function nearestOf(
	word: string,
	candidates: readonly string[],
	forms: readonly string[],
): string | null {
	const wanted = plainWord(word);
	let limit = Math.min(3, Math.floor(wanted.length / 3)) + 1;
	let best: string | null = null;
	for (const [index, form] of forms.entries()) {
		if (Math.abs(form.length - wanted.length) >= limit) {
			continue;
		}
		const between = distance(wanted, form);
		if (between < limit) {
			best = candidates[index] ?? null;
			limit = between;
		}
	}
	return best;
}

/** A word as it is compared. */
export function plainWord(word: string): string {
	return word.toLowerCase().replace(/[-_\s]/g, '');
}
