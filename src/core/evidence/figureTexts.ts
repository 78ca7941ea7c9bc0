import type { Figures } from '../run/findings.ts';
import { coverageOf } from '../run/findings.ts';
import type { AttemptState, TaskState } from '../run/runState.ts';
import type { EvidenceMetric } from './evidenceInput.ts';

/** Figures of a report in words, each with its name. What was not measured is left out. */
export function figureTexts(figures: Figures): readonly (readonly [string, string])[] {
	const { tests, branches, findings } = figures;
	const texts: [string, string][] = [];
	if (tests !== undefined) {
		const skipped = tests.skipped > 0 ? `, ${tests.skipped} skipped` : '';
		texts.push(['Tests', `${tests.passed} of ${tests.total} passed, ${tests.failed} failed${skipped}`]);
	}
	const coverage = coverageOf(figures);
	if (coverage !== null) {
		texts.push(['Coverage', `${coverage} % of ${figures.lines?.found ?? 0} lines`]);
	}
	if (branches !== undefined && branches.found > 0) {
		texts.push(['Branches', `${branches.hit} of ${branches.found} covered`]);
	}
	if (findings !== undefined) {
		const { error, warning, note } = findings;
		texts.push(['Findings', `${error} errors, ${warning} warnings, ${note} notes`]);
	}
	return texts;
}

/** Before and after: the baselines of the task against the reports of its last attempt. Nothing that was not measured. */
export function metricsOf(state: TaskState, last: AttemptState | undefined): EvidenceMetric[] {
	const after = allFigures((last?.checks ?? []).map(({ figures }) => figures));
	const before = allFigures([...state.baselines.values()].map(({ figures }) => figures));
	const names = new Set([...before.keys(), ...after.keys()]);
	return [...names].map((name) => ({
		name,
		before: before.get(name) ?? null,
		after: after.get(name) ?? null,
	}));
}

/** Several checks may measure the same thing: the last word counts. */
function allFigures(figures: readonly Figures[]): Map<string, string> {
	return new Map(figures.flatMap(figureTexts));
}
