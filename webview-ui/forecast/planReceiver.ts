import { DisposableOwner } from '../../src/core/base/disposable.ts';
import type { Event } from '../../src/core/base/emitter.ts';
import { Emitter } from '../../src/core/base/emitter.ts';
import { pageReady } from '../../src/protocol/pageView.ts';
import { changePlan } from '../../src/protocol/planChanges.ts';
import type { ChangePreviewPlan, ShownPlan } from '../../src/protocol/previewView.ts';
import { changePreviewPlan, showHistory, showPreviewPlan } from '../../src/protocol/previewView.ts';
import type { RpcPeer } from '../../src/protocol/rpc.ts';
import type { ForecastClient } from './forecastClient.ts';

export interface ReceivedPlan {
	/** Null when the plan is gone. */
	readonly shown: ShownPlan | null;
	/** It has the same tasks at the same places as the one before: what is drawn of that still fits. */
	readonly hasSameTasks: boolean;
}

/** Takes plans and what changes in them from the host, and hands them on to the simulator before anybody asks it. */
export class PlanReceiver extends DisposableOwner {
	readonly #peer: RpcPeer;
	readonly #forecasts: ForecastClient;
	readonly #received = this.register(new Emitter<ReceivedPlan>());
	readonly #learned = this.register(new Emitter<void>());
	#shown: ShownPlan | null = null;

	constructor({ peer, forecasts }: { readonly peer: RpcPeer; readonly forecasts: ForecastClient }) {
		super();
		this.#peer = peer;
		this.#forecasts = forecasts;
		this.register(peer.onNotification(showPreviewPlan, ({ shown }) => this.#take(shown)));
		this.register(peer.onNotification(changePreviewPlan, (change) => this.#change(change)));
		this.register(
			peer.onNotification(showHistory, ({ samples }) => {
				if (forecasts.setHistory(samples)) {
					this.#learned.fire();
				}
			}),
		);
	}

	get onDidReceive(): Event<ReceivedPlan> {
		return this.#received.event;
	}

	/** History says something else than before: forecasts are to be made again. */
	get onDidLearn(): Event<void> {
		return this.#learned.event;
	}

	#take(shown: ShownPlan | null): void {
		const hasSameTasks = shown !== null && this.#shown !== null && sameTasks(this.#shown, shown);
		this.#shown = shown;
		if (shown !== null) {
			this.#forecasts.setPlan(shown.plan);
		}
		this.#received.fire({ shown, hasSameTasks });
	}

	#change({ base, changes, ...facts }: ChangePreviewPlan): void {
		if (this.#shown?.revision !== base) {
			// One message was lost: everything is better than something wrong.
			this.#peer.notify(pageReady, {});
			return;
		}
		const plan = changePlan(this.#shown.plan, changes);
		this.#shown = { ...facts, plan };
		this.#forecasts.changePlan(plan, changes);
		this.#received.fire({ shown: this.#shown, hasSameTasks: true });
	}
}

function sameTasks(a: ShownPlan, b: ShownPlan): boolean {
	const { tasks } = a.plan;
	return (
		tasks.length === b.plan.tasks.length && tasks.every(({ id }, index) => id === b.plan.tasks[index]?.id)
	);
}
