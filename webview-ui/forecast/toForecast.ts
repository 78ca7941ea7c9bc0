import type { TaskEstimate } from '../../src/core/history/estimateMissing.ts';
import { rowsOf } from '../../src/core/run/gateUnits.ts';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import type { PreviewReport } from '../../src/core/schedule/previewReport.ts';
import type { Forecast } from './forecast.ts';
import { waitCauses } from './forecast.ts';

/**
 * Turns a report, which names tasks by id, into columns that are quick to hand over and to draw. Places are those of the
 * rows of a run: the tasks of the plan, then its gates.
 */
export function toForecast(
	plan: RunPlan,
	report: PreviewReport,
	estimates: readonly TaskEstimate[],
): Forecast {
	const places = new Map(rowsOf(plan, []).map(({ id }, index) => [id, index]));
	const placeOf = (id: string) => places.get(id) ?? -1;
	const schedule = report.schedule.filter(({ task }) => places.has(task));
	const onPath = new Set(report.criticalPath.tasks);
	const reasonOf = new Map(
		estimates.flatMap(({ id, reason }) => (reason === '' ? [] : [[id, reason] as const])),
	);
	const estimateReasons = [...new Set(reasonOf.values())];
	const numberOf = new Map(estimateReasons.map((reason, index) => [reason, index]));
	const waits = new Map(report.waits.map((wait) => [wait.task, wait]));
	return {
		strategy: report.strategy,
		agents: report.agents,
		tasks: Int32Array.from(schedule, ({ task }) => placeOf(task)),
		starts: Float64Array.from(schedule, ({ start }) => start),
		ends: Float64Array.from(schedule, ({ end }) => end),
		slots: Int32Array.from(schedule, ({ agent }) => agent - 1),
		critical: Uint8Array.from(schedule, ({ task }) => (onPath.has(task) ? 1 : 0)),
		waitsFor: Int32Array.from(schedule, ({ task }) => placeOf(waits.get(task)?.waitsFor ?? '')),
		waitCause: Int8Array.from(schedule, ({ task }) => {
			const wait = waits.get(task);
			return wait === undefined ? -1 : waitCauses.indexOf(wait.cause);
		}),
		estimateReason: Int16Array.from(schedule, ({ task }) => numberOf.get(reasonOf.get(task) ?? '') ?? -1),
		estimateReasons,
		cost: report.cost,
		slotCount: schedule.reduce((most, { agent }) => Math.max(most, agent), report.agents),
		usedSlots: new Set(schedule.map(({ agent }) => agent)).size,
		criticalTasks: schedule.filter(({ task }) => onPath.has(task)).length,
		agentTasks: report.tasks.filter(({ work }) => work.kind === 'agent').length,
		makespanMinutes: report.makespanMinutes,
		withMarginMinutes: report.withMarginMinutes,
		marginPercent: report.marginPercent,
		sequentialMinutes: report.sequentialMinutes,
		criticalMinutes: report.criticalPath.minutes,
		runPathMinutes: report.runPath.minutes,
		efficiency: report.efficiency,
		utilisation: report.utilisation,
		width: report.width,
		layers: report.layers.map((layer) => Int32Array.from(layer, placeOf).filter((place) => place !== -1)),
		warnings: report.warnings.map(({ message, tasks }) => ({ message, task: tasks[0] ?? null })),
	};
}
