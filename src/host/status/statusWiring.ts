import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import type { ContextKeyWriter } from '../config/contextKeyWriter.ts';
import { contextKeys } from '../contributions.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStore } from '../runs/runStore.ts';
import type { PlanStatus } from './planStatus.ts';
import { planStatus } from './planStatus.ts';

export interface StatusWiringOptions {
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly keys: ContextKeyWriter;
	readonly show: (status: PlanStatus) => void;
}

/** Adds plans and runs up after changes, at most once a turn of the event loop, and shows the sum everywhere. */
export class StatusWiring extends DisposableOwner {
	readonly #options: StatusWiringOptions;
	#isDue = false;

	constructor(options: StatusWiringOptions) {
		super();
		this.#options = options;
		this.register(options.plans.onDidChange(() => this.update()));
		this.register(options.runs.onDidChange(() => this.update()));
		this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.update()));
	}

	update(): void {
		if (this.#isDue) {
			return;
		}
		this.#isDue = true;
		setImmediate(() => {
			this.#isDue = false;
			if (!this.isDisposed) {
				this.#showNow();
			}
		});
	}

	#showNow(): void {
		const { plans, runs, keys, show } = this.#options;
		const status = planStatus(plans.own, (id) => runs.current(id));
		keys.set(contextKeys.hasPlan, status.plans > 0);
		keys.set(contextKeys.hasAnyPlan, plans.plans.length > 0);
		keys.set(contextKeys.planHasErrors, status.errors > 0);
		keys.set(contextKeys.isRunning, status.isRunning);
		keys.set(contextKeys.canResume, status.interrupted.length > 0);
		show(status);
	}
}
