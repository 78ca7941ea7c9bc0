import { DisposableOwner, toDisposable } from '../../src/core/base/disposable.ts';
import type { Event } from '../../src/core/base/emitter.ts';
import { Emitter } from '../../src/core/base/emitter.ts';
import { pageReady, reportPageProblem, showEnvironment } from '../../src/protocol/pageView.ts';
import type { TimelineViewState } from '../../src/protocol/persisted.ts';
import type { PreviewAct } from '../../src/protocol/previewView.ts';
import { previewAct } from '../../src/protocol/previewView.ts';
import type { RpcPeer } from '../../src/protocol/rpc.ts';
import type { ShowAttempts } from '../../src/protocol/timelineView.ts';
import { showAttempts } from '../../src/protocol/timelineView.ts';
import type { ForecastClient } from '../forecast/forecastClient.ts';
import type { ReceivedPlan } from '../forecast/planReceiver.ts';
import { PlanReceiver } from '../forecast/planReceiver.ts';
import type { TimelineState } from './timelineState.ts';
import { initialTimelineState, isLive } from './timelineState.ts';

export interface TimelineModelOptions {
	readonly peer: RpcPeer;
	readonly forecasts: ForecastClient;
	/** What the page remembered from its last life. */
	readonly remembered: TimelineViewState | null;
	/** Milliseconds of a clock that never goes back. */
	readonly clock: () => number;
}

/** How often bars of running work grow. */
const tickMs = 500;

/** What the page knows and was told to show. Talks to the host and to the simulator; draws nothing. */
export class TimelineModel extends DisposableOwner {
	readonly #peer: RpcPeer;
	readonly #forecasts: ForecastClient;
	readonly #clock: () => number;
	readonly #changed = this.register(new Emitter<TimelineState>());
	#state: TimelineState;
	/** The host's time at one moment of the page's clock: pages and hosts need not agree on the time of day. */
	#reference = { host: 0, page: 0 };
	#ticking: ReturnType<typeof setInterval> | null = null;

	constructor({ peer, forecasts, remembered, clock }: TimelineModelOptions) {
		super();
		this.#peer = peer;
		this.#forecasts = forecasts;
		this.#clock = clock;
		this.#state = {
			...initialTimelineState,
			...(remembered !== null && { selection: remembered.selection, showsPlan: remembered.showsPlan }),
		};
		const receiver = this.register(new PlanReceiver({ peer, forecasts }));
		this.register(receiver.onDidReceive((received) => this.#takePlan(received)));
		this.register(receiver.onDidLearn(() => this.#simulate()));
		this.register(peer.onNotification(showAttempts, (message) => this.#takeAttempts(message)));
		this.register(peer.onNotification(showEnvironment, ({ cannotRun }) => this.#update({ cannotRun })));
		this.register(
			forecasts.onDidAnswer((answer) => {
				if (answer.kind === 'forecast') {
					this.#update({ forecast: answer.forecast });
				} else if (answer.kind === 'failed') {
					// What happened is shown without the forecast all the same.
					peer.notify(reportPageProblem, { message: answer.message });
				}
			}),
		);
		this.register(toDisposable(() => this.#stopTicking()));
	}

	get state(): TimelineState {
		return this.#state;
	}

	get onDidChange(): Event<TimelineState> {
		return this.#changed.event;
	}

	/** What is worth remembering of the choices made here. */
	get remembered(): Pick<TimelineViewState, 'selection' | 'showsPlan'> {
		const { selection, showsPlan } = this.#state;
		return { selection, showsPlan };
	}

	/** Tells the host that the page listens. */
	start(): void {
		this.#peer.notify(pageReady, {});
	}

	select(selection: string | null): void {
		this.#update({ selection });
	}

	showPlan(showsPlan: boolean): void {
		this.#update({ showsPlan });
	}

	act(request: PreviewAct): void {
		this.#peer.notify(previewAct, request);
	}

	#takePlan({ shown, hasSameTasks }: ReceivedPlan): void {
		if (shown === null) {
			this.#update({ plan: { kind: 'gone' }, forecast: null });
			return;
		}
		// A forecast's numbers are places in the list of another plan.
		this.#update({ plan: { kind: 'shown', shown }, ...(!hasSameTasks && { forecast: null }) });
		this.#simulate();
	}

	#simulate(): void {
		const { plan } = this.#state;
		if (plan.kind === 'shown' && plan.shown.plan.tasks.length > 0) {
			this.#forecasts.simulate({ scope: { kind: 'all' }, agents: null, limit: plan.shown.limit });
		}
	}

	#takeAttempts({ reset, now, run, tasks }: ShowAttempts): void {
		const known = new Map(reset ? [] : this.#state.tasks);
		for (const task of tasks) {
			known.set(task.id, task);
		}
		this.#reference = { host: now, page: this.#clock() };
		this.#update({ run, tasks: known, now });
		this.#tick();
	}

	#tick(): void {
		if (!isLive(this.#state)) {
			this.#stopTicking();
			return;
		}
		this.#ticking ??= setInterval(() => {
			const { host, page } = this.#reference;
			this.#update({ now: host + this.#clock() - page });
		}, tickMs);
	}

	#stopTicking(): void {
		if (this.#ticking !== null) {
			clearInterval(this.#ticking);
			this.#ticking = null;
		}
	}

	#update(change: Partial<TimelineState>): void {
		this.#state = { ...this.#state, ...change };
		this.#changed.fire(this.#state);
	}
}
