import type { RunTask } from '../runPlan.ts';
import type { AttemptState, Baseline, Need, TaskState } from '../runState.ts';
import { noBaselines } from '../runState.ts';
import type { AttemptColumns } from './attemptColumns.ts';
import { packAttempts, unpackAttempts } from './attemptColumns.ts';
import type { Column, Columns, Loose, Sparse } from './columns.ts';
import { packColumn, packColumns, packSparse, unpackColumn, unpackColumns, unpackSparse } from './columns.ts';
import type { WrittenColumns } from './writtenColumns.ts';
import { packWritten, unpackWritten } from './writtenColumns.ts';

type PlainField = keyof Omit<TaskState, 'task' | 'attempts' | 'need' | 'baselines' | 'written'>;

/** Tasks by their fields. */
export interface TaskColumns {
	readonly size: number;
	readonly plain: Columns<TaskState, PlainField>;
	/** Those that run, or ran last, by another definition than that of the plan in force (D6). */
	readonly task: Sparse<RunTask | null>;
	readonly need: Sparse<Need | null>;
	readonly baselines: Sparse<readonly (readonly [check: string, baseline: Baseline])[]>;
	readonly written: WrittenColumns;
	readonly attemptCount: Column<number>;
	readonly attempts: AttemptColumns;
}

/** A field that tasks get must be entered here and below, or nothing compiles. */
const plainFields: Record<PlainField, true> = {
	status: true,
	inScope: true,
	owner: true,
	used: true,
	stopping: true,
	notBefore: true,
	infrastructure: true,
	approved: true,
	blockedBy: true,
	validation: true,
	startedAt: true,
	completedAt: true,
	evidence: true,
	reason: true,
};

/** `definitions`: what the plan in force says of each of them; undefined where it does not have the task. */
export function packTasks(
	states: readonly TaskState[],
	definitions: readonly (RunTask | undefined)[],
): TaskColumns {
	return {
		size: states.length,
		plain: packColumns<TaskState, PlainField>(states, plainFields),
		task: packSparse(
			states.map(({ task }, row) => (task === definitions[row] ? null : task)),
			(task) => task === null,
		),
		need: packSparse(
			states.map(({ need }) => need),
			(need) => need === null,
		),
		baselines: packSparse(
			states.map(({ baselines }) => [...baselines]),
			({ length }) => length === 0,
		),
		written: packWritten(states),
		attemptCount: packColumn(states.map(({ attempts }) => attempts.length)),
		attempts: packAttempts(states.flatMap(({ attempts }) => attempts)),
	};
}

/** Throws where a row has no definition. */
export function unpackTasks(
	columns: TaskColumns,
	definitions: readonly (RunTask | undefined)[],
): readonly TaskState[] {
	const { size } = columns;
	const of = unpackColumns<TaskState, PlainField>(columns.plain, size);
	const tasks = unpackSparse<RunTask | null>(columns.task, size, () => null);
	const need = unpackSparse<Need | null>(columns.need, size, () => null);
	const baselines = new Map(columns.baselines);
	const written = unpackWritten(columns.written, of.evidence);
	const attempts = attemptsOf(columns);
	return of.status.map((status, row) => {
		const task = tasks[row] ?? definitions[row];
		if (task === undefined) {
			throw new RangeError(`row ${row} has no definition`);
		}
		const state: Loose<TaskState> = {
			task,
			status,
			inScope: of.inScope[row],
			owner: of.owner[row],
			attempts: attempts[row],
			used: of.used[row],
			stopping: of.stopping[row],
			need: need[row],
			notBefore: of.notBefore[row],
			infrastructure: of.infrastructure[row],
			approved: of.approved[row],
			baselines: baselines.has(row) ? new Map(baselines.get(row)) : noBaselines,
			blockedBy: of.blockedBy[row],
			validation: of.validation[row],
			startedAt: of.startedAt[row],
			completedAt: of.completedAt[row],
			evidence: of.evidence[row],
			written: written[row],
			reason: of.reason[row],
		};
		return state as TaskState;
	});
}

/** The attempts of each task. */
function attemptsOf({ size, attemptCount, attempts }: TaskColumns): readonly AttemptState[][] {
	const all = unpackAttempts(attempts);
	let before = 0;
	return unpackColumn(attemptCount, size).map((count) => {
		const first = before;
		before += count;
		return all.slice(first, before);
	});
}
