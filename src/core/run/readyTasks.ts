import type { Clash } from './claims.ts';
import { Dispatch } from './dispatch.ts';
import type { DispatchInput } from './dispatchPlan.ts';
import { DispatchPlan } from './dispatchPlan.ts';
import { PassedOver } from './passedOver.ts';
import type { Refusal } from './refusal.ts';
import type { RunTask } from './runPlan.ts';
import type { PassedOverIds } from './tableBefore.ts';

/** Why a ready task may not start now, with the task that keeps it from starting (see `Refusal`). */
export type TaskRefusal =
	| { readonly kind: 'barrier' }
	| { readonly kind: 'clash' | 'turn'; readonly task: string; readonly clash: Clash };

interface Tables {
	readonly plan: DispatchPlan;
	readonly dispatch: Dispatch;
}

/** What is to be told to the dispatcher once somebody asks it. */
interface Untold {
	readonly running: RunTask[];
	readonly ready: Set<string>;
	passedOver: PassedOverIds;
}

const nobody: PassedOverIds = { counts: [], due: [] };

/**
 * `Dispatch` for callers that know tasks by id: the fold. Ids that the plan does not have are ignored. Its tables cost the more
 * the larger the plan is, and are made when the first task starts or somebody asks why none does: who opens a run that is
 * over, or looks at one that waits, needs none.
 */
export class ReadyTasks {
	readonly #input: DispatchInput;
	readonly #numbers: ReadonlyMap<string, number>;
	#made: Tables | null = null;
	readonly #untold: Untold = { running: [], ready: new Set(), passedOver: nobody };

	/** `numbers`: the place of each task in the plan. */
	constructor(input: DispatchInput, numbers: ReadonlyMap<string, number>) {
		this.#input = input;
		this.#numbers = numbers;
	}

	get size(): number {
		return this.#made?.dispatch.readyCount ?? this.#untold.ready.size;
	}

	has(id: string): boolean {
		if (this.#made === null) {
			return this.#untold.ready.has(id);
		}
		const task = this.#numbers.get(id);
		return task !== undefined && this.#made.dispatch.isReady(task);
	}

	/** In the order of the plan's lines, not of the start. */
	ids(): string[] {
		return this.#tables.dispatch.readyTasks().map((task) => this.#idOf(task));
	}

	/** Where a task stands in the order of the plan, counted from 0; −1 for one that is not in it. */
	placeOf(id: string): number {
		return this.#numbers.get(id) ?? -1;
	}

	add(id: string): void {
		const task = this.#numbers.get(id);
		if (task === undefined) {
			return;
		}
		if (this.#made === null) {
			this.#untold.ready.add(id);
		} else {
			this.#made.dispatch.add(task);
		}
	}

	delete(id: string): void {
		const task = this.#numbers.get(id);
		if (task !== undefined && (this.#made !== null || this.#untold.ready.has(id))) {
			this.#tables.dispatch.delete(task);
		}
	}

	/** A task takes what it claims by the definition it runs by, which may be an older one (D6). */
	start(definition: RunTask): void {
		const task = this.#numbers.get(definition.id);
		if (task === undefined) {
			return;
		}
		if (this.#made === null && this.#untold.ready.size === 0) {
			// Nobody is passed over by it.
			this.#untold.running.push(definition);
		} else {
			const { plan, dispatch } = this.#tables;
			dispatch.start(task, plan.claimsOf(definition));
		}
	}

	end(id: string): void {
		const task = this.#numbers.get(id);
		if (task !== undefined) {
			this.#tables.dispatch.end(task);
		}
	}

	/** The best task that may start now among those that `wants` and `mayTake` accept; null without one. */
	next(taker: { wants(id: string): boolean; mayTake(id: string): boolean }): string | null {
		if (this.size === 0) {
			return null;
		}
		const task = this.#tables.dispatch.next({
			wants: (number) => taker.wants(this.#idOf(number)),
			mayTake: (number) => taker.mayTake(this.#idOf(number)),
		});
		return this.#input.tasks[task]?.id ?? null;
	}

	/** Why a ready task may not start now; null where it may. `wants`: what the engine was asked for that would start it. */
	refusal(id: string, wants: (id: string) => boolean): TaskRefusal | null {
		const task = this.#numbers.get(id);
		const refusal =
			task === undefined
				? null
				: this.#tables.dispatch.refusal(task, { wants: (number) => wants(this.#idOf(number)) });
		return refusal === null ? null : this.#named(refusal);
	}

	/** How often ready tasks were passed over, for `passOver`. */
	passedOver(): PassedOverIds {
		if (this.#made === null) {
			return this.#untold.passedOver;
		}
		const { counts, due } = this.#made.dispatch.passedOver;
		return {
			counts: [...counts].map(([task, count]) => [this.#idOf(task), count]),
			due: due.map((task) => this.#idOf(task)),
		};
	}

	/** Takes up what another table of the same plan had counted (S2); only before anything is asked. */
	passOver(passedOver: PassedOverIds): void {
		this.#untold.passedOver = passedOver;
	}

	get #tables(): Tables {
		this.#made ??= this.#make();
		return this.#made;
	}

	#make(): Tables {
		const plan = new DispatchPlan(this.#input);
		const dispatch = new Dispatch(plan);
		const { running, ready, passedOver } = this.#untold;
		for (const definition of running) {
			dispatch.start(this.placeOf(definition.id), plan.claimsOf(definition));
		}
		for (const id of ready) {
			dispatch.add(this.placeOf(id));
		}
		const counts = passedOver.counts.map(([id, count]): [number, number] => [this.placeOf(id), count]);
		const due = passedOver.due.map((id) => this.placeOf(id));
		dispatch.takeUp(new PassedOver(counts, due));
		running.length = 0;
		ready.clear();
		this.#untold.passedOver = nobody;
		return { plan, dispatch };
	}

	#idOf(task: number): string {
		return this.#input.tasks[task]?.id ?? '';
	}

	#named(refusal: Refusal): TaskRefusal {
		return refusal.kind === 'barrier' ? refusal : { ...refusal, task: this.#idOf(refusal.task) };
	}
}
