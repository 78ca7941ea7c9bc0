import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import type { SourceRange } from '../core/plan/plan.ts';
import type { Problem, Severity } from '../core/plan/problem.ts';

/** What `switchyard check` found. */
export interface CheckReport {
	readonly files: number;
	readonly tasks: number;
	readonly problems: readonly {
		readonly problem: Problem /** What file names are relative to. */;
		readonly base: string;
	}[];
}

/** More places than this say no more than the message did. */
const maxPlaces = 12;

const colours = { error: 'red', warning: 'yellow', info: 'blue', hint: 'gray' } as const;

/** The object of EDITOR's "Command line": lines and columns count from 1, ends are exclusive. */
export function formatJson({ files, tasks, problems }: CheckReport): string {
	const report = {
		files,
		tasks,
		problems: problems.map(({ problem: { range, code, severity, message }, base }) => ({
			file: fileOf(range, base),
			line: range.start.line + 1,
			column: range.start.character + 1,
			endLine: range.end.line + 1,
			endColumn: range.end.character + 1,
			code,
			severity,
			message,
		})),
	};
	return `${JSON.stringify(report, null, 2)}\n`;
}

/** One line a problem, `file:line:column severity code message`, with a blank line between files and a count at the end. */
export function formatText(report: CheckReport, { hasColours }: { readonly hasColours: boolean }): string {
	const lines: string[] = [];
	let last = '';
	for (const { problem, base } of report.problems) {
		const file = fileOf(problem.range, base);
		if (last !== '' && file !== last) {
			lines.push('');
		}
		last = file;
		const severity = hasColours ? styleText(colours[problem.severity], problem.severity) : problem.severity;
		lines.push(`${placeOf(problem.range, base)} ${severity} ${problem.code} ${problem.message}`);
		for (const { range, message } of problem.related?.slice(0, maxPlaces) ?? []) {
			lines.push(`    ${placeOf(range, base)} ${message}`);
		}
	}
	if (lines.length > 0) {
		lines.push('');
	}
	lines.push(summarise(report));
	return `${lines.join('\n')}\n`;
}

function summarise({ files, tasks, problems }: CheckReport): string {
	const counts = (['error', 'warning', 'info', 'hint'] as const)
		.map((severity) => ({ severity, count: countOf(problems, severity) }))
		.filter(({ count }) => count > 0)
		.map(({ severity, count }) => plural(count, severity === 'info' ? 'remark' : severity));
	const found = counts.length === 0 ? 'no problems' : counts.join(', ');
	return `${plural(tasks, 'task')} in ${plural(files, 'file')}: ${found}.`;
}

function countOf(problems: CheckReport['problems'], severity: Severity): number {
	return problems.filter(({ problem }) => problem.severity === severity).length;
}

function plural(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function placeOf(range: SourceRange, base: string): string {
	return `${fileOf(range, base)}:${range.start.line + 1}:${range.start.character + 1}`;
}

function fileOf({ uri }: SourceRange, base: string): string {
	return relative(base, fileURLToPath(uri)).split(sep).join('/') || '.';
}
