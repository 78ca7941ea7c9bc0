import { limitProblems } from './limitProblems.ts';
import { LineTable } from './lineTable.ts';
import type { Position, SourceRange } from './plan.ts';
import type { Problem, RelatedPlace, Severity } from './problem.ts';
import type { ProblemCode } from './problemCodes.ts';
import { problemCodes } from './problemCodes.ts';

/** What a report may add to its message. */
export interface ReportExtras {
	readonly related?: readonly RelatedPlace[];
	readonly data?: Readonly<Record<string, string | readonly string[]>>;
	/** Overrides the severity of the code where the same fault matters less. */
	readonly severity?: Severity;
}

/** Where a place of the text that is read stands in its file. */
export type PlaceIn = (position: Position) => Position;

/** One text being read: turns offsets into ranges and collects what is wrong. */
export class SourceFile {
	readonly uri: string;
	readonly text: string;
	readonly #lines: LineTable;
	readonly #place: PlaceIn | null;
	readonly #problems: Problem[] = [];

	/**
	 * `text` without its byte order mark: editors do not count it, so ranges must not either. `place` is given where the text
	 * is a piece of its file.
	 */
	constructor(uri: string, text: string, place: PlaceIn | null = null) {
		this.uri = uri;
		this.#place = place;
		this.text = text.startsWith('\uFEFF') ? text.slice(1) : text;
		this.#lines = new LineTable(this.text);
	}

	/** A half-open range; white space at its end is left out, since block collections swallow the line end. */
	range(start: number, end: number): SourceRange {
		let last = Math.min(end, this.text.length);
		while (last > start && /\s/.test(this.text[last - 1] ?? '')) {
			last--;
		}
		return {
			uri: this.uri,
			start: this.#positionAt(start),
			// Where the white space itself is what is wrong, it stays.
			end: this.#positionAt(last > start ? last : Math.max(end, start)),
		};
	}

	#positionAt(offset: number): Position {
		const position = this.#lines.positionAt(offset);
		return this.#place === null ? position : this.#place(position);
	}

	report(code: ProblemCode, range: SourceRange, message: string, extras: ReportExtras = {}): void {
		this.#problems.push(makeProblem(code, range, message, extras));
	}

	/** Everything reported so far, in the order in which it was found. */
	found(): readonly Problem[] {
		return this.#problems;
	}

	/** The same, without what would be too much to show. */
	problems(): readonly Problem[] {
		return limitProblems(this.#problems);
	}
}

/** Builds a problem with the severity of its code. */
export function makeProblem(
	code: ProblemCode,
	range: SourceRange,
	message: string,
	{ related, data, severity }: ReportExtras = {},
): Problem {
	return {
		code,
		severity: severity ?? problemCodes[code].severity,
		message,
		range,
		...(related && { related }),
		...(data && { data }),
	};
}
