import type { TaskEstimate } from '../history/estimateMissing.ts';
import type { ForecastBasis } from '../history/forecastBasis.ts';
import { assumedMinutes } from '../run/rankTasks.ts';
import type { RunPlan, RunTask } from '../run/runPlan.ts';
import type { ExpectedTime, PreviewGate, PreviewTask } from './previewReport.ts';

/** What tasks and steps of gates are expected to take, in the words of a preview. */
export class ForecastTimes {
	/** Minutes by id, of what states none itself. */
	readonly minutes: ReadonlyMap<string, number>;
	readonly #estimates: ReadonlyMap<string, TaskEstimate>;

	constructor({ estimates }: ForecastBasis) {
		this.#estimates = new Map(estimates.map((estimate) => [estimate.id, estimate]));
		this.minutes = new Map(estimates.map(({ id, minutes }) => [id, minutes]));
	}

	task(task: RunTask): PreviewTask {
		const { id, name, layer, work, t2, steps, approval, checks } = task;
		return {
			...{ id, name, layer },
			...this.#timeOf(task),
			isEstimated: task.estimateMinutes === null,
			work,
			...(t2 && { t2 }),
			...(steps && { steps }),
			...(approval && { approval }),
			checks,
		};
	}

	/** The gates of a plan that have rows here, with their steps. */
	gatesOf({ gates = [] }: RunPlan, rows: readonly RunTask[]): PreviewGate[] {
		if (gates.length === 0) {
			return [];
		}
		const steps = new Map<string, RunTask[]>();
		for (const row of rows) {
			if (row.unit !== undefined) {
				const known = steps.get(row.unit.gate);
				if (known === undefined) {
					steps.set(row.unit.gate, [row]);
				} else {
					known.push(row);
				}
			}
		}
		return gates
			.filter(({ id }) => steps.has(id))
			.map(({ id, name, level, judges, unconfigured }) => ({
				...{ id, name, level, judges, unconfigured },
				steps: (steps.get(id) ?? []).flatMap((row) => this.#stepOf(row)),
			}));
	}

	#stepOf(row: RunTask): PreviewGate['steps'] {
		const { id, name, work, checks, unit } = row;
		return unit === undefined || unit.role === 'gate'
			? []
			: [{ id, name, role: unit.role, advisory: unit.advisory, ...this.#timeOf(row), work, checks }];
	}

	#timeOf({ id, estimateMinutes, unit }: RunTask): ExpectedTime {
		if (estimateMinutes !== null) {
			return { minutes: estimateMinutes, source: 'stated', reason: '' };
		}
		const known = this.#estimates.get(id);
		if (known !== undefined) {
			return { minutes: known.minutes, source: known.source, reason: known.reason };
		}
		// A basis that was made for another version of the plan does not know all of it.
		return unit === undefined
			? { minutes: assumedMinutes, source: 'assumed', reason: '' }
			: { minutes: 0, source: 'unknown', reason: '' };
	}
}
