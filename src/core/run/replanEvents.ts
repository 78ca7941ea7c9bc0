import type { Stamp } from './events.ts';
import type {
	DiscoveryNoted,
	ReplanApplied,
	ReplanClaimed,
	ReplanLeft,
	ReplanRejected,
	ReplanReleased,
} from './replanFacts.ts';
import type { DiscoveryState, ReplanState } from './replanState.ts';
import { maxReplans } from './replanState.ts';
import type { RunTable } from './runTable.ts';

type Stamped<T> = T & { readonly stamp: Stamp };

/** R1: a discovery is journaled once, whoever found it in the attempt's files first. */
export function discoveryNoted({ replans }: RunTable, event: Stamped<DiscoveryNoted>): string | null {
	if (replans.discoveries.has(event.id)) {
		return `the discovery ${event.id} is known`;
	}
	const { stamp, ...noted } = event;
	replans.discoveries.set(event.id, { ...noted, at: stamp.at, status: 'open' });
	return null;
}

/** D3: one decides at a time. Whether the process of a claim lives is for the one to see who takes its place. */
export function replanClaimed({ replans }: RunTable, event: Stamped<ReplanClaimed>): string | null {
	if ((replans.claim?.claim ?? null) !== event.from) {
		return 'somebody else is replanning';
	}
	replans.claim = event;
	return null;
}

export function replanReleased({ replans }: RunTable, { claim }: ReplanReleased): string | null {
	if (replans.claim?.claim !== claim) {
		return 'the claim on replanning passed on';
	}
	replans.claim = null;
	return null;
}

/** R3: replans are numbered, at most ten, and each deals with discoveries that were open. */
export function replanApplied({ replans }: RunTable, event: Stamped<ReplanApplied>): string | null {
	const obstacle = decisionObstacle(replans, event);
	if (obstacle !== null) {
		return obstacle;
	}
	if (event.number !== replans.applied.length + 1 || event.number > maxReplans) {
		return `replan ${event.number} cannot follow ${replans.applied.length} others`;
	}
	replans.applied.push({ ...event, at: event.stamp.at });
	decide(replans, event.discoveries, 'applied');
	return null;
}

export function replanRejected({ replans }: RunTable, event: Stamped<ReplanRejected>): string | null {
	const obstacle = decisionObstacle(replans, event);
	if (obstacle !== null) {
		return obstacle;
	}
	replans.rejected.push({ ...event, at: event.stamp.at });
	decide(replans, event.discoveries, 'rejected');
	return null;
}

/** R3: whoever looked leaves these to a person. Those that were decided meanwhile are none of them. */
export function replanLeft({ replans }: RunTable, { discoveries, reason }: ReplanLeft): string | null {
	const news = discoveries.filter(
		(id) => replans.discoveries.get(id)?.status === 'open' && replans.left.get(id) !== reason,
	);
	for (const id of news) {
		replans.left.set(id, reason);
	}
	return news.length === 0 ? 'none of it is left to a person only now' : null;
}

function decisionObstacle(
	replans: ReplanState,
	{ claim, discoveries }: { readonly claim: string; readonly discoveries: readonly string[] },
): string | null {
	if (replans.claim?.claim !== claim) {
		return 'the claim on replanning passed on';
	}
	const other = discoveries.find((id) => replans.discoveries.get(id)?.status !== 'open');
	return other === undefined ? null : `the discovery ${other} is not open`;
}

function decide(replans: ReplanState, ids: readonly string[], status: DiscoveryState['status']): void {
	for (const id of ids) {
		const known = replans.discoveries.get(id);
		if (known !== undefined) {
			replans.discoveries.set(id, { ...known, status });
		}
	}
}
