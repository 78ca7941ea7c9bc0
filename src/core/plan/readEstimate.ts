import type { SourceRange } from './plan.ts';
import type { SourceFile } from './sourceFile.ts';

const minutesOf: Readonly<Record<string, number>> = { m: 1, h: 60, d: 480, w: 2400 };

/**
 * Minutes of a duration in words: `90m`, `1h 30m`, `2 days` (8 hours a day, 5 days a week). A bare number has the unit
 * that the field's name says. Null when it is none of these.
 */
export function parseMinutes(text: string, bareUnit: 'h' | 'm'): number | null {
	const plain = text.trim().toLowerCase();
	if (/^\d+(\.\d+)?$/.test(plain)) {
		return Number(plain) * (minutesOf[bareUnit] ?? 1);
	}
	const part =
		/(\d+(?:\.\d+)?)\s*(minutes|minute|mins|min|m|hours|hour|hrs|hr|h|days|day|d|weeks|week|w)\b[\s,]*/y;
	let minutes = 0;
	let matched = 0;
	for (let found = part.exec(plain); found !== null; found = part.exec(plain)) {
		minutes += Number(found[1]) * (minutesOf[found[2]?.charAt(0) ?? ''] ?? 0);
		matched = part.lastIndex;
	}
	return matched > 0 && matched === plain.length ? minutes : null;
}

/** Longest estimate that is taken seriously: ten working years. More is a slip of the unit. */
const maxMinutes = 10 * 260 * 480;

/** The minutes that a field says, or undefined after reporting why they are none. */
export function readMinutes(
	file: SourceFile,
	value: string,
	{ range, key, unit }: { readonly range: SourceRange; readonly key: string; readonly unit: 'h' | 'm' },
): number | undefined {
	const minutes = parseMinutes(value, unit);
	if (minutes !== null && minutes <= maxMinutes) {
		return minutes;
	}
	const expected = unit === 'h' ? 'hours' : 'minutes';
	const message = `\`${key}\` must be a number of ${expected} (0 or more), or a duration such as \`1h 30m\`, not "${value.slice(0, 40)}".`;
	file.report('SY207', range, message, { severity: 'warning' });
	return undefined;
}

/** Minutes as people say them: `1 hour`, `24 hours`, `1.5 hours`. */
export function formatHours(minutes: number): string {
	const hours = Math.round((minutes / 60) * 100) / 100;
	return `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
}

/** The same in the unit that says something: `2 hours`, `20 min`, `0.4 s`. */
export function formatTime(minutes: number): string {
	if (minutes === 0 || minutes >= 60) {
		return formatHours(minutes);
	}
	const [value, unit] = minutes >= 1 ? [minutes, 'min'] : [minutes * 60, 's'];
	return `${Math.round(value * 10) / 10} ${unit}`;
}
