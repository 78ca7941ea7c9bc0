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

/** `Dispatch` for callers that know tasks by id: the fold. Ids that the plan does not have are ignored. */
export class ReadyTasks {
	readonly #plan: DispatchPlan;
	readonly #dispatch: Dispatch;
	readonly #ids: readonly string[];
	readonly #numbers: ReadonlyMap<string, number>;

	constructor(plan: DispatchInput) {
		this.#plan = new DispatchPlan(plan);
		this.#dispatch = new Dispatch(this.#plan);
		this.#ids = plan.tasks.map(({ id }) => id);
		this.#numbers = new Map(this.#ids.map((id, index) => [id, index]));
	}

	get size(): number {
		return this.#dispatch.readyCount;
	}

	has(id: string): boolean {
		const task = this.#numbers.get(id);
		return task !== undefined && this.#dispatch.isReady(task);
	}

	/** In the order of the plan's lines, not of the start. */
	ids(): string[] {
		return this.#dispatch.readyTasks().map((task) => this.#ids[task] ?? '');
	}

	/** Where a task stands in the order of the plan, counted from 0; −1 for one that is not in it. */
	placeOf(id: string): number {
		return this.#numbers.get(id) ?? -1;
	}

	add(id: string): void {
		const task = this.#numbers.get(id);
		if (task !== undefined) {
			this.#dispatch.add(task);
		}
	}

	delete(id: string): void {
		const task = this.#numbers.get(id);
		if (task !== undefined) {
			this.#dispatch.delete(task);
		}
	}

	/** A task takes what it claims by the definition it runs by, which may be an older one (D6). */
	start(definition: RunTask): void {
		const task = this.#numbers.get(definition.id);
		if (task !== undefined) {
			this.#dispatch.start(task, this.#plan.claimsOf(definition));
		}
	}

	end(id: string): void {
		const task = this.#numbers.get(id);
		if (task !== undefined) {
			this.#dispatch.end(task);
		}
	}

	/** The best task that may start now among those that `wants` and `mayTake` accept; null without one. */
	next(taker: { wants(id: string): boolean; mayTake(id: string): boolean }): string | null {
		const task = this.#dispatch.next({
			wants: (number) => taker.wants(this.#ids[number] ?? ''),
			mayTake: (number) => taker.mayTake(this.#ids[number] ?? ''),
		});
		return this.#ids[task] ?? null;
	}

	/** Why a ready task may not start now; null where it may. `wants`: what the engine was asked for that would start it. */
	refusal(id: string, wants: (id: string) => boolean): TaskRefusal | null {
		const task = this.#numbers.get(id);
		const refusal =
			task === undefined
				? null
				: this.#dispatch.refusal(task, { wants: (number) => wants(this.#ids[number] ?? '') });
		return refusal === null ? null : this.#named(refusal);
	}

	/** How often ready tasks were passed over, for `passOver`. */
	passedOver(): PassedOverIds {
		const { counts, due } = this.#dispatch.passedOver;
		const idOf = (task: number) => this.#ids[task] ?? '';
		return { counts: [...counts].map(([task, count]) => [idOf(task), count]), due: due.map(idOf) };
	}

	/** Takes up what another table of the same plan had counted (S2). */
	passOver({ counts, due }: PassedOverIds): void {
		const numbered = counts.map(([id, count]): [number, number] => [this.placeOf(id), count]);
		const next = due.map((id) => this.placeOf(id));
		this.#dispatch.takeUp(new PassedOver(numbered, next));
	}

	#named(refusal: Refusal): TaskRefusal {
		return refusal.kind === 'barrier' ? refusal : { ...refusal, task: this.#ids[refusal.task] ?? '' };
	}
}
