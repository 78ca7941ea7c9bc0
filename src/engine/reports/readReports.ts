import { readFile, stat } from 'node:fs/promises';
import { glob } from 'tinyglobby';
import type { ReportKind, Reports } from '../../core/plan/check.ts';
import type { Figures } from '../../core/run/findings.ts';
import type { ReadReports, ReportedFailure } from '../../core/run/judgeCheck.ts';
import { insideRoot } from '../run/insideRoot.ts';
import { parseCobertura, parseLcov } from './parseCoverage.ts';
import { parseJunit } from './parseJunit.ts';
import { parseSarif } from './parseSarif.ts';

export interface ReportsRequest {
	readonly rootPath: string;
	readonly reports: Reports;
	/** When the check began: what was written before is not its own (milliseconds since the epoch). */
	readonly since: number;
}

/** A file this large was not written by a test run of one task. */
const maxBytes = 128 * 1024 * 1024;
const maxFiles = 2_000;
/** File systems keep coarser times than the clock. */
const clockSlackMs = 1_500;
/** As many failures as help to tell old ones from new ones. */
const maxFailures = 2_000;

/** What one kind of report adds. */
interface Part {
	readonly figures: Figures;
	readonly failures: readonly ReportedFailure[];
}

const parsers: Readonly<Record<ReportKind, (text: string) => Part>> = {
	junit: (text) => {
		const { tests, failures } = parseJunit(text);
		return { figures: { tests }, failures };
	},
	lcov: (text) => ({ figures: parseLcov(text), failures: [] }),
	cobertura: (text) => ({ figures: parseCobertura(text), failures: [] }),
	sarif: (text) => {
		const { findings, failures } = parseSarif(text);
		return { figures: { findings }, failures };
	},
};

/**
 * Reads the reports of a check into figures (FORMATS 1.4). Only files inside the root that were written since the check
 * began count: a report that somebody left there before proves nothing. Never throws for what a report can hold.
 */
export async function readReports({ rootPath, reports, since }: ReportsRequest): Promise<ReadReports> {
	let figures: Figures = {};
	const failures: ReportedFailure[] = [];
	const problems: { kind: ReportKind; text: string }[] = [];
	for (const [kind, pattern] of Object.entries(reports) as [ReportKind, string][]) {
		const files = await freshFiles(rootPath, pattern, since);
		if (files.fresh.length === 0) {
			problems.push({ kind, text: missingText(kind, pattern, files.stale) });
		}
		for (const path of files.fresh.slice(0, maxFiles)) {
			const part = await readOne(rootPath, path, kind);
			if ('problem' in part) {
				problems.push({ kind, text: `${path} cannot be read as ${kind}: ${part.problem}.` });
				continue;
			}
			figures = addFigures(figures, part.figures);
			failures.push(...part.failures.map((failure) => withRelativeFile(failure, rootPath)));
		}
	}
	return { figures, failures: failures.slice(0, maxFailures), problems };
}

function missingText(kind: ReportKind, pattern: string, stale: number): string {
	return stale > 0
		? `It wrote no ${kind} report: what matches ${pattern} is older than the check.`
		: `It wrote no ${kind} report: nothing matches ${pattern}.`;
}

async function freshFiles(
	rootPath: string,
	pattern: string,
	since: number,
): Promise<{ readonly fresh: string[]; readonly stale: number }> {
	const paths = await glob([pattern], {
		cwd: rootPath,
		dot: true,
		onlyFiles: true,
		followSymbolicLinks: false,
		ignore: ['**/.git/**', '**/.switchyard/**', '**/node_modules/**'],
	});
	const fresh: string[] = [];
	for (const path of paths.sort()) {
		const file = insideRoot(rootPath, path);
		const written = file === null ? 0 : (await stat(file)).mtimeMs;
		if (written >= since - clockSlackMs) {
			fresh.push(path);
		}
	}
	return { fresh, stale: paths.length - fresh.length };
}

async function readOne(
	rootPath: string,
	path: string,
	kind: ReportKind,
): Promise<Part | { problem: string }> {
	try {
		const file = insideRoot(rootPath, path);
		if (file === null || (await stat(file)).size > maxBytes) {
			return { problem: file === null ? 'it leads outside of the folder of the plan' : 'it is too large' };
		}
		return parsers[kind](await readFile(file, 'utf8'));
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return { problem: message.split('\n')[0]?.replace(/\.$/, '').slice(0, 200) ?? 'it is damaged' };
	}
}

function withRelativeFile(failure: ReportedFailure, rootPath: string): ReportedFailure {
	const { file } = failure;
	return file?.startsWith(`${rootPath}/`) === true
		? { ...failure, file: file.slice(rootPath.length + 1) }
		: failure;
}

/** Several files of one kind, and LCOV beside Cobertura, are parts of one whole. */
function addFigures(a: Figures, b: Figures): Figures {
	const sum: { -readonly [K in keyof Figures]: Record<string, number> } = { ...a };
	for (const [name, numbers] of Object.entries(b) as [keyof Figures, Record<string, number>][]) {
		const before = (a[name] ?? {}) as Record<string, number>;
		sum[name] = Object.fromEntries(
			Object.entries(numbers).map(([key, value]) => [key, (before[key] ?? 0) + value]),
		);
	}
	return sum as Figures;
}
