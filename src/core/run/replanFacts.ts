import type { Discovery, DiscoveryWay } from './discovery.ts';
import type { ProcessIdentity } from './processIdentity.ts';

/** A worker found something (R1). The same `id` twice is one discovery. */
export interface DiscoveryNoted {
	readonly kind: 'discovery-noted';
	readonly id: string;
	/** The task in whose attempt it was found. */
	readonly task: string;
	readonly attempt: number;
	readonly via: DiscoveryWay;
	readonly what: Discovery;
}

/** Somebody is about to decide about discoveries; `from` names the claim of a dead process that it takes the place of. */
export interface ReplanClaimed {
	readonly kind: 'replan-claimed';
	readonly claim: string;
	readonly from: string | null;
	readonly process: ProcessIdentity;
}

export interface ReplanReleased {
	readonly kind: 'replan-released';
	readonly claim: string;
}

/** The plan files were changed because of discoveries: the plan has a new version (R3). */
export interface ReplanApplied {
	readonly kind: 'replan-applied';
	readonly claim: string;
	/** Counts the replans of the run from 1. */
	readonly number: number;
	readonly version: number;
	/** Ids of the discoveries that it dealt with. */
	readonly discoveries: readonly string[];
	readonly added: readonly string[];
	/** What was found, in a few words. */
	readonly reason: string;
	/** The tasks whose workers found it. */
	readonly trigger: readonly string[];
	readonly by: string;
	/** Minutes that the whole plan takes, before and after; null where no task has an estimate. */
	readonly minutes: { readonly before: number; readonly after: number } | null;
}

/** Discoveries that shall change nothing. */
export interface ReplanRejected {
	readonly kind: 'replan-rejected';
	readonly claim: string;
	readonly discoveries: readonly string[];
	readonly reason: string;
	readonly by: string;
}

/** `replan: auto` looked at these discoveries, and a person has to decide about them (R3). */
export interface ReplanLeft {
	readonly kind: 'replan-left';
	readonly discoveries: readonly string[];
	/** Why nobody else may. */
	readonly reason: string;
}
