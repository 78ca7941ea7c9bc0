import type { Tier } from '../plan/plan.ts';
import { iterationsOf } from './reopening.ts';
import type { AttemptState, CheckState } from './runState.ts';

/** Something that is to be repaired, as a check or the end of an attempt says it. */
export interface Finding {
	/** One sentence or line, without secrets. */
	readonly text: string;
	/** Relative to the root, with `/`. */
	readonly file?: string;
	/** Whose it is, where a validator names somebody: a persona or the name of a step. */
	readonly persona?: string;
	/** Tells it from others where the text alone does not: a hash of what stood around it. */
	readonly mark?: string;
}

/** What reports say in numbers. What no report measured is not there. */
export interface Figures {
	readonly tests?: {
		readonly total: number;
		readonly passed: number;
		readonly failed: number;
		readonly skipped: number;
	};
	readonly lines?: { readonly found: number; readonly hit: number };
	readonly branches?: { readonly found: number; readonly hit: number };
	readonly findings?: { readonly error: number; readonly warning: number; readonly note: number };
}

/** More of them in one line of the journal help nobody. */
export const maxFindings = 20;
export const longestFinding = 300;

/** The share of covered lines in percent, with one decimal; null where no line was found. */
export function coverageOf({ lines }: Figures): number | null {
	return lines === undefined || lines.found === 0 ? null : Math.floor((1000 * lines.hit) / lines.found) / 10;
}

/** What one who judged said about one criterion. */
export interface CriterionAnswer {
	readonly criterion: string;
	readonly passed: boolean;
	/** What was seen, and what is missing; without secrets. */
	readonly finding: string;
}

/** More criteria than these are not asked of one check. */
export const maxCriteria = 50;

/** True for a check that failed and counts: one that only advises holds nothing up. */
export function isRefused({ passed, advisory }: Pick<CheckState, 'passed' | 'advisory'>): boolean {
	return !passed && !advisory;
}

/** Everything an attempt left to be repaired: the findings of its failed checks, else how its work ended. */
export function findingsOf(attempt: AttemptState): readonly Finding[] {
	const checks = [...attempt.steps.flatMap(({ checks: own }) => own), ...attempt.checks];
	const found = checks.filter(isRefused).flatMap(findingsOfCheck);
	if (attempt.rejection !== null) {
		found.push({ text: attempt.rejection });
	}
	if (attempt.outcome !== null && attempt.outcome !== 'ok') {
		found.push({ text: attempt.reason, ...(attempt.mark === '' ? {} : { mark: attempt.mark }) });
	}
	return found;
}

function findingsOfCheck({ findings, reason }: CheckState): readonly Finding[] {
	return findings.length > 0 ? findings : [{ text: reason }];
}

/** Equal for findings that are the same again, whatever the time and the process. */
export function fingerprint({ text, file, mark }: Finding): string {
	return mark ?? `${file ?? ''} ${steadyText(text)}`;
}

/** A text without what changes from run to run: colours are gone before; times, durations, addresses and ids go here. */
export function steadyText(text: string): string {
	return text
		.replaceAll(/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:[.,]\d+)?Z?/g, '<time>')
		.replaceAll(/\b\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?\b/g, '<time>')
		.replaceAll(/\b\d+(?:[.,]\d+)?\s*(?:ms|µs|us|ns|s|sec|secs|seconds?|min|mins|minutes?)\b/gi, '<duration>')
		.replaceAll(/\b0x[0-9a-f]+\b/gi, '<address>')
		.replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>')
		.replaceAll(/\b(pid|process)[ =:]*\d+\b/gi, '$1 <pid>')
		.replaceAll(/\/tmp\/[^\s:'"]+/g, '<temporary>')
		.replaceAll(/\s+/g, ' ')
		.trim();
}

/** T3: the same finding this often in a row means that another iteration would bring it again. */
const stuckAfter = 3;

/** The finding that the last three iterations of a budget all ended with; null where there is none. */
export function stuckFinding(attempts: readonly AttemptState[], budget: number): Finding | null {
	const counted = iterationsOf(attempts);
	const last = counted.slice(Math.max(0, counted.length - Math.min(budget, stuckAfter)));
	const [newest, ...before] = last.reverse().map(findingsOf);
	if (newest === undefined || before.length < stuckAfter - 1) {
		return null;
	}
	const marks = before.map((findings) => new Set(findings.map(fingerprint)));
	return newest.find((finding) => marks.every((each) => each.has(fingerprint(finding)))) ?? null;
}

/** T2: the first two iterations on T1, all further ones on T2; what is critical begins there. */
export function tierOf(iteration: number, startTier: Tier | undefined): Tier {
	return startTier === 'T2' || iteration > 2 ? 'T2' : 'T1';
}
