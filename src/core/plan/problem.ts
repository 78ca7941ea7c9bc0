import type { SourceRange } from './plan.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** Another place that explains a problem: the other end of a clash, one edge of a cycle. */
export interface RelatedPlace {
	readonly range: SourceRange;
	readonly message: string;
}

/**
 * Something that is wrong or doubtful in a plan. `code` is stable (`SY101`…) and never reused; the wording may change.
 * `data` carries what a quick fix needs, so that nobody parses messages.
 */
export interface Problem {
	readonly code: string;
	readonly severity: Severity;
	readonly message: string;
	readonly range: SourceRange;
	readonly related?: readonly RelatedPlace[];
	readonly data?: Readonly<Record<string, string | readonly string[]>>;
}

/** What a reader gives back: always a value, and what was wrong on the way. Reading never throws. */
export interface ReadResult<T> {
	readonly value: T;
	readonly problems: readonly Problem[];
}
