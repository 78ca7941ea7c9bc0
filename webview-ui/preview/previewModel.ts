import { DisposableOwner } from '../../src/core/base/disposable.ts';
import type { Event } from '../../src/core/base/emitter.ts';
import { Emitter } from '../../src/core/base/emitter.ts';
import { sameJson } from '../../src/core/base/sameJson.ts';
import { pageReady, reportPageProblem, showEnvironment } from '../../src/protocol/pageView.ts';
import type { PreviewViewState } from '../../src/protocol/persisted.ts';
import type { PreviewAct, PreviewScope, ShownPlan } from '../../src/protocol/previewView.ts';
import { previewAct, runPreviewed, showScope, wantStrategy } from '../../src/protocol/previewView.ts';
import type { RpcPeer } from '../../src/protocol/rpc.ts';
import type { ForecastAnswer } from '../forecast/forecast.ts';
import type { ForecastClient } from '../forecast/forecastClient.ts';
import type { ReceivedPlan } from '../forecast/planReceiver.ts';
import { PlanReceiver } from '../forecast/planReceiver.ts';
import type { Choice, PreviewState, Tab } from './previewState.ts';
import { initialPreviewState } from './previewState.ts';

export interface PreviewModelOptions {
	readonly peer: RpcPeer;
	readonly forecasts: ForecastClient;
	/** What the page remembered from its last life. */
	readonly remembered: PreviewViewState | null;
}

/** No machine of a reader has more. */
export const maxAgents = 64;

/** What the page knows and was told to show. Talks to the host and to the simulator; draws nothing. */
export class PreviewModel extends DisposableOwner {
	readonly #peer: RpcPeer;
	readonly #forecasts: ForecastClient;
	readonly #changed = this.register(new Emitter<PreviewState>());
	#state: PreviewState;
	/** The strategy of the plan that came when another was asked for. */
	#asked: string | null = null;

	constructor({ peer, forecasts, remembered }: PreviewModelOptions) {
		super();
		this.#peer = peer;
		this.#forecasts = forecasts;
		this.#state = {
			...initialPreviewState,
			...(remembered !== null && {
				choice: remembered.choice,
				selection: remembered.selection,
				tab: remembered.tab,
			}),
		};
		const receiver = this.register(new PlanReceiver({ peer, forecasts }));
		this.register(receiver.onDidReceive((received) => this.#takePlan(received)));
		this.register(receiver.onDidLearn(() => this.#simulate()));
		this.register(peer.onNotification(showEnvironment, ({ cannotRun }) => this.#update({ cannotRun })));
		this.register(peer.onNotification(showScope, ({ scope }) => this.chooseScope(scope)));
		this.register(forecasts.onDidAnswer((answer) => this.#takeAnswer(answer)));
	}

	get state(): PreviewState {
		return this.#state;
	}

	get onDidChange(): Event<PreviewState> {
		return this.#changed.event;
	}

	/** What is worth remembering of the choices made here. */
	get remembered(): Pick<PreviewViewState, 'choice' | 'selection' | 'tab'> {
		const { choice, selection, tab } = this.#state;
		return { choice, selection, tab };
	}

	/** Tells the host that the page listens. */
	start(): void {
		this.#peer.notify(pageReady, {});
	}

	chooseScope(scope: PreviewScope): void {
		this.#choose({ ...this.#state.choice, scope });
	}

	/** Another strategy has a number of agents of its own. */
	chooseStrategy(strategy: string | null): void {
		if (strategy !== this.#state.choice.strategy) {
			this.#update({ choice: { ...this.#state.choice, strategy, agents: null } });
			this.#peer.notify(wantStrategy, { strategy });
		}
	}

	chooseAgents(agents: number | null): void {
		const within = agents === null ? null : Math.max(1, Math.min(maxAgents, Math.round(agents)));
		this.#choose({ ...this.#state.choice, agents: within });
	}

	select(selection: string | null): void {
		this.#update({ selection });
	}

	show(tab: Tab): void {
		this.#update({ tab });
	}

	search(query: string): void {
		this.#update({ query });
	}

	/** Simulates again after a failure. */
	retry(): void {
		const { plan } = this.#state;
		if (plan.kind === 'shown') {
			this.#forecasts.setPlan(plan.shown.plan);
			this.#simulate();
		}
	}

	/** Starts a run of what is shown, with the choices made here. */
	run(): void {
		if (this.#state.cannotRun === '') {
			const { scope, strategy, agents } = this.#state.choice;
			this.#peer.notify(runPreviewed, { scope, strategy, jobs: agents });
		}
	}

	act(request: PreviewAct): void {
		this.#peer.notify(previewAct, request);
	}

	#choose(choice: Choice): void {
		const isSame = JSON.stringify(choice) === JSON.stringify(this.#state.choice);
		if (!isSame) {
			this.#update({ choice });
			this.#simulate();
		}
	}

	#takePlan({ shown, hasSameTasks }: ReceivedPlan): void {
		if (shown === null) {
			this.#update({ plan: { kind: 'gone' }, forecast: null, curve: null });
			return;
		}
		const { strategy } = this.#state.choice;
		if ((strategy ?? shown.ownStrategy) !== shown.plan.strategy) {
			// Sent before the host heard what is wanted: the plan by that strategy is on its way.
			this.#askAgain(shown);
			return;
		}
		this.#asked = null;
		const choice = { ...this.#state.choice, scope: existing(shown, this.#state.choice.scope) };
		const { selection } = this.#state;
		const isThere = selection !== null && shown.plan.tasks.some(({ id }) => id === selection);
		this.#update({
			plan: { kind: 'shown', shown },
			choice,
			selection: isThere ? selection : null,
			// A forecast's numbers are places in the plan's list: one of another version must not be drawn over this one.
			...(!hasSameTasks && { forecast: null, curve: null }),
		});
		this.#simulate();
	}

	/** A page that comes back has its choice still, and a host that was reloaded does not know it. */
	#askAgain({ plan }: ShownPlan): void {
		const { strategy } = this.#state.choice;
		if (this.#asked !== plan.strategy) {
			this.#asked = plan.strategy;
			this.#peer.notify(wantStrategy, { strategy });
			return;
		}
		// It was asked for and did not come: the plan's own is better than nothing.
		this.#update({ choice: { ...this.#state.choice, strategy: null } });
		this.#peer.notify(wantStrategy, { strategy: null });
	}

	#simulate(): void {
		const { plan, choice } = this.#state;
		if (plan.kind === 'shown' && plan.shown.plan.tasks.length > 0) {
			const { scope, agents } = choice;
			this.#forecasts.simulate({ scope, agents, limit: plan.shown.limit });
		}
	}

	#takeAnswer(answer: ForecastAnswer): void {
		switch (answer.kind) {
			case 'forecast':
				this.#update({ forecast: answer.forecast, failure: '' });
				break;
			case 'curve':
				// It does not depend on the chosen number, and comes again with every one.
				if (!sameJson(this.#state.curve, answer.curve)) {
					this.#update({ curve: answer.curve });
				}
				break;
			case 'failed':
				this.#peer.notify(reportPageProblem, { message: answer.message });
				this.#update({ failure: answer.message, forecast: null, curve: null });
				break;
		}
	}

	#update(change: Partial<PreviewState>): void {
		this.#state = { ...this.#state, ...change };
		this.#changed.fire(this.#state);
	}
}

/** A scope that the plan still has; the whole plan otherwise. */
function existing({ plan }: ShownPlan, scope: PreviewScope): PreviewScope {
	switch (scope.kind) {
		case 'all':
			return scope;
		case 'track':
			return plan.tasks.some(({ track }) => track === scope.number) ? scope : { kind: 'all' };
		case 'sprint':
			return plan.sprints.some(({ id }) => id === scope.id) ? scope : { kind: 'all' };
		case 'task':
			return plan.tasks.some(({ id }) => id === scope.id) ? scope : { kind: 'all' };
	}
}
