import type { Check } from './check.ts';
import type { GateDefinition } from './gateDefinition.ts';
import type { Located, Step, Tier, TierDefinition } from './plan.ts';

/** The header of a plan: `plan:` of the one-file form, `docs/planning/switchyard.yaml` or the PRD of the folder form. */
export interface PlanHeader {
	readonly name: string;
	readonly strategy?: Located<string>;
	/** Tasks at once. */
	readonly jobs?: number;
	/** What the agents of one run may cost together, in US dollars. */
	readonly budgetUsd?: number;
	/** Folder of the evidence, relative to the root; `.work` unless said otherwise. */
	readonly evidence?: string;
	readonly defaultAgent?: Located<string>;
	readonly defaultVerify: readonly Check[];
	readonly defaultTimeoutMinutes?: number;
	readonly gates?: readonly GateDefinition[];
	/** Which gates run, where the strategy's own choice is not wanted (S1). */
	readonly gateLevel?: GateLevel;
	/** What discoveries do to the plan; `review` unless said otherwise (R3). */
	readonly replan?: ReplanPolicy;
	/** Where evidence lies below its folder (FORMATS 2.3). */
	readonly evidenceLayout?: EvidenceLayout;
	/** Where the state file of a plan in one file lies (FORMATS 2.1). */
	readonly stateFile?: StateFilePlace;
	readonly defaultIterations?: number;
	readonly defaultRetries?: number;
	readonly defaultTier?: Tier;
	readonly defaultModel?: string;
	readonly defaultStallMinutes?: number;
	readonly defaultEnv?: Readonly<Record<string, string>>;
	/** Seconds before the first new try after a failure of the infrastructure; each further one waits four times as long. */
	readonly backoffSeconds?: number;
	readonly tiers?: Readonly<Partial<Record<Tier, TierDefinition>>>;
	/** Steps by type of task. */
	readonly workflows?: ReadonlyMap<string, readonly Step[]>;
}

/** Which gates a run has: task checks; also sprints, tracks and the project; also layers, and advice counts (S1). */
export const gateLevelNames = ['basic', 'standard', 'strict'] as const;
export type GateLevel = (typeof gateLevelNames)[number];

/** Whether a person decides about discoveries, nobody has to, or they change nothing (R3). */
export const replanPolicies = ['review', 'auto', 'off'] as const;
export type ReplanPolicy = (typeof replanPolicies)[number];

/** `milestones/<date>-<plan>/sprint-…`, or the older `sprints/sprint-…` of seed 003. */
export const evidenceLayouts = ['milestones', 'sprints'] as const;
export type EvidenceLayout = (typeof evidenceLayouts)[number];

/** In `.switchyard`, or beside the plan. */
export const stateFilePlaces = ['private', 'beside'] as const;
export type StateFilePlace = (typeof stateFilePlaces)[number];
