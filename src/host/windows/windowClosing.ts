import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import { requestDrain, requestStop } from '../../engine/journal/runRequests.ts';
import type { Settings } from '../config/settings.ts';
import { planKey } from '../plans/planModel.ts';
import { rootPathOf } from '../runs/planPaths.ts';
import type { RunStore } from '../runs/runStore.ts';
import { WindowLeases } from './windowLeases.ts';

export interface WindowClosingOptions {
	readonly runs: RunStore;
	readonly settings: Settings;
	readonly logger: Logger;
}

/** What becomes of runs when the last window of their plan closes (setting `onWindowClose`, EXECUTION D2). */
export class WindowClosing extends DisposableOwner {
	readonly #options: WindowClosingOptions;
	readonly #held = new Map<string, { readonly id: PlanId; readonly leases: WindowLeases }>();

	constructor(options: WindowClosingOptions) {
		super();
		this.#options = options;
		this.register(options.runs.onDidChange(({ id, run }) => run?.state === 'running' && this.#hold(id)));
	}

	/** The window goes: gives its leases back and asks running engines to end where the setting says so. */
	async close(): Promise<void> {
		const requests = [...this.#held.values()].map(async ({ id, leases }) => {
			const run = this.#options.runs.current(id);
			const isLast = leases.release();
			const policy = this.#options.settings.onWindowClose(vscode.Uri.parse(id.rootUri, true));
			if (!isLast || run?.state !== 'running' || policy === 'continue') {
				return;
			}
			await (policy === 'stop'
				? requestStop(run.folder, 'all', 'window closed')
				: requestDrain(run.folder, 'window closed'));
		});
		this.#held.clear();
		for (const result of await Promise.allSettled(requests)) {
			if (result.status === 'rejected') {
				this.#options.logger.error(`A run could not be asked to end: ${String(result.reason)}`);
			}
		}
	}

	/** Only plans that run get a lease: a window that only looks writes nothing. */
	#hold(id: PlanId): void {
		const rootPath = rootPathOf(id);
		const key = planKey(id);
		if (rootPath === null || this.#held.has(key) || !vscode.workspace.isTrusted) {
			return;
		}
		const leases = new WindowLeases(rootPath, process.pid);
		try {
			leases.take();
			this.#held.set(key, { id, leases });
		} catch (error) {
			this.#options.logger.warn(`No lease for ${rootPath}: ${String(error)}`);
		}
	}
}
