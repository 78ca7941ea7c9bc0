import type { History } from '../core/history/history.ts';
import type { RunReport, TaskReport } from '../core/history/runReport.ts';
import type { Spread } from '../core/history/spread.ts';
import type { ForecastOutcome } from '../core/schedule/forecastOutcome.ts';
import type { RunView } from '../engine/journal/runView.ts';
import { alteredLines } from './alteredLines.ts';
import { duration, times } from './duration.ts';
import { table } from './textTable.ts';

/** A run to report on, with what all runs of the workspace taught. */
export interface ReportInput {
	readonly view: RunView;
	readonly report: RunReport;
	readonly history: History;
	/** Also every task beside its estimate. */
	readonly estimates: boolean;
	/** What the plan forecast, where the whole of it was done. */
	readonly forecast: ForecastOutcome | null;
}

/** How many of the longest tasks the short report names. */
const longestShown = 5;

/** The report for people: how the run went, what failed, what nobody verified, and estimates beside what happened. */
export function reportText(input: ReportInput): string {
	const sections = [
		headOf(input),
		failuresOf(input.report),
		unverifiedOf(input.report),
		alteredLines(input.view.altered).slice(1),
		longestOf(input.report),
		...(input.estimates
			? [forecastOf(input), tasksOf(input.report), typesOf(input.report), historyOf(input.history)]
			: []),
	];
	return `${sections
		.filter((lines) => lines.length > 0)
		.map((lines) => lines.join('\n'))
		.join('\n\n')}\n`;
}

function headOf({ view, report }: ReportInput): string[] {
	const { totals, skipped } = report;
	const others = [
		skipped > 0 ? `${skipped} of them skipped` : '',
		totals.failed > 0 ? `${totals.failed} failed` : '',
		totals.blocked > 0 ? `${totals.blocked} blocked` : '',
		totals.running > 0 ? `${totals.running} running` : '',
		totals.waiting > 0 ? `${totals.waiting} not begun` : '',
		totals.unverified > 0 ? `${totals.unverified} unverified` : '',
	];
	const parts = [`${totals.completed} of ${totals.total} completed`, ...others.filter((one) => one !== '')];
	const lines = [
		`${view.run}  ${view.state}`,
		`Plan:   ${view.plan.name} (${view.plan.strategy}, at most ${view.plan.jobs} at once)`,
		`Tasks:  ${parts.join(', ')}`,
	];
	if (report.startedAt === null || report.endedAt === null) {
		return [...lines, 'Time:   nothing has ended yet'];
	}
	const atOnce = report.busyMinutes > 0 ? (report.workMinutes + report.checkMinutes) / report.busyMinutes : 0;
	return [
		...lines,
		`Time:   ${minute(report.startedAt)} to ${minute(report.endedAt)}: ${duration(report.wallMinutes)}, of it ${duration(report.busyMinutes)} at work`,
		`Work:   ${duration(report.workMinutes)} in ${count(report.attempts, 'attempt')}, ${duration(report.checkMinutes)} of checks, ${atOnce.toFixed(1)} at once on average`,
	];
}

function failuresOf({ tasks }: RunReport): string[] {
	const failed = tasks.filter(({ status }) => status === 'failed');
	return failed.length === 0 ? [] : ['Failed:', ...failed.map(({ id, reason }) => `  ${id}  ${reason}`)];
}

function unverifiedOf({ tasks }: RunReport): string[] {
	const found = tasks.filter((task) => task.isUnverified);
	return found.length === 0
		? []
		: ['Completed, and verified by nothing:', ...found.map(({ id, name }) => `  ${id}  ${name}`)];
}

function longestOf({ tasks }: RunReport): string[] {
	const measured = tasks
		.filter(hasActual)
		.sort((a, b) => b.actualMinutes - a.actualMinutes)
		.slice(0, longestShown);
	return measured.length === 0
		? []
		: [
				'Longest:',
				...table(
					measured.map((task) => [task.id, duration(task.actualMinutes), task.name]),
					'lrl',
				),
			];
}

function hasActual(task: TaskReport): task is TaskReport & { readonly actualMinutes: number } {
	return task.actualMinutes !== null;
}

function forecastOf({ forecast }: ReportInput): string[] {
	if (forecast === null) {
		return [];
	}
	const { makespanMinutes, withMarginMinutes, actualMinutes, ratio } = forecast;
	return [
		`Forecast: ${duration(makespanMinutes)}, with margin ${duration(withMarginMinutes)}; it took ${duration(actualMinutes)} (${times(ratio)})`,
	];
}

function tasksOf({ tasks }: RunReport): string[] {
	const rows = tasks.map(({ id, type, status, estimateMinutes, actualMinutes, ratio }) => [
		id,
		type === '' ? '–' : type,
		status,
		estimateMinutes === null ? 'no estimate' : duration(estimateMinutes),
		actualMinutes === null ? '–' : duration(actualMinutes),
		ratio === null ? '–' : times(ratio),
	]);
	return [
		'Tasks:',
		...table([['task', 'type', 'status', 'estimate', 'actual', 'actual/estimate'], ...rows], 'lllrrr'),
	];
}

function typesOf({ types }: RunReport): string[] {
	if (types.length === 0) {
		return ['By type: no completed task has an estimate, so there is nothing to compare.'];
	}
	const rows = types.map(({ type, tasks, estimateMinutes, actualMinutes, ratio }) => [
		type === '' ? '–' : type,
		String(tasks),
		duration(estimateMinutes),
		duration(actualMinutes),
		spreadText(ratio),
	]);
	return [
		'By type:',
		...table(
			[['type', 'tasks', 'estimate', 'actual', 'actual/estimate: median (quartiles)'], ...rows],
			'lrrrl',
		),
	];
}

function historyOf(history: History): string[] {
	const rows = history.groups.map(({ key, minutes, ratio, costUsd }) => [
		key.type === '' ? '–' : key.type,
		key.agent ?? '',
		key.tier ?? '',
		String(minutes.n),
		`${duration(minutes.median)} (${duration(minutes.lower)} to ${duration(minutes.upper)})`,
		ratio === null ? '–' : spreadText(ratio),
		costUsd === null ? '–' : `$${costUsd.median.toFixed(2)}`,
	]);
	const runs = new Set(history.samples.map(({ run }) => run)).size;
	const head = ['type', 'agent', 'tier', 'tasks', 'time: median (quartiles)', 'actual/estimate', 'cost'];
	return rows.length === 0
		? []
		: [`Learned from ${count(runs, 'run')}:`, ...table([head, ...rows], 'lllrlll')];
}

function spreadText({ median, lower, upper, n }: Spread): string {
	return n === 1 ? times(median) : `${times(median)} (${times(lower)} to ${times(upper)})`;
}

function minute(at: number): string {
	return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function count(n: number, what: string): string {
	return `${n} ${what}${n === 1 ? '' : 's'}`;
}
