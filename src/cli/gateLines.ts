import type { GateSummary } from '../core/run/summariseGate.ts';

/** The gates of a run for a person, one a line, each with what is wrong with it; empty where there is none. */
export function gateLines(gates: readonly GateSummary[]): string[] {
	if (gates.length === 0) {
		return [];
	}
	const width = Math.max(...gates.map(({ name }) => name.length));
	return ['', ...gates.map((gate) => `${gate.name.padEnd(width)}  ${detail(gate)}`.trimEnd())];
}

function detail(gate: GateSummary): string {
	const { status, cycle, reason, unconfigured, units } = gate;
	const advice = units.filter((unit) => unit.advisory && unit.status === 'failed' && unit.cycle === cycle);
	const parts = [
		cycle > 1 ? `${status} (cycle ${cycle})` : status,
		reason,
		advice.length === 0 ? '' : `Advice not taken: ${advice.map(({ name }) => name).join(', ')}.`,
		unconfigured.length === 0 ? '' : `Not configured: ${unconfigured.join(', ')}.`,
	];
	return parts.filter((part) => part !== '').join('  ');
}
