import type { Located, PlanFile, Position, SourceRange } from './plan.ts';

/** A figure that a summary states. Minutes, or a share in percent. */
export type SummaryClaim =
	| { readonly kind: 'total'; readonly stated: Located<number>; readonly sprint: string | null }
	| { readonly kind: 'critical-path'; readonly stated: Located<number>; readonly tasks: readonly string[] }
	| {
			readonly kind: 'saving';
			readonly stated: Located<number>;
			/** The two durations that it stands beside, in minutes. */
			readonly sequential: number;
			readonly parallel: number;
	  };

/** A word of a heading that names a sprint, lines that a saving may stand below the durations it compares. */
const sprintHeading = /^#{1,6}.*?\b(sprint[\s_-]*[\w.-]*\d[\w.-]*)/i;
const reach = 4;

const hours = String.raw`(\d+(?:[.,]\d+)?)\s*(?:h\b|hours?\b)`;
const totals = [
	/\btotal\b[^0-9|\n]{0,40}\bhours?\b[^0-9\n]{0,12}?(\d+(?:\.\d+)?)/i,
	new RegExp(String.raw`\btotal\b[^0-9\n]{0,30}?${hours}`, 'i'),
];
const critical = new RegExp(String.raw`\b(?:critical path|longest chain)\b.*?${hours}`, 'i');
const share = /(\d+(?:\.\d+)?)\s*%/;
const arrow = new RegExp(String.raw`${hours}\s*(?:→|->|=>|to)\s*${hours}`, 'i');
const versus = new RegExp(
	String.raw`${hours}\s*\(vs\.?\s*(\d+(?:\.\d+)?)\s*(?:h\b|hours?\b)?[^)]*sequential`,
	'i',
);
const sequentialLine = new RegExp(String.raw`\bsequential\b[^0-9\n]{0,30}${hours}`, 'i');
const parallelLine = new RegExp(String.raw`\bparallel\b[^0-9\n]{0,30}${hours}`, 'i');

/**
 * The figures of a Markdown summary of a plan (`TASK_SUMMARY.md`, `SPRINT_OVERVIEW.md`, the dependency graph): totals, critical
 * paths and savings, line by line. What is written in any other way is passed over.
 */
export function readSummary({ uri, text }: PlanFile): SummaryClaim[] {
	const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
	const claims: SummaryClaim[] = [];
	let sprint: string | null = null;
	for (const [number, line] of lines.entries()) {
		if (line.startsWith('#')) {
			sprint = sprintHeading.exec(line)?.[1] ?? null;
		}
		const place = { uri, line: number, text: line };
		const claim = criticalIn(place) ?? savingIn(place, lines) ?? totalIn(place, sprint);
		if (claim !== null) {
			claims.push(claim);
		}
	}
	return claims;
}

interface Line {
	readonly uri: string;
	readonly line: number;
	readonly text: string;
}

function totalIn(line: Line, sprint: string | null): SummaryClaim | null {
	// A total of something else than the work: how long people wait, or what a task takes.
	if (/wall.?clock|calendar|elapsed|parallel/i.test(line.text)) {
		return null;
	}
	const stated = firstNumber(line, totals, 60);
	return stated === null ? null : { kind: 'total', stated, sprint };
}

function criticalIn(line: Line): SummaryClaim | null {
	const stated = firstNumber(line, [critical], 60);
	const tasks = line.text.match(/\b[A-Z][A-Z0-9]*-[\w.-]*\d\b/g) ?? [];
	return stated === null ? null : { kind: 'critical-path', stated, tasks: tasks.length > 1 ? tasks : [] };
}

function savingIn(line: Line, lines: readonly string[]): SummaryClaim | null {
	if (!/sav(?:ed|ing)|reduc|faster|gain/i.test(line.text)) {
		return null;
	}
	const stated = firstNumber(line, [share], 1);
	const pair = stated === null ? null : durationsFor(line, lines);
	return stated === null || pair === null ? null : { kind: 'saving', stated, ...pair };
}

function durationsFor({ line, text }: Line, lines: readonly string[]) {
	const own = arrow.exec(text);
	if (own !== null) {
		return pairOf(own[1], own[2]);
	}
	for (let above = line; above >= Math.max(0, line - reach); above--) {
		const both = versus.exec(lines[above] ?? '');
		if (both !== null) {
			return pairOf(both[2], both[1]);
		}
	}
	const near = lines.slice(Math.max(0, line - reach), line);
	const long = near.map((each) => sequentialLine.exec(each)?.[1]).findLast((found) => found !== undefined);
	const short = near.map((each) => parallelLine.exec(each)?.[1]).findLast((found) => found !== undefined);
	return pairOf(long, short);
}

function pairOf(sequential: string | undefined, parallel: string | undefined) {
	return sequential === undefined || parallel === undefined
		? null
		: { sequential: toNumber(sequential) * 60, parallel: toNumber(parallel) * 60 };
}

/** The first number that one of the patterns finds, with its place. */
function firstNumber(
	{ uri, line, text }: Line,
	patterns: readonly RegExp[],
	factor: number,
): Located<number> | null {
	for (const pattern of patterns) {
		const match = pattern.exec(text);
		const digits = match?.[1];
		if (match !== null && digits !== undefined) {
			const at = match.index + match[0].lastIndexOf(digits);
			return { value: toNumber(digits) * factor, range: rangeOn(uri, line, [at, at + digits.length]) };
		}
	}
	return null;
}

function rangeOn(uri: string, line: number, [from, to]: readonly [number, number]): SourceRange {
	const place = (character: number): Position => ({ line, character });
	return { uri, start: place(from), end: place(to) };
}

function toNumber(digits: string): number {
	return Number(digits.replace(',', '.'));
}
