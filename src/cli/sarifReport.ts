import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceRange } from '../core/plan/plan.ts';
import type { Problem, Severity } from '../core/plan/problem.ts';
import { problemCodes } from '../core/plan/problemCodes.ts';
import { encodePath } from '../core/plan/uris.ts';
import type { CheckReport } from './checkReport.ts';
import problemHelp from './problemHelp.json' with { type: 'json' };

export interface SarifOptions {
	/** The version of Switchyard. */
	readonly version: string;
	/** The folder that locations are relative to: that of the checkout, so that a code host finds the lines. */
	readonly base: string;
}

const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const satisfies Record<
	Severity,
	string
>;

/** Codes whose related places are the steps of a way round. */
const circles: ReadonlySet<string> = new Set(['SY304', 'SY312', 'SY313', 'SY333']);

const ruleIds = Object.keys(problemCodes);
const ruleIndexes: ReadonlyMap<string, number> = new Map(ruleIds.map((id, index) => [id, index]));
const help: Readonly<Record<string, string>> = problemHelp;

/** The report as a SARIF 2.1.0 log, which code hosts show at the lines of a pull request. */
export function formatSarif({ problems }: CheckReport, { version, base }: SarifOptions): string {
	const log = {
		$schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: { driver: { name: 'Switchyard', semanticVersion: version, rules: rules() } },
				columnKind: 'utf16CodeUnits',
				originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder of the checkout.' } } },
				results: problems.map(({ problem }) => toResult(problem, base)),
			},
		],
	};
	return `${JSON.stringify(log, null, 2)}\n`;
}

function rules() {
	return Object.entries(problemCodes).map(([id, { severity, title }]) => ({
		id,
		shortDescription: { text: title },
		help: { text: help[id] ?? title, markdown: help[id] ?? title },
		defaultConfiguration: { level: levels[severity] },
	}));
}

function toResult(problem: Problem, base: string) {
	const { code, severity, message, range, related = [] } = problem;
	const places = related.map((place, index) => ({
		id: index + 1,
		...toLocation(place.range, base),
		message: { text: place.message },
	}));
	const steps = places.map(({ id: _, ...location }) => ({ location }));
	const index = ruleIndexes.get(code);
	return {
		ruleId: code,
		...(index !== undefined && { ruleIndex: index }),
		level: levels[severity],
		message: { text: message },
		locations: [toLocation(range, base)],
		...(places.length > 0 && { relatedLocations: places }),
		...(circles.has(code) && steps.length > 0 && { codeFlows: [{ threadFlows: [{ locations: steps }] }] }),
	};
}

/** Lines and columns count from 1; the end column is the first that no longer belongs to the region. */
function toLocation({ uri, start, end }: SourceRange, base: string) {
	return {
		physicalLocation: {
			artifactLocation: { uri: relativeUri(uri, base), uriBaseId: '%SRCROOT%' },
			region: {
				startLine: start.line + 1,
				startColumn: start.character + 1,
				endLine: end.line + 1,
				endColumn: end.character + 1,
			},
		},
	};
}

function relativeUri(uri: string, base: string): string {
	const path = relative(base, fileURLToPath(uri)).split(sep).join('/');
	return path === '' ? '.' : encodePath(path);
}
