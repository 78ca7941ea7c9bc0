import { NotificationType, RequestType } from 'vscode-languageserver-protocol';
import type { PlanForm, PlanId, SourceRange } from '../core/plan/plan.ts';
import type { Severity } from '../core/plan/problem.ts';

/** What views need of a task. Ranges point into the saved or open file. */
export interface TaskView {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly type: string;
	readonly estimateMinutes: number | null;
	readonly dependencies: readonly string[];
	readonly agent: string | null;
	readonly range: SourceRange;
	readonly idRange: SourceRange;
	/** The worst problem that starts inside this task. */
	readonly worst: Severity | null;
}

export interface SprintView {
	readonly id: string;
	readonly name: string;
	readonly goal: string;
	readonly track: number | null;
	readonly tasks: readonly string[];
	/** Ids of sprints that must be complete first, besides the one before it in its track. */
	readonly dependencies: readonly string[];
	readonly range: SourceRange;
	readonly idRange: SourceRange;
}

export interface TrackView {
	readonly number: number;
	readonly name: string;
	readonly range: SourceRange | null;
}

/**
 * One change of one plan, sent once per change (ARCHITECTURE, "A keystroke"). `reset` = forget what you had. A
 * receiver that sees `version` jump by more than one asks for a reset with `planRequest`.
 */
export interface PlanUpdate {
	readonly plan: PlanId;
	readonly version: number;
	readonly reset: boolean;
	/** True when the plan is gone (its last file was deleted). */
	readonly removed: boolean;
	readonly name: string;
	readonly form: PlanForm;
	readonly files: readonly string[];
	readonly errors: number;
	readonly warnings: number;
	readonly tracks: readonly TrackView[];
	/** Upserts, with the place in document order; `removedTasks`/`removedSprints` name what went. */
	readonly tasks: readonly TaskView[];
	readonly removedTasks: readonly string[];
	/** Present when the order of tasks changed: all ids in order. */
	readonly taskOrder: readonly string[] | null;
	readonly sprints: readonly SprintView[];
	readonly removedSprints: readonly string[];
	readonly sprintOrder: readonly string[] | null;
}

/** Server → client. */
export const planUpdated = new NotificationType<PlanUpdate>('switchyard/planUpdated');

/** Client → server: send a full `planUpdated` for every known plan (after a restart or a version gap). */
export const planRequest = new RequestType<void, void, void>('switchyard/sendPlans');

/** Server → client, the FileSource port of virtual workspaces: what `node:fs` cannot reach goes through the editor. */
export const readFileRequest = new RequestType<{ uri: string }, { text: string } | { error: string }, void>(
	'switchyard/readFile',
);
export const findFilesRequest = new RequestType<{ folderUri: string; globs: string[] }, string[], void>(
	'switchyard/findFiles',
);
