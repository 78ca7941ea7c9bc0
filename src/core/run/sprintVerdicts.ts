import type { RunTable } from './runTable.ts';

/** What the gates of each sprint say; sprints that declare none, or none that anybody checks, are not in it (G1). */
export function sprintVerdicts(
	table: RunTable,
): ReadonlyMap<string, 'open' | 'passed' | 'refused' | 'skipped'> {
	const verdicts = new Map<string, 'open' | 'passed' | 'refused' | 'skipped'>();
	for (const { gate } of table.gates.values()) {
		const state = table.tasks.get(gate.id);
		const judges = gate.validators.length > 0 || gate.integration !== null;
		if (gate.level !== 'sprint' || gate.sprint === null || state === undefined || !judges) {
			continue;
		}
		const refused = state.need === null ? 'open' : 'refused';
		const decided =
			state.status === 'completed' ? 'passed' : state.status === 'skipped' ? 'skipped' : refused;
		verdicts.set(gate.sprint, decided);
	}
	return verdicts;
}
