import { DisposableOwner } from '../../core/base/disposable.ts';
import type { Event } from '../../core/base/emitter.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import type { PlanUpdate } from '../../protocol/lsp.ts';
import { applyPlanUpdate } from './applyPlanUpdate.ts';
import type { PlanModel } from './planModel.ts';
import { planKey } from './planModel.ts';

/** What changed in one plan. */
export type PlanChange =
	| { readonly kind: 'removed'; readonly id: PlanId }
	| {
			readonly kind: 'updated';
			readonly id: PlanId;
			readonly plan: PlanModel;
			/** The plan is new here, or was sent again as a whole: forget what was known of it. */
			readonly reset: boolean;
			/** Tasks or sprints came, went or moved, or another sprint holds them. */
			readonly structure: boolean;
			/** Ids of tasks whose own content changed; all of them after a reset. */
			readonly tasks: ReadonlySet<string>;
	  };

export interface PlanStoreOptions {
	/** Asks the server for every plan as a whole. */
	readonly requestPlans: () => Promise<void>;
	readonly logger: Logger;
}

/** Every plan of the window, merged from the server's deltas. The only source of plans for tree, graph, lens and status. */
export class PlanStore extends DisposableOwner {
	readonly #options: PlanStoreOptions;
	readonly #plans = new Map<string, PlanModel>();
	readonly #changed: Emitter<PlanChange>;
	#asking = false;

	constructor(options: PlanStoreOptions) {
		super();
		this.#options = options;
		this.#changed = this.register(
			new Emitter((error) => options.logger.error(`A view failed on a plan change: ${String(error)}`)),
		);
	}

	get onDidChange(): Event<PlanChange> {
		return this.#changed.event;
	}

	/** All plans, ordered by root and key. */
	get plans(): readonly PlanModel[] {
		return [...this.#plans.values()].sort((a, b) => (planKey(a.id) < planKey(b.id) ? -1 : 1));
	}

	/** Those that can be run: the plans of other tools are not among them. */
	get own(): readonly PlanModel[] {
		return this.plans.filter((plan) => plan.foreign === undefined);
	}

	get(id: PlanId): PlanModel | undefined {
		return this.#plans.get(planKey(id));
	}

	/** By the string of `planKey`. */
	byKey(key: string): PlanModel | undefined {
		return this.#plans.get(key);
	}

	/** The plan that one file belongs to, by the file's URI string. */
	ofFile(uri: string): PlanModel | undefined {
		return [...this.#plans.values()].find((plan) => plan.files.includes(uri));
	}

	/** Takes one message of the server. A delta that does not fit what is here is not applied: everything is asked for. */
	apply(update: PlanUpdate): void {
		const key = planKey(update.plan);
		const previous = this.#plans.get(key);
		if (update.removed) {
			if (this.#plans.delete(key)) {
				this.#changed.fire({ kind: 'removed', id: update.plan });
			}
			return;
		}
		if (!update.reset && previous?.version !== update.version - 1) {
			this.#options.logger.debug(`Plan ${key}: version ${update.version} does not follow; asking again.`);
			this.#askAgain();
			return;
		}
		const plan = applyPlanUpdate(previous, update);
		this.#plans.set(key, plan);
		const reset = update.reset || previous === undefined;
		this.#changed.fire({
			kind: 'updated',
			id: update.plan,
			plan,
			reset,
			structure: reset || changesStructure(update, previous) || previous?.name !== update.name,
			tasks: new Set(reset ? plan.tasks.keys() : update.tasks.map((task) => task.id)),
		});
	}

	/** The server is gone: its versions start again. Plans stay visible until it speaks. */
	forgetVersions(): void {
		for (const [key, plan] of this.#plans) {
			this.#plans.set(key, { ...plan, version: Number.NaN });
		}
	}

	#askAgain(): void {
		if (this.#asking) {
			return;
		}
		this.#asking = true;
		this.#options
			.requestPlans()
			.catch((error: unknown) =>
				this.#options.logger.warn(`The server did not send its plans: ${String(error)}`),
			)
			.finally(() => {
				this.#asking = false;
			});
	}
}

function changesStructure(update: PlanUpdate, previous: PlanModel | undefined): boolean {
	return (
		// One that comes at the end needs no new order to be told.
		update.tasks.some(({ id }) => previous?.tasks.has(id) !== true) ||
		update.taskOrder !== null ||
		update.sprintOrder !== null ||
		update.sprints.length > 0 ||
		update.removedTasks.length > 0 ||
		update.removedSprints.length > 0
	);
}
