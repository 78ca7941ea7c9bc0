import type { Position } from './plan.ts';
import type { Problem, Severity } from './problem.ts';

/** More than this many problems in one file tell a person nothing new; the rest is counted in one line. */
export const maxProblems = 200;

const gravity: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };

/**
 * The problems of one file, or the gravest of them where they are too many, and one line that counts the others. Which ones
 * stay depends on what they are and not on the order in which they were found.
 */
export function limitProblems(problems: readonly Problem[]): readonly Problem[] {
	if (problems.length <= maxProblems) {
		return [...problems];
	}
	const kept = [...problems]
		.sort((a, b) => gravity[a.severity] - gravity[b.severity] || compareProblems(a, b))
		.slice(0, maxProblems);
	const rest = `${problems.length - kept.length} more problems in this file are not listed. Repair those above first.`;
	return [...kept, ...kept.slice(-1).map((last) => ({ ...last, message: rest, severity: 'error' as const }))];
}

/** By file, then by place, then by code: the same plan always gives the same list. */
export function compareProblems(a: Problem, b: Problem): number {
	return (
		compareText(a.range.uri, b.range.uri) ||
		comparePlaces(a.range.start, b.range.start) ||
		compareText(a.code, b.code)
	);
}

function comparePlaces(a: Position, b: Position): number {
	return a.line - b.line || a.character - b.character;
}

function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
