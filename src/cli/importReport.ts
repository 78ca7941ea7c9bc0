import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatNames } from '../core/plan/foreign/foreignPlan.ts';
import type { ImportPreview } from '../core/plan/foreign/importPlan.ts';
import type { SourceRange } from '../core/plan/plan.ts';

/** What an import did, or would do. */
export interface ImportReport {
	readonly preview: ImportPreview;
	readonly target: string;
	readonly action: 'write' | 'would-write' | 'unchanged' | 'refuse-edited' | 'refuse-own';
	/** What file names are relative to. */
	readonly base: string;
}

const actionWords: Readonly<Record<ImportReport['action'], (target: string) => string>> = {
	write: (target) => `Wrote ${target}.`,
	'would-write': (target) => `Would write ${target}.`,
	unchanged: (target) => `${target} is up to date: nothing was written.`,
	'refuse-edited': (target) =>
		`${target} was changed by hand since it was imported, so it was not overwritten. Use --force to overwrite it, or --to with another folder.`,
	'refuse-own': (target) =>
		`${target} exists and is no imported plan, so it was not overwritten. Use --force to overwrite it, or --to with another folder.`,
};

/** Counts, repairs with their places, and what was written; the plan itself when `yaml` is given. */
export function formatImportText(report: ImportReport, yaml: string | null): string {
	const { preview, target, action, base } = report;
	const counts = [
		`${preview.tasks} task${preview.tasks === 1 ? '' : 's'}`,
		`${preview.dependencies} dependenc${preview.dependencies === 1 ? 'y' : 'ies'}`,
		`${preview.sprints} sprint${preview.sprints === 1 ? '' : 's'}`,
	];
	const lines = [
		`${capitalise(formatNames[preview.format])}: ${counts.join(', ')}.`,
		...completedLines(preview.completed.length),
		...preview.problems.map(
			({ code, severity, message, range }) => `${placeOf(range, base)} ${severity} ${code} ${message}`,
		),
		...preview.repairs.map(({ kind, message, range }) => `${placeOf(range, base)} ${kind}: ${message}`),
		actionWords[action](target),
	];
	return `${yaml === null ? '' : `${yaml}\n`}${lines.join('\n')}\n`;
}

function completedLines(count: number): string[] {
	return count === 0
		? []
		: [
				`${count} of them ${count === 1 ? 'is' : 'are'} finished there and will not be run again; their work counts as unverified.`,
			];
}

/** The same for programs; lines and columns count from 1. */
export function formatImportJson({ preview, target, action, base }: ImportReport): string {
	const place = (range: SourceRange) => ({
		file: fileOf(range, base),
		line: range.start.line + 1,
		column: range.start.character + 1,
	});
	const report = {
		format: preview.format,
		target,
		action,
		tasks: preview.tasks,
		dependencies: preview.dependencies,
		sprints: preview.sprints,
		completed: preview.completed,
		repairs: preview.repairs.map(({ kind, message, range }) => ({ kind, ...place(range), message })),
		problems: preview.problems.map(({ code, severity, message, range }) => ({
			code,
			severity,
			...place(range),
			message,
		})),
	};
	return `${JSON.stringify(report, null, 2)}\n`;
}

function placeOf(range: SourceRange, base: string): string {
	return `${fileOf(range, base)}:${range.start.line + 1}:${range.start.character + 1}`;
}

function fileOf({ uri }: SourceRange, base: string): string {
	return relative(base, fileURLToPath(uri)).split(sep).join('/');
}

function capitalise(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
