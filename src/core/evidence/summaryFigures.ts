import { coverageOf } from '../run/findings.ts';
import type { TaskState } from '../run/runState.ts';
import type { SummaryInput } from './summaryInput.ts';

/** Minutes of all estimates together; null where a task has none, because a sum of some would not be one of all. */
export function sequentialEstimate({ report }: SummaryInput): number | null {
	return report.tasks.reduce<number | null>(
		(sum, { estimateMinutes }) => (sum === null || estimateMinutes === null ? null : sum + estimateMinutes),
		0,
	);
}

/** Work and checks, by so many workers times the time in which anything ran (P6); null before anything ran. */
export function efficiencyOf({ report }: SummaryInput, workers: number): number | null {
	const capacity = workers * report.busyMinutes;
	return capacity > 0 ? Math.min(1, (report.workMinutes + report.checkMinutes) / capacity) : null;
}

/** How many jobs ran at the same time at most. */
export function mostAtOnce({ tasks, units }: SummaryInput): number {
	const changes = [...tasks, ...units].flatMap(spansOf).sort(([a, x], [b, y]) => a - b || x - y);
	let [now, most] = [0, 0];
	for (const [, change] of changes) {
		now += change;
		most = Math.max(most, now);
	}
	return most;
}

function spansOf({ attempts }: TaskState): [at: number, change: number][] {
	return attempts.flatMap(({ startedAt, endedAt, checks }) => {
		const end = checks.at(-1)?.endedAt ?? endedAt;
		return startedAt === null || end === null
			? []
			: [
					[startedAt, 1],
					[end, -1],
				];
	});
}

/** The share of tasks whose checks all passed at the first attempt, of those with checks that were made; null for none. */
export function qualityOf({ tasks }: SummaryInput): number | null {
	const checked = tasks.filter(({ attempts }) => attempts.some(({ checks }) => checks.length > 0));
	const atOnce = checked.filter(({ status, attempts }) => status === 'completed' && attempts.length === 1);
	return checked.length === 0 ? null : atOnce.length / checked.length;
}

/** Sprints whose tasks are all completed or skipped, and whose gate, where there is one, was not refused. */
export function sprintsDone({ plan, tasks, gates }: SummaryInput): {
	readonly done: number;
	readonly total: number;
} {
	const settled = new Set(
		tasks.filter(({ status }) => status === 'completed' || status === 'skipped').map(({ task }) => task.id),
	);
	const open = new Set(
		gates.flatMap(({ level, sprint, status }) =>
			level === 'sprint' && !/^(passed|skipped|not-configured)$/.test(status) ? (sprint ?? []) : [],
		),
	);
	const done = plan.sprints.filter(
		(sprint) => !open.has(sprint.id) && sprint.tasks.every((id) => settled.has(id)),
	);
	return { done: done.length, total: plan.sprints.length };
}

/** What reports said in numbers: the coverage of the last one, and the tests of the last attempt of every row together. */
export function measuredFigures({ tasks, units }: SummaryInput): {
	readonly coverage: number | null;
	readonly tests: { readonly total: number; readonly passed: number } | null;
} {
	const last = [...tasks, ...units].flatMap(({ attempts }) => {
		const checks = attempts.at(-1)?.checks ?? [];
		return checks.map(({ endedAt, figures }) => ({ endedAt, figures }));
	});
	const inTime = last.sort((a, b) => a.endedAt - b.endedAt);
	const coverage = inTime.reduce<number | null>((best, { figures }) => coverageOf(figures) ?? best, null);
	const tests = inTime.flatMap(({ figures }) => figures.tests ?? []);
	const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
	return {
		coverage,
		tests:
			tests.length === 0
				? null
				: { total: sum(tests.map(({ total }) => total)), passed: sum(tests.map(({ passed }) => passed)) },
	};
}
