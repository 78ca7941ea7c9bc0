/** A line of the axis: where it is and what it says. */
export interface Tick {
	readonly time: number;
	readonly label: string;
}

/** At least this many pixels between two lines. */
const tickGap = 72;

const second = 1 / 60;
const steps = [
	second / 5,
	second / 2,
	second,
	2 * second,
	5 * second,
	15 * second,
	30 * second,
	1,
	2,
	5,
	10,
	15,
	30,
	60,
	120,
	240,
	480,
	960,
	1_920,
	4_800,
	9_600,
	24_000,
	48_000,
	96_000,
	240_000,
	480_000,
	960_000,
];

/** Lines for a span of time in minutes, at round places. Labels are `0`, `30 s`, `5 min`, `2 h`, as `words` spell them. */
export function ticksOf(
	span: { readonly from: number; readonly to: number; readonly scale: number },
	words: { readonly hours: string; readonly minutes: string; readonly seconds: string },
): readonly Tick[] {
	const step = steps.find((size) => size * span.scale >= tickGap) ?? 960_000;
	const ticks: Tick[] = [];
	for (let n = Math.max(0, Math.ceil(span.from / step)); n * step <= span.to; n++) {
		ticks.push({ time: n * step, label: labelOf(n * step, step, words) });
	}
	return ticks;
}

function labelOf(
	minutes: number,
	step: number,
	words: { readonly hours: string; readonly minutes: string; readonly seconds: string },
): string {
	if (minutes === 0) {
		return '0';
	}
	const fill = (text: string, value: number) => text.replace('{0}', String(value));
	if (step < second) {
		return fill(words.seconds, Math.round(minutes * 600) / 10);
	}
	if (step < 1) {
		const seconds = Math.round(minutes * 60);
		const whole = Math.floor(seconds / 60);
		return whole > 0 ? `${whole}:${String(seconds % 60).padStart(2, '0')}` : fill(words.seconds, seconds);
	}
	if (step < 60 && minutes % 60 !== 0) {
		const whole = Math.floor(minutes / 60);
		return whole > 0
			? `${whole}:${String(Math.round(minutes % 60)).padStart(2, '0')}`
			: fill(words.minutes, Math.round(minutes));
	}
	return fill(words.hours, Math.round(minutes / 60));
}
