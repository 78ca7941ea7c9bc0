import type { WorkspaceEdit } from 'vscode-languageserver-protocol';
import { NotificationType, RequestType } from 'vscode-languageserver-protocol';
import type { HistorySample } from '../core/history/historySample.ts';
import type { FolderEntry } from '../core/plan/fileTree.ts';
import type { ForeignFormat } from '../core/plan/foreign/foreignPlan.ts';
import type { PlanForm, PlanId, SourceRange } from '../core/plan/plan.ts';
import type { Severity } from '../core/plan/problem.ts';
import type { ConfiguredAgent } from '../core/run/agentTable.ts';
import type { RunChoice, RunPlan } from '../core/run/runPlan.ts';
import type { FileChange } from '../core/schedule/files/fileChange.ts';
import type { TrackChoice } from '../core/schedule/trackChoices.ts';

/** What views need of a task. Ranges point into the saved or open file. */
export interface TaskView {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly type: string;
	readonly estimateMinutes: number | null;
	readonly dependencies: readonly string[];
	readonly agent: string | null;
	/** How far it has come, in the word of another tool's file. */
	readonly stated?: string;
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

/** Lines of a file that went down by `by` lines (up, where that is negative), from line `line` on. */
export interface FileMove {
	readonly uri: string;
	readonly line: number;
	readonly by: number;
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
	/** Which other tool wrote the plan: it can be looked at and imported, and nothing else. */
	readonly foreign?: ForeignFormat;
	/** A person opened it by hand, and may close it again. */
	readonly opened?: true;
	/** Null where they are what was sent before: a plan can have 10,000. */
	readonly files: readonly string[] | null;
	readonly errors: number;
	readonly warnings: number;
	readonly tracks: readonly TrackView[];
	/** How places in files moved; to be done, in this order, with all that was sent before and is not sent anew. */
	readonly moved?: readonly FileMove[];
	/** Upserts, with the place in document order; `removedTasks`/`removedSprints` name what went. */
	readonly tasks: readonly TaskView[];
	readonly removedTasks: readonly string[];
	/** Present when the order of tasks changed: all ids in order. */
	readonly taskOrder: readonly string[] | null;
	readonly sprints: readonly SprintView[];
	readonly removedSprints: readonly string[];
	readonly sprintOrder: readonly string[] | null;
}

/** The scheme of the pages that explain codes of problems: `switchyard-problem:/SY302.md`. */
export const problemPagesScheme = 'switchyard-problem';

/** Server → client. */
export const planUpdated = new NotificationType<PlanUpdate>('switchyard/planUpdated');

/** Client → server: send a full `planUpdated` for every known plan (after a restart or a version gap). */
export const planRequest = new RequestType<void, void, void>('switchyard/sendPlans');

/** Server → client, the FileSource port of virtual workspaces: what `node:fs` cannot reach goes through the editor. */
export const readFileRequest = new RequestType<{ uri: string }, { text: string } | { error: string }, void>(
	'switchyard/readFile',
);

/** One folder of such a workspace, without what is in the folders below it. */
export const listFolderRequest = new RequestType<
	{ uri: string },
	{ entries: FolderEntry[] } | { error: string },
	void
>('switchyard/listFolder');

/** Whether there is such a file. */
export const fileExistsRequest = new RequestType<{ uri: string }, boolean, void>('switchyard/fileExists');

/**
 * Client → server: read these files, which another tool wrote, as one plan and show it beside those that were found. Sent
 * again when one of them changed.
 */
export const openForeignRequest = new RequestType<{ uris: string[] }, PlanId | null, void>(
	'switchyard/openForeign',
);

/** Client → server: forget a plan that was opened by hand. */
export const closeForeignRequest = new RequestType<{ uris: string[] }, void, void>('switchyard/closeForeign');

/** A change of a plan that a person asked for in a view. */
export type PlanWish =
	| { readonly kind: 'add-task'; readonly name: string; readonly sprint?: string }
	| { readonly kind: 'move-to-sprint'; readonly task: string; readonly sprint: string | null }
	| { readonly kind: 'dependency'; readonly task: string; readonly needs: string; readonly isNeeded: boolean }
	/** Tasks to `keep` were begun: what is known of them is known by their ids. */
	| { readonly kind: 'renumber'; readonly keep: readonly string[] };

/** What a wish does to the files: nothing where it is fulfilled already. */
export type PlanWishReply = { readonly edit: WorkspaceEdit | null } | { readonly fault: string };

/** Client → server: the edit that fulfils a wish. The client applies it, so that undo works. */
export const editPlanRequest = new RequestType<{ plan: PlanId; wish: PlanWish }, PlanWishReply, void>(
	'switchyard/editPlan',
);

/** A task that is given another id. */
export interface TaskRename {
	readonly plan: PlanId;
	readonly from: string;
	readonly to: string;
}

/** Server → client: a rename was computed. Whether the editor applies it, the next update of the plan tells. */
export const renameOffered = new NotificationType<TaskRename>('switchyard/renameOffered');

/** Tracks and sprints for a plan; without `tracks` only what there is to choose from. */
export interface PlanTracksWish {
	readonly plan: PlanId;
	readonly tracks?: number;
	readonly split?: boolean;
	/** What finished runs took, which the server cannot read: for tasks without an estimate. */
	readonly samples?: readonly HistorySample[];
}

/** What planning would do to the files of a plan (EXECUTION P2 to P4). */
export type PlanTracksReply =
	| { readonly kind: 'fault'; readonly message: string }
	| { readonly kind: 'choices'; readonly width: number; readonly choices: readonly TrackChoice[] }
	| {
			readonly kind: 'changes';
			readonly tracks: number;
			readonly makespanMinutes: number;
			/** Share of the sequential time that is saved, 0 to 1. */
			readonly saving: number;
			readonly notes: readonly string[];
			readonly changes: readonly FileChange[];
	  };

/** Client → server: plan tracks over the texts that are open; writes nothing. */
export const planTracksRequest = new RequestType<PlanTracksWish, PlanTracksReply, void>(
	'switchyard/planTracks',
);

/** A plan as a run would take it, for a forecast. */
export interface ForecastPlan {
	/** Without texts that only workers read: descriptions, criteria and prompts. */
	readonly runPlan: RunPlan;
	/** Why tasks cannot be run as they are written; they are in the plan all the same. */
	readonly faults: readonly { readonly task: string; readonly message: string }[];
	/** What only the plan itself tells beside what a simulation finds: gates that nothing reaches. */
	readonly warnings: readonly { readonly task: string; readonly message: string }[];
	readonly errors: number;
	/** What the plan itself goes by. */
	readonly ownStrategy: string;
}

/** Client → server: the plan as it is in the open editors, every default applied. Null when there is no such plan. */
export const forecastPlanRequest = new RequestType<
	{
		readonly plan: PlanId;
		/** Those of the user's settings, which only the editor knows. */
		readonly agents: readonly ConfiguredAgent[];
		/** What was chosen in place of what the plan says. */
		readonly choice: RunChoice;
	},
	ForecastPlan | null,
	void
>('switchyard/forecastPlan');
