import { LineTable } from './lineTable.ts';
import type { SourceRange } from './plan.ts';
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

/** More than this many problems in one file tell a person nothing new; the rest is counted in one line. */
const maxProblems = 200;

/** One text being read: turns offsets into ranges and collects what is wrong. */
export class SourceFile {
	readonly uri: string;
	readonly text: string;
	readonly #lines: LineTable;
	readonly #problems: Problem[] = [];
	#dropped = 0;

	/** `text` without its byte order mark: editors do not count it, so ranges must not either. */
	constructor(uri: string, text: string) {
		this.uri = uri;
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
			start: this.#lines.positionAt(start),
			// Where the white space itself is what is wrong, it stays.
			end: this.#lines.positionAt(last > start ? last : Math.max(end, start)),
		};
	}

	report(code: ProblemCode, range: SourceRange, message: string, extras: ReportExtras = {}): void {
		if (this.#problems.length >= maxProblems) {
			this.#dropped++;
			return;
		}
		this.#problems.push(makeProblem(code, range, message, extras));
	}

	/** Everything reported so far. */
	problems(): readonly Problem[] {
		const last = this.#problems.at(-1);
		if (last === undefined || this.#dropped === 0) {
			return [...this.#problems];
		}
		const rest = `${this.#dropped} more problems in this file are not listed. Repair those above first.`;
		return [...this.#problems, { ...last, message: rest, severity: 'error' }];
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
