import type { RunGate, RunUnit } from '../run/runGate.ts';
import type { RunPlan, RunTask } from '../run/runPlan.ts';
import type { EvidencePlace } from './evidenceNames.ts';
import { milestoneFolder, safeName, sprintFolder, taskFolder } from './evidenceNames.ts';

/** The names that seeds 000 and 003 give the reports of their validators (FORMATS 2.3). */
const reportNames: Readonly<Record<string, string>> = {
	pm: 'pm-signoff.md',
	test: 'test-results.md',
	performance: 'performance-report.md',
	security: 'security-audit.md',
};

/** Everything that a gate leaves lies below this folder, relative to the root. */
export function gateFolder(plan: RunPlan, gate: RunGate, place: EvidencePlace): string {
	const milestone = milestoneFolder(plan, place);
	switch (gate.level) {
		case 'sprint':
		case 'batch':
			return `${milestone}/${sprintFolder(gate.sprint)}`;
		case 'layer':
			return `${milestone}/gates/layer-${gate.number}`;
		case 'track':
			return `${milestone}/gates/track-${gate.track}`;
		case 'project':
			return `${milestone}/project-review`;
	}
}

/** Where a unit of a gate leaves what it did: its folder and its report, both relative to the root. */
export function unitPlace(
	plan: RunPlan,
	task: RunTask,
	options: { readonly gate: RunGate; readonly unit: RunUnit; readonly place: EvidencePlace },
): { readonly folder: string; readonly report: string } {
	const { gate, unit, place } = options;
	const base = gateFolder(plan, gate, place);
	switch (unit.role) {
		case 'integration':
			return inFolder(`${base}/integration`, 'INTEGRATION-REPORT.md');
		case 'validation':
			return inFolder(validationFolder(base, unit.cycle), reportName(unit.slot));
		case 'fix':
			return inFolder(`${fixFolder(base, unit.cycle)}/evidence/${taskFolder(task)}`, 'EVIDENCE.md');
		case 'after':
		case 'gate':
			return inFolder(`${base}/after/${safeName(unit.slot)}`, 'EVIDENCE.md');
	}
}

/** `validation`, and `validation-2` after the first cycle of repairs. */
export function validationFolder(base: string, cycle: number): string {
	return cycle === 1 ? `${base}/validation` : `${base}/validation-${cycle}`;
}

/** The repairs that led to a cycle: those before the second are `fixes/cycle-1`. */
export function fixFolder(base: string, cycle: number): string {
	return `${base}/fixes/cycle-${cycle - 1}`;
}

function reportName(slot: string): string {
	return reportNames[slot] ?? `${safeName(slot)}.md`;
}

function inFolder(folder: string, name: string): { folder: string; report: string } {
	return { folder, report: `${folder}/${name}` };
}
