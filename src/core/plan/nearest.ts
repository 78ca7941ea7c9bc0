import { distance } from 'fastest-levenshtein';

/**
 * The candidate that a misspelled word most likely means, or null when none is near: at most a third of its letters, and
 * never more than three, may differ. Case, dashes and underscores do not count.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
	const wanted = plain(word);
	const limit = Math.min(3, Math.floor(wanted.length / 3));
	let best: string | null = null;
	let bestDistance = limit + 1;
	for (const candidate of candidates) {
		const form = plain(candidate);
		if (Math.abs(form.length - wanted.length) >= bestDistance) {
			continue;
		}
		const between = distance(wanted, form);
		if (between < bestDistance) {
			best = candidate;
			bestDistance = between;
		}
	}
	return best;
}

function plain(word: string): string {
	return word.toLowerCase().replace(/[-_\s]/g, '');
}
