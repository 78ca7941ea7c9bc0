import type { TaskReport } from '../core/history/runReport.ts';
import type { Spread } from '../core/history/spread.ts';
import type { ReportInput } from './reportText.ts';

/**
 * `report --json`: `{run, plan, state, startedAt, endedAt, wallMinutes, busyMinutes, workMinutes, checkMinutes, attempts,
 * totals, skipped, failures, unverified, altered}`, and with `--estimates` also `{forecast, tasks, types, history}`. Times in minutes, dates in
 * ISO 8601, null for what is unknown. Of a plan without a run: `{run: null}`.
 */
export function reportObject(input: ReportInput | null): Readonly<Record<string, unknown>> {
	if (input === null) {
		return { run: null };
	}
	const { view, report, estimates } = input;
	return {
		run: view.run,
		plan: view.plan.name,
		state: view.state,
		startedAt: date(report.startedAt),
		endedAt: date(report.endedAt),
		wallMinutes: round(report.wallMinutes),
		busyMinutes: round(report.busyMinutes),
		workMinutes: round(report.workMinutes),
		checkMinutes: round(report.checkMinutes),
		attempts: report.attempts,
		totals: report.totals,
		skipped: report.skipped,
		failures: report.tasks
			.filter(({ status }) => status === 'failed')
			.map(({ id, reason }) => ({ task: id, reason })),
		unverified: report.tasks.filter((task) => task.isUnverified).map(({ id }) => id),
		altered: view.altered,
		...(estimates ? estimatesOf(input) : {}),
	};
}

function estimatesOf({ report, history, forecast }: ReportInput) {
	return {
		forecast: forecast === null ? null : mapRound({ ...forecast }),
		tasks: Object.fromEntries(report.tasks.map((task) => [task.id, taskObject(task)])),
		types: report.types.map(({ type, tasks, estimateMinutes, actualMinutes, ratio }) => ({
			...{ type, tasks, estimateMinutes: round(estimateMinutes) },
			actualMinutes: round(actualMinutes),
			ratio: spreadObject(ratio),
		})),
		history: history.groups.map(({ key, minutes, ratio, costUsd }) => ({
			...key,
			minutes: spreadObject(minutes),
			ratio: ratio === null ? null : spreadObject(ratio),
			costUsd: costUsd === null ? null : spreadObject(costUsd),
		})),
	};
}

function taskObject({ name, type, agent, status, attempts, validation, ...times }: TaskReport) {
	return {
		...{ name, type, agent, status, attempts, validation },
		estimateMinutes: times.estimateMinutes,
		actualMinutes: times.actualMinutes === null ? null : round(times.actualMinutes),
		ratio: times.ratio === null ? null : round(times.ratio),
	};
}

function spreadObject({ n, least, lower, median, upper, most }: Spread) {
	return { n, ...mapRound({ least, lower, median, upper, most }) };
}

function mapRound(values: Readonly<Record<string, number>>): Record<string, number> {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value)]));
}

function date(at: number | null): string | null {
	return at === null ? null : new Date(at).toISOString();
}

/** Four digits that mean something: tasks take seconds or weeks. */
function round(value: number): number {
	return Number(value.toPrecision(4));
}
