import { buildGraph } from '../graph/buildGraph.ts';
import type { CriticalPath } from '../graph/criticalPath.ts';
import { criticalPath } from '../graph/criticalPath.ts';
import { largestBound, lowerBounds } from '../graph/lowerBounds.ts';
import { maximumAntichain } from '../graph/maximumAntichain.ts';
import type { CostRange } from '../history/costRange.ts';
import { orderGraph } from '../run/orderGraph.ts';
import type { RunPlan, RunTask } from '../run/runPlan.ts';
import type { MakespanCurve } from './makespanCurve.ts';
import { makespanCurve } from './makespanCurve.ts';
import type { PreviewReport, PreviewTask, PreviewWarning } from './previewReport.ts';
import { planWarnings, runWarnings } from './previewWarnings.ts';
import type { ScheduleScope } from './scheduleTable.ts';
import { minuteMs, ScheduleTable } from './scheduleTable.ts';
import type { Simulation } from './simulate.ts';
import { simulate } from './simulate.ts';

export interface ForecastOptions extends ScheduleScope {
	/** What else a person should know: about gates, and about tasks that nobody can run. */
	readonly warnings?: readonly PreviewWarning[];
	/** What history knows about the cost. */
	readonly cost?: CostRange | null;
}

/**
 * The forecast of a run of one plan by its strategy (P6), for any number of agents: made once, asked often. Another strategy
 * is another plan: `toRunPlan` with a choice.
 */
export class PlanForecast {
	readonly #plan: RunPlan;
	readonly #options: ForecastOptions;
	readonly #table: ScheduleTable;
	/** The tasks of the scope, without gates, and their minutes. */
	readonly #tasks: readonly RunTask[];
	readonly #minutes: Float64Array;
	#shape: Shape | null = null;
	#lasting: Pick<PreviewReport, 'tasks' | 'warnings'> | null = null;
	#curve: MakespanCurve | null = null;

	constructor(plan: RunPlan, options: ForecastOptions = {}) {
		this.#plan = plan;
		this.#options = options;
		this.#table = new ScheduleTable(plan, options);
		const { rows, members, duration } = this.#table;
		const places = members.filter((row) => rows[row]?.unit === undefined);
		this.#tasks = [...places].flatMap((row) => rows[row] ?? []);
		this.#minutes = Float64Array.from(places, (row) => (duration[row] ?? 0) / minuteMs);
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
		const { sequentialMinutes } = shape;
		return {
			plan: name,
			strategy,
			agents,
			layers: shape.layers,
			width: shape.width,
			sequentialMinutes,
			makespanMinutes,
			lowerBoundMinutes: this.#lowerBound(shape, agents),
			efficiency: ratio(sequentialMinutes, agents * makespanMinutes),
			utilisation: ratio(sequentialMinutes, peak * makespanMinutes),
			saving: sequentialMinutes === 0 ? 0 : 1 - makespanMinutes / sequentialMinutes,
			criticalPath: shape.path,
			schedule,
			waits,
			withMarginMinutes: (makespanMinutes * (100 + rules.marginPercent)) / 100,
			marginPercent: rules.marginPercent,
			curve: [],
			knee: 0,
			tasks: this.#lastingOnce().tasks,
			cost: this.#options.cost ?? null,
			warnings: [...runWarnings(simulation), ...this.#lastingOnce().warnings],
		};
	}

	/** The same with its curve. */
	fullReport(agents?: number): PreviewReport {
		return { ...this.report(agents), curve: this.curve.points, knee: this.curve.knee };
	}

	/** What every report of this forecast says alike. */
	#lastingOnce(): Pick<PreviewReport, 'tasks' | 'warnings'> {
		this.#lasting ??= {
			tasks: this.#tasks.map((task, place) => describe(task, this.#minutes[place] ?? 0)),
			warnings: [
				...planWarnings({ tasks: this.#tasks, minutes: this.#minutes }),
				...(this.#options.warnings ?? []),
			],
		};
		return this.#lasting;
	}

	/** What waits in a circle is left out, with any number of agents. */
	#shapeOnce({ stranded }: Simulation): Shape {
		if (this.#shape === null) {
			const left = new Set(stranded);
			const places = [...this.#tasks.keys()].filter((place) => !left.has(this.#tasks[place]?.id ?? ''));
			this.#shape = shapeOf(
				places.flatMap((place) => this.#tasks[place] ?? []),
				{
					minutes: Float64Array.from(places, (place) => this.#minutes[place] ?? 0),
					sprints: this.#plan.sprints,
				},
			);
		}
		return this.#shape;
	}

	#lowerBound({ graph, weights, critical }: Shape, agents: number): number {
		return largestBound(lowerBounds(graph, weights, { critical, workers: Math.max(1, agents) })).length;
	}
}

/** What does not depend on the number of agents. */
interface Shape {
	readonly graph: ReturnType<typeof orderGraph>;
	readonly weights: Float64Array;
	readonly critical: CriticalPath;
	readonly layers: readonly (readonly string[])[];
	readonly width: number;
	readonly sequentialMinutes: number;
	readonly path: { readonly tasks: readonly string[]; readonly minutes: number };
}

function shapeOf(
	tasks: readonly RunTask[],
	{ minutes, sprints }: { readonly minutes: Float64Array; readonly sprints: RunPlan['sprints'] },
): Shape {
	const graph = orderGraph({ tasks, sprints });
	const weights = new Float64Array(graph.size);
	weights.set(minutes);
	const critical = criticalPath(graph, weights);
	const layers = layersIn(tasks);
	return {
		graph,
		weights,
		critical,
		layers,
		width: widthOf(tasks, layers),
		sequentialMinutes: minutes.reduce((sum, value) => sum + value, 0),
		path: { tasks: [...critical.nodes].flatMap((node) => tasks[node]?.id ?? []), minutes: critical.length },
	};
}

function describe(task: RunTask, minutes: number): PreviewTask {
	const { id, name, layer, estimateMinutes, work, checks } = task;
	return { id, name, layer, minutes, isEstimated: estimateMinutes === null, work, checks };
}

function layersIn(tasks: readonly RunTask[]): string[][] {
	const layers = new Map<number, string[]>();
	for (const { id, layer } of tasks) {
		const known = layers.get(layer);
		if (known === undefined) {
			layers.set(layer, [id]);
		} else {
			known.push(id);
		}
	}
	return [...layers].sort(([a], [b]) => a - b).map(([, ids]) => ids);
}

/** P1: the maximum antichain; where a plan states layers and no edges, they are its order. */
function widthOf(tasks: readonly RunTask[], layers: readonly (readonly string[])[]): number {
	const ids = new Set(tasks.map(({ id }) => id));
	const edges = tasks.flatMap(({ id, dependencies }) =>
		dependencies.filter((before) => ids.has(before)).map((before) => [before, id] as const),
	);
	return edges.length === 0
		? layers.reduce((most, layer) => Math.max(most, layer.length), 0)
		: maximumAntichain(buildGraph(ids, edges)).length;
}

function ratio(part: number, whole: number): number {
	return whole === 0 ? 0 : part / whole;
}
