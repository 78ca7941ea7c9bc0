import type { Disposable } from '../../core/base/disposable.ts';
import { DisposableOwner, DisposableStore, toDisposable } from '../../core/base/disposable.ts';
import type { Event } from '../../core/base/emitter.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import type { ListedRun } from '../../engine/journal/listRuns.ts';
import type { RunChange, RunView } from '../../engine/journal/runFollower.ts';
import { planKey } from '../plans/planModel.ts';
import type { PlanStore } from '../plans/planStore.ts';

/** The run of one plan changed. */
export interface RunStoreChange {
	readonly id: PlanId;
	readonly run: RunView | null;
	/** Ids of tasks whose state changed. */
	readonly tasks: ReadonlySet<string>;
}

/** What the store needs of `RunFollower` (engine/journal). */
export interface Follower extends Disposable {
	readonly onDidChange: Event<RunChange>;
	readonly current: RunView | null;
	/** All runs of the plan, oldest first. */
	readonly runs: readonly ListedRun[];
	start(): Promise<void>;
}

export interface RunStoreOptions {
	readonly plans: PlanStore;
	/** Null where no journal can be: the plan's root is not on a disk of this machine. */
	readonly createFollower: (id: PlanId) => Follower | null;
	readonly logger: Logger;
}

/** The newest run of every plan, followed through its journal, whoever started it. */
export class RunStore extends DisposableOwner {
	readonly #options: RunStoreOptions;
	readonly #followers = new Map<
		string,
		{ readonly follower: Follower; readonly lifetime: DisposableStore }
	>();
	readonly #changed: Emitter<RunStoreChange>;

	constructor(options: RunStoreOptions) {
		super();
		this.#options = options;
		this.#changed = this.register(
			new Emitter((error) => options.logger.error(`A view failed on a run change: ${String(error)}`)),
		);
		this.register(toDisposable(() => this.#unfollowAll()));
		this.register(
			options.plans.onDidChange((change) => {
				if (change.kind === 'removed') {
					this.#unfollow(change.id);
				} else if (change.plan.foreign === undefined) {
					this.#follow(change.id);
				}
			}),
		);
		for (const plan of options.plans.own) {
			this.#follow(plan.id);
		}
	}

	get onDidChange(): Event<RunStoreChange> {
		return this.#changed.event;
	}

	/** The newest run of the plan, an open one first; null where there is none. */
	current(id: PlanId): RunView | null {
		return this.#followers.get(planKey(id))?.follower.current ?? null;
	}

	/** All runs of the plan, oldest first. */
	all(id: PlanId): readonly ListedRun[] {
		return this.#followers.get(planKey(id))?.follower.runs ?? [];
	}

	#follow(id: PlanId): void {
		const key = planKey(id);
		if (this.#followers.has(key)) {
			return;
		}
		const follower = this.#options.createFollower(id);
		if (follower === null) {
			return;
		}
		const lifetime = new DisposableStore();
		lifetime.add(follower);
		lifetime.add(
			follower.onDidChange((change) => this.#changed.fire({ id, run: change.run, tasks: change.tasks })),
		);
		this.#followers.set(key, { follower, lifetime });
		follower.start().catch((error: unknown) => {
			this.#options.logger.error(`The runs of ${key} cannot be followed: ${String(error)}`);
		});
	}

	#unfollow(id: PlanId): void {
		const key = planKey(id);
		const followed = this.#followers.get(key);
		if (followed === undefined) {
			return;
		}
		this.#followers.delete(key);
		followed.lifetime.dispose();
		this.#changed.fire({ id, run: null, tasks: new Set() });
	}

	#unfollowAll(): void {
		for (const { lifetime } of this.#followers.values()) {
			lifetime.dispose();
		}
		this.#followers.clear();
	}
}
