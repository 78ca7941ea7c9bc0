import type { Disposable } from '../../src/core/base/disposable.ts';
import { DisposableOwner, toDisposable } from '../../src/core/base/disposable.ts';
import { Emitter } from '../../src/core/base/emitter.ts';
import type { HistorySample } from '../../src/core/history/historySample.ts';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import type { PlanChanges } from '../../src/protocol/planChanges.ts';
import type { ForecastAnswer, ForecastRequest, ForecastTask } from './forecast.ts';

/** The thread as its client sees it. */
export interface ForecastThread extends Disposable {
	post(task: ForecastTask): void;
	onAnswer(listener: (answer: ForecastAnswer) => void): void;
	onFailure(listener: (reason: string) => void): void;
}

/**
 * Has plans simulated on a thread of their own, so that a slider can be dragged over 10,000 tasks. Only the newest
 * request is answered: while the thread is busy, requests that are overtaken are never sent.
 */
export class ForecastClient extends DisposableOwner {
	readonly #start: () => Promise<ForecastThread>;
	readonly #answered = this.register(new Emitter<ForecastAnswer>());
	#thread: Promise<ForecastThread> | null = null;
	#samples: readonly HistorySample[] = [];
	#generation = 0;
	#waiting: ForecastRequest | null = null;
	#busy = false;

	constructor(start: () => Promise<ForecastThread>) {
		super();
		this.#start = start;
		this.register(
			toDisposable(() => {
				void this.#thread?.then(
					(thread) => thread.dispose(),
					() => {},
				);
				this.#thread = null;
			}),
		);
	}

	/** Answers to the newest request: first the forecast, then the curve. */
	get onDidAnswer() {
		return this.#answered.event;
	}

	/** Takes another version of the plan; what was asked about the one before is not answered any more. */
	setPlan(plan: RunPlan): void {
		this.#forget();
		if (this.#thread === null && this.#samples.length > 0) {
			this.#send({ kind: 'history', samples: this.#samples });
		}
		this.#send({ kind: 'plan', plan });
	}

	/** As `setPlan`, where the thread can make the new version from the last one it was given. */
	changePlan(plan: RunPlan, changes: PlanChanges): void {
		if (this.#thread === null) {
			this.setPlan(plan);
			return;
		}
		this.#forget();
		this.#send({ kind: 'changes', changes });
	}

	/** Takes what finished runs took. False where that changes nothing. */
	setHistory(samples: readonly HistorySample[]): boolean {
		if (samples.length === 0 && this.#samples.length === 0) {
			return false;
		}
		this.#samples = samples;
		if (this.#thread !== null) {
			this.#send({ kind: 'history', samples });
		}
		return true;
	}

	simulate(request: ForecastRequest): void {
		if (this.#busy) {
			this.#waiting = request;
			return;
		}
		this.#busy = true;
		this.#generation++;
		this.#send({ kind: 'simulate', generation: this.#generation, request });
	}

	#forget(): void {
		this.#generation++;
		this.#waiting = null;
	}

	#send(task: ForecastTask): void {
		this.#thread ??= this.#open();
		this.#thread.then(
			(thread) => thread.post(task),
			(error: unknown) => this.#fail(error instanceof Error ? error.message : String(error)),
		);
	}

	async #open(): Promise<ForecastThread> {
		const thread = await this.#start();
		thread.onAnswer((answer) => this.#take(answer));
		thread.onFailure((reason) => {
			thread.dispose();
			this.#fail(reason);
		});
		return thread;
	}

	#take(answer: ForecastAnswer): void {
		if (answer.kind !== 'curve') {
			this.#busy = false;
		}
		if (answer.generation === this.#generation && !this.isDisposed) {
			this.#answered.fire(answer);
		}
		const next = this.#waiting;
		if (!this.#busy && next !== null) {
			this.#waiting = null;
			this.simulate(next);
		}
	}

	#fail(message: string): void {
		this.#thread = null;
		if (!this.#busy) {
			// Nobody waits; or it was said already, for the plan that went the same way before.
			return;
		}
		this.#busy = false;
		this.#waiting = null;
		if (!this.isDisposed) {
			this.#answered.fire({ kind: 'failed', generation: this.#generation, message });
		}
	}
}
