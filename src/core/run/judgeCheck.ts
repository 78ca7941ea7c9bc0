import type { ReportKind } from '../plan/check.ts';
import type { Figures, Finding } from './findings.ts';
import { coverageOf, longestFinding, maxFindings } from './findings.ts';
import type { CommandRunCheck } from './runPlan.ts';
import type { Baseline } from './runState.ts';

/** One failing test, or one finding of a tool. */
export interface ReportedFailure {
	/** Tells it from others, before and after a change: the test's full name, or rule, file and message. */
	readonly name: string;
	readonly text: string;
	readonly file?: string;
}

/** What the report files of one check say; parsed from files that the check wrote itself. */
export interface ReadReports {
	readonly figures: Figures;
	readonly failures: readonly ReportedFailure[];
	/** Reports that are missing, too old, or cannot be read, each with a sentence. */
	readonly problems: readonly { readonly kind: ReportKind; readonly text: string }[];
}

export interface CheckVerdict {
	readonly passed: boolean;
	/** A sentence without a full stop at its beginning: why it failed; empty otherwise. */
	readonly reason: string;
	readonly figures: Figures;
	readonly findings: readonly Finding[];
	/** Failures that were there before the task began. */
	readonly known: readonly string[];
}

/**
 * The verdict on a check by a command: its exit code, and every report that the plan names (FORMATS 1.4). A report that is
 * not there fails the check, and so does one with failures behind an exit code of 0. With a baseline, failures that were
 * there before do not fail it: but only where every failure is one of those and no test has vanished.
 */
export function judgeCheck(
	check: CommandRunCheck,
	result: {
		readonly exit: number | null;
		/** Null where the check names no reports. */
		readonly reports: ReadReports | null;
		readonly baseline: Baseline | null;
		/** What its exit code means, in words. */
		readonly ending: string;
	},
): CheckVerdict {
	const { exit, reports, ending } = result;
	const isExpected = exit === check.expectExit;
	if (reports === null) {
		return { passed: isExpected, reason: isExpected ? '' : ending, figures: {}, findings: [], known: [] };
	}
	const before = new Set(result.baseline?.failures ?? []);
	const fresh = reports.failures.filter(({ name }) => !before.has(name));
	const known = reports.failures.filter(({ name }) => before.has(name)).map(({ name }) => name);
	const isTolerated = check.baseline === true && isOldTrouble(reports, { fresh, before: result.baseline });
	const reasons = [
		...(isExpected || isTolerated ? [] : [ending]),
		...reports.problems.map(({ text }) => text),
		...thresholds(check, { reports, fresh, known: known.length }),
	];
	const findings = fresh.slice(0, maxFindings).map(toFinding);
	return {
		passed: reasons.length === 0,
		reason: reasons.join(' '),
		figures: reports.figures,
		findings: reasons.length === 0 ? [] : findings,
		known: known.slice(0, 100),
	};
}

/** True where an exit code says "failed" only because of what had failed before. */
function isOldTrouble(
	{ figures, failures, problems }: ReadReports,
	{ fresh, before }: { readonly fresh: readonly ReportedFailure[]; readonly before: Baseline | null },
): boolean {
	const had = before?.figures.tests?.total ?? 0;
	const hasVanished = (figures.tests?.total ?? 0) < had;
	return (
		before?.failures != null &&
		failures.length > 0 &&
		fresh.length === 0 &&
		problems.length === 0 &&
		!hasVanished
	);
}

function thresholds(
	check: CommandRunCheck,
	counts: {
		readonly reports: ReadReports;
		readonly fresh: readonly ReportedFailure[];
		readonly known: number;
	},
): string[] {
	return [
		testReason(check, counts.reports, counts.known),
		coverageReason(check, counts.reports),
		findingsReason(check, counts.reports, counts.fresh.length),
	].filter((reason) => reason !== '');
}

function testReason(
	{ baseline }: CommandRunCheck,
	{ figures: { tests } }: ReadReports,
	known: number,
): string {
	if (tests === undefined) {
		return '';
	}
	if (tests.total === 0) {
		return 'Its JUnit report holds no test.';
	}
	const failed = baseline === true ? tests.failed - known : tests.failed;
	const note = known > 0 ? `; ${known} failed before the task began` : '';
	return failed > 0 ? `${failed} of ${tests.total} tests failed${note}.` : '';
}

function coverageReason({ minCoverage }: CommandRunCheck, { figures }: ReadReports): string {
	const coverage = coverageOf(figures);
	if (minCoverage === undefined || (coverage !== null && coverage >= minCoverage)) {
		return '';
	}
	const measured = coverage === null ? 'was not measured' : `is ${coverage} %`;
	return `The coverage of lines ${measured}, and ${minCoverage} % is the least.`;
}

function findingsReason(
	{ maxFindings: most, baseline }: CommandRunCheck,
	reports: ReadReports,
	fresh: number,
): string {
	const all = totalFindings(reports.figures);
	const counted = baseline === true ? Math.min(all, fresh) : all;
	return most !== undefined && counted > most ? `${counted} findings, and ${most} are the most.` : '';
}

export function totalFindings({ findings }: Figures): number {
	return findings === undefined ? 0 : findings.error + findings.warning + findings.note;
}

function toFinding({ name, text, file }: ReportedFailure): Finding {
	const said = text === '' || text === name ? name : `${name}: ${text}`;
	return { text: said.slice(0, longestFinding), ...(file !== undefined && { file }) };
}
