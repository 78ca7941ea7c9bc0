import type { Located, SourceRange } from '../plan.ts';
import type { Problem } from '../problem.ts';

/** Plans of other tools that are read in place and imported (FORMATS 1.3). */
export type ForeignFormat =
	| 'orca'
	| 'persona'
	| 'layers'
	| 'checklist'
	| 'taskmaster'
	| 'devteam'
	| 'speckit'
	| 'backlog'
	| 'beads';

/** What each format is called in messages. */
export const formatNames: Readonly<Record<ForeignFormat, string>> = {
	orca: 'Orca plan',
	persona: 'persona notation',
	layers: 'dependency layers',
	checklist: 'checklist with an execution order',
	taskmaster: 'Task Master tasks',
	devteam: 'devteam plan',
	speckit: 'spec-kit tasks',
	backlog: 'Backlog.md tasks',
	beads: 'beads issues',
};

/** One task as its tool wrote it; ids are as in the text, also where two tasks share one. */
export interface ForeignTask {
	readonly id: string;
	readonly name: string;
	readonly description?: string;
	readonly type?: string;
	readonly persona?: string;
	readonly priority?: string;
	readonly estimateMinutes?: number;
	/** The word of the other tool: `done`, `In Progress`, … */
	readonly status?: string;
	/** The task that is complete only when this one is. */
	readonly parent?: string;
	readonly acceptanceCriteria: readonly string[];
	readonly dependencies: readonly Located<string>[];
	/** What has no place in a plan, by the name it had. */
	readonly notes: Readonly<Record<string, unknown>>;
	readonly range: SourceRange;
	readonly idRange: SourceRange;
}

/** A batch, layer, phase, step or sprint. */
export interface ForeignGroup {
	readonly id: string;
	readonly name: string;
	readonly goal?: string;
	/** Groups of one track follow each other in the order of the list; a group without one has no order. */
	readonly track?: number;
	readonly tasks: readonly Located<string>[];
	/** Set where its tasks run one after another, in the order of the list. */
	readonly inTurn?: true;
	readonly dependencies: readonly Located<string>[];
	readonly notes?: Readonly<Record<string, unknown>>;
	readonly range: SourceRange;
}

/** Everything that was read; `problems` are about the text itself, not about what it means. */
export interface ForeignPlan {
	readonly format: ForeignFormat;
	readonly name: string;
	readonly tasks: readonly ForeignTask[];
	readonly groups: readonly ForeignGroup[];
	readonly problems: readonly Problem[];
}
