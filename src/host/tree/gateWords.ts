import type { GateStatus, GateSummary, UnitSummary } from '../../core/run/summariseGate.ts';
import { isOpenGate } from '../../core/run/summariseGate.ts';
import type { PlanTreeElement, RunFacts } from './planTreeModel.ts';

/** How a gate stands, for a row of the tree: a few words, and a sentence with everybody who judges. */
export interface GateWords {
	readonly words: string;
	readonly detail: string;
	readonly needsPerson: boolean;
	/** There is still something to run for it. */
	readonly isOpen: boolean;
}

type Translate = (message: string, ...args: (string | number)[]) => string;

/** How a gate stands, in a few words. */
export function gateStatusWords(status: GateStatus, t: Translate): string {
	switch (status) {
		case 'waiting':
			return t('gate waits');
		case 'judging':
			return t('gate: judging');
		case 'repairing':
			return t('gate: repairing');
		case 'passed':
			return t('gate passed');
		case 'failed':
			return t('gate failed');
		case 'skipped':
			return t('gate skipped');
		case 'blocked':
			return t('gate blocked');
		case 'not-configured':
			return t('gate not configured');
	}
}

/** The gate of a sprint, a track or the project, told on its row; null where the run has none there. */
export function gateWords(element: PlanTreeElement, run: RunFacts | null, t: Translate): GateWords | null {
	const gate = run?.gates?.find((each) => standsAt(each, element));
	if (gate === undefined) {
		return null;
	}
	const last = gate.units.filter(({ role, cycle }) => role === 'validation' && cycle === gate.cycle);
	const said = last.map((unit) => t('{0}: {1}', unit.name, verdict(unit, t)));
	const open = gate.unconfigured.map((slot) => t('{0}: {1}', slot, t('not configured')));
	const round = gate.cycle > 1 ? ` (${t('cycle {0}', gate.cycle)})` : '';
	return {
		words: `${gateStatusWords(gate.status, t)}${round}`,
		detail: [gate.reason, ...said, ...open].filter((text) => text !== '').join(' · '),
		needsPerson: gate.needsPerson,
		isOpen: isOpenGate(gate),
	};
}

function standsAt({ level, sprint, track }: GateSummary, { kind, target }: PlanTreeElement): boolean {
	switch (kind) {
		case 'sprint':
			return level === 'sprint' && sprint === target.sprint;
		case 'track':
			return level === 'track' && track === target.track;
		case 'plan':
			return level === 'project';
		default:
			return false;
	}
}

function verdict({ status }: UnitSummary, t: Translate): string {
	switch (status) {
		case 'completed':
			return t('passed');
		case 'failed':
			return t('failed');
		case 'running':
		case 'checking':
			return t('judging');
		case 'skipped':
			return t('skipped');
		default:
			return t('not judged yet');
	}
}
