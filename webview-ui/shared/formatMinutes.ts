import { fillIn } from './fillIn.ts';

/** `45 min`, `1.5 h`, `24 h`, in the words of the page. */
export function formatMinutes(
	minutes: number,
	words: { readonly hours: string; readonly minutes: string },
): string {
	if (minutes > 0 && minutes < 1) {
		return fillIn(words.minutes, '<1');
	}
	if (minutes < 60) {
		return fillIn(words.minutes, Math.round(minutes));
	}
	// Nobody plans a hundred hours to the minute.
	const hours = minutes / 60;
	return fillIn(words.hours, hours < 100 ? Math.round(hours * 10) / 10 : Math.round(hours));
}
