import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { HistorySample } from '../../core/history/historySample.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import type { RunView } from '../../engine/journal/runFollower.ts';
import { planKey } from '../plans/planModel.ts';
import type { RunStore } from '../runs/runStore.ts';

/** Reads what finished runs below a folder took; on a thread of its own, because journals can be long. */
export type ReadSamples = (rootPath: string) => Promise<readonly HistorySample[]>;

export interface HistorySourceOptions {
	readonly read: ReadSamples;
	readonly runs: RunStore;
	readonly logger: Logger;
}

/** What finished runs took, for forecasts: read when a panel first asks, and again after a run has come to rest. */
export class HistorySource extends DisposableOwner {
	readonly #options: HistorySourceOptions;
	readonly #changed = this.register(new Emitter<PlanId>());
	readonly #samples = new Map<string, Promise<readonly HistorySample[]>>();
	/** Plans with a run that was under way when it was last looked at. */
	readonly #underWay = new Set<string>();

	constructor(options: HistorySourceOptions) {
		super();
		this.#options = options;
		this.register(options.runs.onDidChange(({ id, run }) => this.#follow(id, isUnderWay(run))));
	}

	/** Finished runs of a plan's root say something else than before. */
	get onDidChange() {
		return this.#changed.event;
	}

	/** Empty where no run ever finished, where there is no disk, and where it cannot be read. */
	samples({ rootUri }: PlanId): Promise<readonly HistorySample[]> {
		const known = this.#samples.get(rootUri);
		if (known !== undefined) {
			return known;
		}
		const found = this.#read(vscode.Uri.parse(rootUri, true));
		this.#samples.set(rootUri, found);
		return found;
	}

	async #read(root: vscode.Uri): Promise<readonly HistorySample[]> {
		if (root.scheme !== 'file') {
			return [];
		}
		try {
			return await this.#options.read(root.fsPath);
		} catch (error) {
			this.#options.logger.warn(`Earlier runs of ${root.fsPath} cannot be read: ${String(error)}`);
			return [];
		}
	}

	#follow(id: PlanId, goesOn: boolean): void {
		const key = planKey(id);
		if (goesOn) {
			this.#underWay.add(key);
		} else if (this.#underWay.delete(key)) {
			this.#samples.delete(id.rootUri);
			this.#changed.fire(id);
		}
	}
}

function isUnderWay(run: RunView | null): boolean {
	return run?.state === 'running' || run?.state === 'stopping';
}
