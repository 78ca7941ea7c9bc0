import type { ForecastBasis } from '../../src/core/history/forecastBasis.ts';
import { forecastBasis } from '../../src/core/history/forecastBasis.ts';
import { History } from '../../src/core/history/history.ts';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import { scopeOf } from '../../src/core/run/scopeOf.ts';
import { PlanForecast } from '../../src/core/schedule/planForecast.ts';
import { changePlan } from '../../src/protocol/planChanges.ts';
import type { Forecast, ForecastAnswer, ForecastRequest, ForecastTask } from './forecast.ts';
import { toForecast } from './toForecast.ts';

export interface ForecastDeskOptions {
	readonly answer: (answer: ForecastAnswer, transfer: readonly Transferable[]) => void;
	readonly later: (work: () => void) => void;
}

/** Takes plans and requests one after another and answers each with its forecast, and the newest with its curve. */
export class ForecastDesk {
	readonly #options: ForecastDeskOptions;
	#plan: RunPlan | null = null;
	#history = new History([]);
	/** Of this plan and this history. */
	#basis: ForecastBasis | null = null;
	#newest = 0;
	/** Of this plan, by scope: moving the number of agents changes nothing of what they keep. */
	readonly #forecasts = new Map<string, PlanForecast>();

	constructor(options: ForecastDeskOptions) {
		this.#options = options;
	}

	take(task: ForecastTask): void {
		switch (task.kind) {
			case 'plan':
				this.#use(task.plan, this.#history);
				break;
			case 'changes':
				this.#use(this.#plan === null ? null : changePlan(this.#plan, task.changes), this.#history);
				break;
			case 'history':
				this.#use(this.#plan, new History(task.samples));
				break;
			case 'simulate':
				this.#simulate(task);
		}
	}

	#use(plan: RunPlan | null, history: History): void {
		this.#plan = plan;
		this.#history = history;
		this.#basis = null;
		this.#forecasts.clear();
	}

	#simulate({ generation, request }: Extract<ForecastTask, { readonly kind: 'simulate' }>): void {
		this.#newest = generation;
		const plan = this.#plan;
		if (plan === null) {
			return;
		}
		this.#try(generation, () => {
			const source = this.#forecastOf(plan, request);
			const agents = request.agents ?? Math.min(plan.jobs, request.limit ?? plan.jobs);
			const forecast = toForecast(plan, source.report(agents), this.#basisOf(plan).estimates);
			this.#options.answer({ kind: 'forecast', generation, forecast }, buffersOf(forecast));
			this.#options.later(() => this.#sendCurve(source, generation));
		});
	}

	/** Throws a sentence where the plan has no such part. */
	#forecastOf(plan: RunPlan, { scope }: ForecastRequest): PlanForecast {
		const key = JSON.stringify(scope);
		const known = this.#forecasts.get(key);
		if (known !== undefined) {
			return known;
		}
		const chosen = scopeOf(plan, scope, { withDependencies: false });
		if ('error' in chosen) {
			throw new Error(chosen.error);
		}
		const forecast = new PlanForecast(plan, {
			...(scope.kind !== 'all' && { scope: chosen.tasks }),
			basis: this.#basisOf(plan),
		});
		this.#forecasts.set(key, forecast);
		return forecast;
	}

	#basisOf(plan: RunPlan): ForecastBasis {
		this.#basis ??= forecastBasis(plan, this.#history);
		return this.#basis;
	}

	#sendCurve(source: PlanForecast, generation: number): void {
		if (generation === this.#newest) {
			this.#try(generation, () => {
				const { points, knee } = source.curve;
				const minutes = points.map(({ makespanMinutes }) => makespanMinutes);
				this.#options.answer({ kind: 'curve', generation, curve: { minutes, knee } }, []);
			});
		}
	}

	#try(generation: number, work: () => void): void {
		try {
			work();
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			this.#options.answer({ kind: 'failed', generation, message }, []);
		}
	}
}

function buffersOf(forecast: Forecast): Transferable[] {
	const { tasks, starts, ends, slots, critical, waitsFor, waitCause, estimateReason } = forecast;
	const columns = [tasks, starts, ends, slots, critical, waitsFor, waitCause, estimateReason];
	return columns.map(({ buffer }) => buffer as ArrayBuffer);
}
