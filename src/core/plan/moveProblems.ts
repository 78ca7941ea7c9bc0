import type { PartChanges } from './partChanges.ts';
import { isRange } from './partChanges.ts';
import type { SourceRange } from './plan.ts';
import type { Problem } from './problem.ts';

/** Where places of things that were read anew stand now; null for a place that is no more. */
export type MovedRanges = ReadonlyMap<SourceRange, SourceRange | null>;

/** Pairs the places of everything that was replaced. */
export function movedRanges({ tasks, sprints }: PartChanges): MovedRanges {
	const found = new Map<SourceRange, SourceRange | null>();
	for (const { old, now } of [...tasks, ...sprints]) {
		pairRanges(old, now, found);
	}
	return found;
}

function pairRanges(old: unknown, now: unknown, found: Map<SourceRange, SourceRange | null>): void {
	if (typeof old !== 'object' || old === null) {
		return;
	}
	if (isRange(old)) {
		found.set(old, isRange(now) ? now : null);
		return;
	}
	const others = new Map(typeof now === 'object' && now !== null ? Object.entries(now) : []);
	for (const [key, value] of Object.entries(old)) {
		pairRanges(value, others.get(key), found);
	}
}

/** The same problems at the places where what they speak of stands now; null when one of these is no more. */
export function moveProblems(problems: readonly Problem[], moved: MovedRanges): readonly Problem[] | null {
	let isChanged = false;
	const now: Problem[] = [];
	for (const problem of problems) {
		const one = moveProblem(problem, moved);
		if (one === null) {
			return null;
		}
		isChanged ||= one !== problem;
		now.push(one);
	}
	return isChanged ? now : problems;
}

function moveProblem(problem: Problem, moved: MovedRanges): Problem | null {
	const places = [problem.range, ...(problem.related ?? []).map(({ range }) => range)];
	if (!places.some((range) => moved.has(range))) {
		return problem;
	}
	const now = places.map((range) => (moved.has(range) ? (moved.get(range) ?? null) : range));
	const [range, ...others] = now;
	if (range == null || others.some((other) => other === null)) {
		return null;
	}
	const related = problem.related?.map((place, index) => ({ ...place, range: others[index] ?? place.range }));
	return { ...problem, range, ...(related && { related }) };
}
