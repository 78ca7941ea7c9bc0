import { DisposableOwner } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import { noteRename } from '../../engine/journal/runRequests.ts';
import type { TaskRename } from '../../protocol/lsp.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStore } from './runStore.ts';

export interface RenameNotesOptions {
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly logger: Logger;
	/** Writes into the journal of a run; for tests. */
	readonly note?: typeof noteRename;
}

interface Watched extends TaskRename {
	/** The plan has the new id. */
	isApplied: boolean;
}

/**
 * Tells the run of a plan that a task was given another id through the language server (D6). The server computes a rename
 * and the editor applies it, perhaps after a look, perhaps never, and a person may undo it: so the plan itself is watched.
 */
export class RenameNotes extends DisposableOwner {
	readonly #options: RenameNotesOptions;
	/** By plan; the last few of a window. */
	#watched: readonly Watched[] = [];

	constructor(options: RenameNotesOptions) {
		super();
		this.#options = options;
		this.register(
			options.plans.onDidChange((change) => {
				if (change.kind === 'updated') {
					this.#compare(change.plan);
				}
			}),
		);
	}

	/** A rename was computed. */
	offered(rename: TaskRename): void {
		const others = this.#watched.filter(
			({ plan, from, isApplied }) =>
				isApplied || planKey(plan) !== planKey(rename.plan) || from !== rename.from,
		);
		this.#watched = [...others.slice(-20), { ...rename, isApplied: false }];
	}

	#compare({ id, tasks }: PlanModel): void {
		for (const rename of this.#watched) {
			if (planKey(rename.plan) !== planKey(id)) {
				continue;
			}
			const { from, to, isApplied } = rename;
			if (!isApplied && tasks.has(to) && !tasks.has(from)) {
				rename.isApplied = true;
				this.#tell(rename, { from, to });
			} else if (isApplied && tasks.has(from) && !tasks.has(to)) {
				rename.isApplied = false;
				this.#tell(rename, { from: to, to: from });
			}
		}
	}

	#tell({ plan }: TaskRename, { from, to }: { readonly from: string; readonly to: string }): void {
		const { runs, logger, note = noteRename } = this.#options;
		const run = runs.current(plan);
		if (run === null) {
			return;
		}
		note(run.folder, from, to, 'editor').catch((error: unknown) => {
			logger.error(`The run could not be told that ${from} is called ${to} now: ${String(error)}`);
		});
	}
}
