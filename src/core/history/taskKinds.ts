import type { RunTask } from '../run/runPlan.ts';

/** What begins the type of a step of a gate: no plan gives a task a type with this in it by chance. */
const gatePrefix = 'gate: ';

/** What history files a row of a run under: the type of a task, or which step of a gate it is, whatever the sprint. */
export function kindOf({ type, unit }: Pick<RunTask, 'type' | 'unit'>): string {
	return unit === undefined ? type : `${gatePrefix}${unit.slot}`;
}

/** Under what the steps of gates are filed together with their like: any validator; null for others. */
export function widerKindOf({ unit }: Pick<RunTask, 'unit'>): string | null {
	return unit?.role === 'validation' ? `${gatePrefix}any validator` : null;
}

/** In words, for messages: `backend tasks`, `security steps of gates`. */
export function describeKind(kind: string): string {
	if (kind.startsWith(gatePrefix)) {
		return kind === `${gatePrefix}any validator`
			? 'validators of gates'
			: `${kind.slice(gatePrefix.length)} steps of gates`;
	}
	return kind === '' ? 'tasks without a type' : `${kind} tasks`;
}
