import type { Diagnostic, Range } from 'vscode-languageserver/node';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import type { SourceRange } from '../core/plan/plan.ts';
import type { Problem, Severity } from '../core/plan/problem.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
	error: DiagnosticSeverity.Error,
	warning: DiagnosticSeverity.Warning,
	info: DiagnosticSeverity.Information,
	hint: DiagnosticSeverity.Hint,
};

/** Codes of text that has no effect: the editor shows it faded, since a hint alone is hardly seen. */
const withoutEffect: ReadonlySet<string> = new Set(['SY200', 'SY305']);

/** A problem as the editor shows it; `data` comes back with a request for quick fixes. */
export function toDiagnostic(problem: Problem): Diagnostic {
	return {
		code: problem.code,
		source: 'switchyard',
		severity: severities[problem.severity],
		message: problem.message,
		range: toRange(problem.range),
		...(withoutEffect.has(problem.code) && { tags: [DiagnosticTag.Unnecessary] }),
		...(problem.related && {
			relatedInformation: problem.related.map(({ range, message }) => ({
				location: { uri: range.uri, range: toRange(range) },
				message,
			})),
		}),
		...(problem.data && { data: problem.data }),
	};
}

/** The lines and columns of a range, without its file. */
export function toRange({ start, end }: SourceRange): Range {
	return { start, end };
}
