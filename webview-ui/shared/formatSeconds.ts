import { fillIn } from './fillIn.ts';
import { formatMinutes } from './formatMinutes.ts';

/** A measured time: `0.4 s`, `12 s`, `2 min`, `1.5 h`, in the words of the page. */
export function formatSeconds(
	ms: number,
	words: { readonly hours: string; readonly minutes: string; readonly seconds: string },
): string {
	const seconds = Math.max(0, ms) / 1_000;
	if (seconds < 10) {
		return fillIn(words.seconds, Math.round(seconds * 10) / 10);
	}
	if (seconds < 90) {
		return fillIn(words.seconds, Math.round(seconds));
	}
	return formatMinutes(seconds / 60, words);
}
