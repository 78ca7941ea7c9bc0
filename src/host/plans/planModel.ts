import type { ForeignFormat } from '../../core/plan/foreign/foreignPlan.ts';
import type { PlanForm, PlanId } from '../../core/plan/plan.ts';
import type { SprintView, TaskView, TrackView } from '../../protocol/lsp.ts';

/** One plan as the views see it: an immutable snapshot of what the language server said last. */
export interface PlanModel {
	readonly id: PlanId;
	readonly version: number;
	readonly name: string;
	readonly form: PlanForm;
	/** Which other tool wrote it: such a plan is looked at and imported, never run or edited. */
	readonly foreign?: ForeignFormat;
	/** It was opened by hand, and may be closed again. */
	readonly opened?: true;
	/** URIs of every file that was read. */
	readonly files: readonly string[];
	readonly errors: number;
	readonly warnings: number;
	readonly tracks: readonly TrackView[];
	/** In document order. */
	readonly sprints: ReadonlyMap<string, SprintView>;
	/** In document order. */
	readonly tasks: ReadonlyMap<string, TaskView>;
}

/** One string that names a plan within a window; usable as a map key. */
export function planKey(id: PlanId): string {
	return `${id.rootUri}#${id.key}`;
}
