import type { Check } from './check.ts';
import type { GateAt, GateSetName } from './gateSets.ts';
import type { Command, Located, SourceRange } from './plan.ts';

/** What integrates, or runs after a gate, as written. Without `run` and agent it only checks. */
export interface GateStepDefinition {
	readonly name?: string;
	readonly run?: Command;
	readonly agent?: Located<string>;
	readonly persona?: string;
	readonly prompt?: string;
	readonly verify: readonly Check[];
	readonly timeoutMinutes?: number;
	/** How long it is expected to take with its checks: for forecasts. */
	readonly estimateMinutes?: number;
	readonly env: Readonly<Record<string, string>>;
	readonly cwd?: string;
	readonly range: SourceRange;
}

/** One who judges at a gate. Without a check it is "not configured", and never counts as passed (G1). */
export interface GateSlot {
	readonly name: string;
	readonly checks: readonly Check[];
	readonly range: SourceRange;
}

/** An entry under `gates` (FORMATS 1.2). */
export interface GateDefinition {
	readonly name: string;
	readonly set?: GateSetName;
	/** Without it the places of the set. */
	readonly at?: GateAt;
	/** Numbers of layers and tracks, ids of sprints and tasks; empty = all. */
	readonly only: readonly Located<string>[];
	readonly slots: readonly GateSlot[];
	readonly advisory: boolean;
	readonly integration?: GateStepDefinition;
	readonly maxFixCycles?: number;
	readonly after: readonly GateStepDefinition[];
	readonly range: SourceRange;
}

export interface SprintBatch {
	readonly tasks: readonly Located<string>[];
	/** Its tasks run one after another. */
	readonly inTurn: boolean;
}

/** How a sprint ends, as far as it says so itself (FORMATS 1.1). */
export interface SprintPipeline {
	readonly batches: readonly SprintBatch[];
	readonly integration?: GateStepDefinition;
	readonly validation: readonly GateSlot[];
	/** Names of gates and sets, and words of other tools. */
	readonly qualityGates: readonly GateSlot[];
	readonly maxFixCycles?: number;
	readonly after: readonly GateStepDefinition[];
}
