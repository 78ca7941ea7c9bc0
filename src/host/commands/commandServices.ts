import type * as vscode from 'vscode';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import type { PlanTracksReply, PlanTracksWish, PlanWish } from '../../protocol/lsp.ts';
import type { PreviewScope } from '../../protocol/previewView.ts';
import type { NewPlanRunner } from '../newPlan/newPlanRunner.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { ReplanRunner } from '../replan/replanRunner.ts';
import type { EvidenceRestorer } from '../runs/evidenceRestorer.ts';
import type { RunStarter } from '../runs/runStarter.ts';
import type { RunStore } from '../runs/runStore.ts';
import type { TaskTerminals } from '../terminals/taskTerminals.ts';
import type { CommandTarget } from './commandTarget.ts';

/** What commands may use. Each takes only what it needs of it. */
export interface CommandServices {
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly starter: RunStarter;
	readonly terminals: TaskTerminals;
	readonly newPlans: NewPlanRunner;
	readonly replans: ReplanRunner;
	readonly evidence: Pick<EvidenceRestorer, 'restore'>;
	readonly graph: {
		open(plan: PlanId, focus?: { readonly task?: string; readonly sprint?: string }): void;
	};
	readonly previews: {
		open(plan: PlanId, scope: PreviewScope | null): void;
	};
	readonly timelines: {
		open(plan: PlanId): void;
	};
	readonly tree: {
		reveal(target: CommandTarget): Promise<void>;
		refresh(): void;
	};
	readonly why: {
		/** Opens the story of a task of a run. */
		show(runFolder: string, task: string): Promise<void>;
	};
	readonly extensionUri: vscode.Uri;
	/** Has files of another tool read as one plan; null when they hold none. */
	readonly openForeignPlan: (uris: readonly string[]) => Promise<PlanId | null>;
	/** Ends what `openForeignPlan` began. */
	readonly closeForeignPlan: (uris: readonly string[]) => Promise<void>;
	/** The edit of the plan's files that fulfils a wish; null where it is fulfilled. */
	readonly planEdit: (
		plan: PlanId,
		wish: PlanWish,
	) => Promise<{ readonly edit: vscode.WorkspaceEdit | null } | { readonly fault: string }>;
	/** What tracks would do to the files of a plan. */
	readonly planTracks: (wish: PlanTracksWish) => Promise<PlanTracksReply>;
	readonly requestPlans: () => Promise<void>;
	readonly showOutput: () => void;
	readonly logger: Logger;
}

/** A command's work; the argument is whatever the view, key binding or caller passed. */
export type CommandHandler = (argument?: unknown) => Promise<void>;
