import { costRange } from '../history/costRange.ts';
import type { ForecastBasis } from '../history/forecastBasis.ts';
import { forecastBasis } from '../history/forecastBasis.ts';
import { History } from '../history/history.ts';
import type { RunPlan, RunTask } from '../run/runPlan.ts';
import { ForecastShape } from './forecastShape.ts';
import { ForecastTimes } from './forecastTimes.ts';
import type { MakespanCurve } from './makespanCurve.ts';
import { makespanCurve } from './makespanCurve.ts';
import type { PreviewReport, PreviewWarning } from './previewReport.ts';
import { planWarnings, runWarnings } from './previewWarnings.ts';
import type { ScheduleScope } from './scheduleTable.ts';
import { minuteMs, ScheduleTable } from './scheduleTable.ts';
import type { Simulation } from './simulate.ts';
import { simulate } from './simulate.ts';

export interface ForecastOptions extends Pick<ScheduleScope, 'scope'> {
	/** What history and neighbours say of this plan; without it what neighbours say alone. */
	readonly basis?: ForecastBasis;
	/** What else a person should know: about gates, and about tasks that nobody can run. */
	readonly warnings?: readonly PreviewWarning[];
}

/**
 * The forecast of a run of one plan by its strategy (P6), for any number of agents: made once, asked often. Another strategy
 * is another plan: `toRunPlan` with a choice.
 */
export class PlanForecast {
	readonly #plan: RunPlan;
	readonly #options: ForecastOptions;
	readonly #basis: ForecastBasis;
	readonly #times: ForecastTimes;
	readonly #table: ScheduleTable;
	/** What runs, in the order of a run's rows: the tasks of the scope, then gates with their steps. */
	readonly #rows: readonly RunTask[];
	readonly #minutes: Float64Array;
	#shape: ForecastShape | null = null;
	#lasting: Pick<PreviewReport, 'tasks' | 'gates' | 'cost' | 'warnings'> | null = null;
	#curve: MakespanCurve | null = null;

	constructor(plan: RunPlan, options: ForecastOptions = {}) {
		this.#plan = plan;
		this.#options = options;
		this.#basis = options.basis ?? forecastBasis(plan, new History([]));
		this.#times = new ForecastTimes(this.#basis);
		const { scope } = options;
		this.#table = new ScheduleTable(plan, {
			...(scope !== undefined && { scope }),
			minutes: this.#times.minutes,
		});
		const { rows, members, duration } = this.#table;
		this.#rows = Array.from(members, (row) => rows[row]).filter((row) => row !== undefined);
		this.#minutes = Float64Array.from(members, (row) => (duration[row] ?? 0) / minuteMs);
	}

	/** Makespan for 1 to 64 agents. */
	get curve(): MakespanCurve {
		this.#curve ??= makespanCurve(this.#table);
		return this.#curve;
	}

	/** The run with so many agents; without a number as many as the plan and its strategy allow. Its curve is left empty. */
	report(agents = this.#plan.jobs): PreviewReport {
		const { rules, name, strategy } = this.#plan;
		const simulation = simulate(this.#table, agents);
		const shape = this.#shapeOnce(simulation);
		const { makespanMinutes, peak, schedule, waits } = simulation;
		const { layers, width, sequentialMinutes, gateMinutes, criticalPath, runPath } = shape;
		const { tasks, gates, cost, warnings } = this.#lastingOnce();
		return {
			plan: name,
			strategy,
			agents,
			layers,
			width,
			sequentialMinutes,
			gateMinutes,
			makespanMinutes,
			lowerBoundMinutes: shape.lowerBound(agents),
			efficiency: ratio(sequentialMinutes, agents * makespanMinutes),
			utilisation: ratio(sequentialMinutes, peak * makespanMinutes),
			saving: sequentialMinutes === 0 ? 0 : 1 - makespanMinutes / sequentialMinutes,
			criticalPath,
			runPath,
			schedule,
			waits,
			withMarginMinutes: (makespanMinutes * (100 + rules.marginPercent)) / 100,
			marginPercent: rules.marginPercent,
			curve: [],
			knee: 0,
			tasks,
			gates,
			cost,
			warnings: [...runWarnings(simulation), ...warnings],
		};
	}

	/** The same with its curve. */
	fullReport(agents?: number): PreviewReport {
		return { ...this.report(agents), curve: this.curve.points, knee: this.curve.knee };
	}

	/** What every report of this forecast says alike. */
	#lastingOnce(): Pick<PreviewReport, 'tasks' | 'gates' | 'cost' | 'warnings'> {
		if (this.#lasting === null) {
			const own = this.#rows.filter(({ unit }) => unit === undefined);
			// Tasks come first among the rows, so that their minutes have the same places.
			const minutes = this.#minutes.subarray(0, own.length);
			const gates = this.#times.gatesOf(this.#plan, this.#rows);
			this.#lasting = {
				tasks: own.map((task) => this.#times.task(task)),
				gates,
				cost: costRange(own, this.#basis.costs),
				warnings: [...planWarnings({ tasks: own, minutes, gates }), ...(this.#options.warnings ?? [])],
			};
		}
		return this.#lasting;
	}

	/** What waits in a circle is left out, with any number of agents. */
	#shapeOnce({ stranded }: Simulation): ForecastShape {
		if (this.#shape === null) {
			const left = new Set(stranded);
			const places = [...this.#rows.keys()].filter((place) => !left.has(this.#rows[place]?.id ?? ''));
			this.#shape = new ForecastShape({
				plan: this.#plan,
				rows: places.flatMap((place) => this.#rows[place] ?? []),
				minutes: Float64Array.from(places, (place) => this.#minutes[place] ?? 0),
			});
		}
		return this.#shape;
	}
}

function ratio(part: number, whole: number): number {
	return whole === 0 ? 0 : part / whole;
}
