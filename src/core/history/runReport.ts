import type { TaskState, TaskStatus, Validation } from '../run/runState.ts';
import type { RunTable } from '../run/runTable.ts';
import type { RunTotals } from '../run/summarise.ts';
import { isUnverified, summariseTask, totalsOf } from '../run/summarise.ts';
import { agentOf, checkMs, measuredMinutes, workMs } from './historySample.ts';
import type { Spread } from './spread.ts';
import { spreadOf } from './spread.ts';

/** One task of a run beside what the plan said of it. Times in minutes; null is unknown. */
export interface TaskReport {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly agent: string;
	readonly status: TaskStatus;
	readonly attempts: number;
	readonly validation: Validation | null;
	readonly isUnverified: boolean;
	readonly reason: string;
	readonly estimateMinutes: number | null;
	/** Work and checks of all attempts; of completed tasks only. */
	readonly actualMinutes: number | null;
	/** Actual by estimate. */
	readonly ratio: number | null;
}

/** The completed tasks of one type that have both an estimate and a measured time. */
export interface TypeReport {
	readonly type: string;
	readonly tasks: number;
	readonly estimateMinutes: number;
	readonly actualMinutes: number;
	readonly ratio: Spread;
}

/** What one run came to. Times in minutes, dates in milliseconds since the epoch; only measured figures. */
export interface RunReport {
	readonly totals: RunTotals;
	readonly skipped: number;
	readonly startedAt: number | null;
	/** When the last work or check ended. */
	readonly endedAt: number | null;
	/** From the first start to the last end, breaks included. */
	readonly wallMinutes: number;
	/** As long as anything ran: breaks are not part of it. */
	readonly busyMinutes: number;
	readonly workMinutes: number;
	readonly checkMinutes: number;
	readonly attempts: number;
	readonly tasks: readonly TaskReport[];
	/** Sorted by type; types without a task that has both figures are not here. */
	readonly types: readonly TypeReport[];
}

/** Looks back on a run, from its tables alone. Works on runs that are still going on, for what has ended. */
export function reportRun(table: RunTable): RunReport {
	const states = [...table.planTasks()];
	const tasks = states.map((state) => reportTask(table, state));
	// The gates took time as well, although nobody planned them.
	const rows = [...table.tasks.values()];
	const spans = rows.flatMap(spansOf);
	const attempts = rows.flatMap((state) => state.attempts);
	const startedAt = spans.reduce<number | null>((at, [from]) => Math.min(at ?? from, from), null);
	const endedAt = spans.reduce<number | null>((at, [, to]) => Math.max(at ?? to, to), null);
	return {
		totals: totalsOf(table),
		skipped: states.filter(({ status }) => status === 'skipped').length,
		startedAt,
		endedAt,
		wallMinutes: startedAt === null || endedAt === null ? 0 : (endedAt - startedAt) / 60_000,
		busyMinutes: unionMs(spans) / 60_000,
		workMinutes: attempts.reduce((sum, attempt) => sum + workMs(attempt), 0) / 60_000,
		checkMinutes: attempts.reduce((sum, attempt) => sum + checkMs(attempt), 0) / 60_000,
		attempts: attempts.length,
		tasks,
		types: reportTypes(tasks),
	};
}

function reportTask(table: RunTable, state: TaskState): TaskReport {
	const { id, name, type, estimateMinutes } = state.task;
	const { validation } = state;
	const { status, reason } = summariseTask(table, state);
	const actualMinutes = state.status === 'completed' ? measuredMinutes(state) : null;
	const isComparable = actualMinutes !== null && estimateMinutes !== null && estimateMinutes > 0;
	return {
		...{ id, name, type, status, reason, validation, estimateMinutes, actualMinutes },
		agent: agentOf(state.task),
		attempts: state.attempts.length,
		isUnverified: isUnverified(state),
		ratio: isComparable ? actualMinutes / estimateMinutes : null,
	};
}

function reportTypes(tasks: readonly TaskReport[]): TypeReport[] {
	const byType = new Map<string, TaskReport[]>();
	for (const task of tasks) {
		if (task.ratio !== null) {
			const members = byType.get(task.type);
			if (members === undefined) {
				byType.set(task.type, [task]);
			} else {
				members.push(task);
			}
		}
	}
	return [...byType]
		.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
		.flatMap(([type, members]) => {
			const ratio = spreadOf(members.map((task) => task.ratio ?? 0));
			return ratio === null
				? []
				: {
						...{ type, ratio },
						tasks: members.length,
						estimateMinutes: members.reduce((sum, task) => sum + (task.estimateMinutes ?? 0), 0),
						actualMinutes: members.reduce((sum, task) => sum + (task.actualMinutes ?? 0), 0),
					};
		});
}

type Span = readonly [from: number, to: number];

/** When work or checks of a task went on, as far as they have ended. */
function spansOf({ attempts }: TaskState): Span[] {
	return attempts.flatMap(({ startedAt, endedAt, checks }) => [
		...(startedAt === null || endedAt === null ? [] : [[startedAt, endedAt] as const]),
		...checks.map((check) => [check.startedAt, check.endedAt] as const),
	]);
}

/** How long at least one of the spans went on. */
function unionMs(spans: readonly Span[]): number {
	let total = 0;
	let covered = Number.NEGATIVE_INFINITY;
	for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
		total += Math.max(0, to - Math.max(from, covered));
		covered = Math.max(covered, to);
	}
	return total;
}
