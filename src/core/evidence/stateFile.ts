import type { RunSprint, RunTrack } from '../run/runPlan.ts';
import type { TaskState } from '../run/runState.ts';
import { judgeCriteria } from './criteria.ts';
import type { SprintVerdict, StateFileInput, StateStatus } from './stateTypes.ts';
import { toStateStatus } from './stateTypes.ts';
import { quoteYaml, yamlKey } from './yamlText.ts';

/** A task with its status in the words of the file. */
interface Row {
	readonly state: TaskState;
	readonly status: StateStatus;
	/** True where nothing of it is left to do: completed, or skipped by a person (G2). */
	readonly settled: boolean;
}

/**
 * The text of `.project-state.yaml` (FORMATS 2.1): the keys of seed 004 in its order and quoting. `tier_used` is
 * the highest a task has worked on. `validation_result` is left out where nothing was checked, the
 * number of criteria that are met where no check said anything about them, and
 * `quality_gates_passed` where no gate is declared (EXECUTION G1). `pending_tasks` counts blocked ones too; failed
 * tasks are in none of the counts but the total.
 */
export function renderStateFile(input: StateFileInput): string {
	const rows = new Map<string, Row>();
	for (const state of input.tasks) {
		const settled = state.status === 'completed' || state.status === 'skipped';
		rows.set(state.task.id, { state, status: toStateStatus(state.status), settled });
	}
	const lines = [
		'version: "1.0"',
		`type: ${input.type ?? 'project'}`,
		`created_at: ${timestamp(input.createdAt)}`,
		`updated_at: ${timestamp(input.updatedAt)}`,
		'',
		...trackLines(input, rows),
		'',
		...taskLines(rows),
		'',
		...sprintLines(input, rows),
		'',
		...executionLines(rows),
		'',
		...statisticsLines(input, rows),
	];
	return `${lines.join('\n')}\n`;
}

/** Seconds are what the format has; milliseconds stay in the journal. */
function timestamp(at: number): string {
	return `"${new Date(at).toISOString().slice(0, 19)}Z"`;
}

/** Hours and minutes as the format writes them: whole numbers stay whole, others get two decimals. */
function amount(value: number): string {
	return String(Math.round(value * 100) / 100);
}

function trackLines(input: StateFileInput, rows: ReadonlyMap<string, Row>): string[] {
	const { tracks } = input.plan;
	const byTrack = groupByTrack(rows);
	const lines = [
		'parallel_tracks:',
		`  enabled: ${tracks.length > 1}`,
		`  total_tracks: ${Math.max(1, tracks.length)}`,
		`  max_possible_tracks: ${input.maxPossibleTracks}`,
	];
	if (tracks.length === 0) {
		return [...lines, '  track_info: {}'];
	}
	return [
		...lines,
		'  track_info:',
		...tracks.flatMap((track) => oneTrack(track, byTrack.get(track.number) ?? [])),
	];
}

function groupByTrack(rows: ReadonlyMap<string, Row>): ReadonlyMap<number, readonly Row[]> {
	const groups = new Map<number, Row[]>();
	for (const row of rows.values()) {
		const { track } = row.state.task;
		if (track === null) {
			continue;
		}
		const group = groups.get(track);
		if (group === undefined) {
			groups.set(track, [row]);
		} else {
			group.push(row);
		}
	}
	return groups;
}

function oneTrack(track: RunTrack, rows: readonly Row[]): string[] {
	const done = rows.filter(({ status }) => status === 'completed');
	const doneMinutes = done.reduce((sum, { state }) => sum + (state.task.estimateMinutes ?? 0), 0);
	return [
		`    ${track.number}:`,
		`      name: ${quoteYaml(track.name)}`,
		`      estimated_hours: ${amount(track.estimateMinutes / 60)}`,
		`      completed_hours: ${amount(doneMinutes / 60)}`,
		`      status: ${rollUp(rows)}`,
	];
}

/** The status of a track or sprint: work going on wins, then what failed, then what is done in part. */
function rollUp(rows: readonly Row[]): StateStatus {
	if (rows.every(({ settled }) => settled)) {
		return 'completed';
	}
	if (rows.some(({ status }) => status === 'in_progress')) {
		return 'in_progress';
	}
	if (rows.some(({ status }) => status === 'failed')) {
		return 'failed';
	}
	return rows.some(({ settled }) => settled) ? 'in_progress' : 'pending';
}

function taskLines(rows: ReadonlyMap<string, Row>): string[] {
	if (rows.size === 0) {
		return ['tasks: {}'];
	}
	const lines = ['tasks:'];
	for (const [id, row] of rows) {
		lines.push(yamlKey(id, '  '), `    status: ${row.status}`);
		if (row.state.task.track !== null) {
			lines.push(`    track: ${row.state.task.track}`);
		}
		pushProgress(lines, row);
	}
	return lines;
}

/** When it began, when it ended, and how often it was tried; nothing for a task that never began. */
function pushProgress(lines: string[], { state, status }: Row): void {
	const { startedAt, completedAt, attempts } = state;
	const isCompleted = status === 'completed' && completedAt !== null;
	const iterations = countIterations(attempts);
	if (startedAt === null || iterations === 0) {
		// A completion taken from an older state file has a date and no attempt of this run.
		if (isCompleted) {
			lines.push(`    completed_at: ${timestamp(completedAt)}`);
		}
		return;
	}
	lines.push(`    started_at: ${timestamp(startedAt)}`);
	if (isCompleted) {
		const minutes = Math.max(0, completedAt - startedAt) / 60_000;
		lines.push(`    completed_at: ${timestamp(completedAt)}`, `    duration_minutes: ${amount(minutes)}`);
	}
	lines.push(`    tier_used: ${tierUsed(state)}`, `    iterations: ${iterations}`);
	const verdict = verdictOf({ state, status });
	if (verdict !== null) {
		lines.push(`    validation_result: ${verdict}`, ...criteriaLines(state));
	}
}

/** How many criteria checks have found met; nothing where none said anything about any of them. */
function criteriaLines({ task, attempts }: TaskState): string[] {
	const attempt = attempts.at(-1);
	const judged = judgeCriteria(task, attempt && { attempt });
	if (judged.every(({ verdict }) => verdict === 'not verified')) {
		return [];
	}
	const met = judged.filter(({ verdict }) => verdict === 'passed').length;
	return [`    acceptance_criteria_met: ${met}`, `    acceptance_criteria_total: ${judged.length}`];
}

/** What was void, stopped or failed through no fault of the work is no iteration (T2, T3); one that began counts as one. */
function countIterations(attempts: TaskState['attempts']): number {
	const begun = attempts.filter(({ outcome }) => outcome !== 'void');
	return Math.max(begun.filter(({ counts }) => counts).length, Math.min(1, begun.length));
}

function tierUsed({ attempts }: TaskState): 'T1' | 'T2' {
	return attempts.some(({ tier, outcome }) => tier === 'T2' && outcome !== 'void') ? 'T2' : 'T1';
}

function verdictOf({ state, status }: Pick<Row, 'state' | 'status'>): 'PASS' | 'FAIL' | null {
	if (status === 'failed') {
		return 'FAIL';
	}
	const verified = state.validation === 'checks' || state.validation === 'exit-code';
	return status === 'completed' && verified ? 'PASS' : null;
}

function sprintLines({ plan, gates }: StateFileInput, rows: ReadonlyMap<string, Row>): string[] {
	const { sprints } = plan;
	if (sprints.length === 0) {
		return ['sprints: {}'];
	}
	return [
		'sprints:',
		...sprints.flatMap((sprint) => oneSprint(sprint, membersOf(sprint, rows), gates?.get(sprint.id))),
	];
}

function membersOf(sprint: RunSprint, rows: ReadonlyMap<string, Row>): Row[] {
	return sprint.tasks.flatMap((id) => rows.get(id) ?? []);
}

/** `started_at` appears while a sprint is under way and gives way to `completed_at`, as in the samples of the format. */
function oneSprint(sprint: RunSprint, rows: readonly Row[], verdict: SprintVerdict | undefined): string[] {
	const status = sprintStatus(rows, verdict);
	const lines = [yamlKey(sprint.id, '  '), `    status: ${status}`];
	if (sprint.track !== null) {
		lines.push(`    track: ${sprint.track}`);
	}
	const starts = rows.flatMap(({ state }) => state.startedAt ?? []);
	const ends = rows.flatMap(({ state }) => state.completedAt ?? []);
	if (status === 'completed' && ends.length > 0) {
		lines.push(`    completed_at: ${timestamp(maximum(ends))}`);
	} else if (status !== 'pending' && starts.length > 0) {
		lines.push(`    started_at: ${timestamp(-maximum(starts.map((at) => -at)))}`);
	}
	const completed = rows.filter((row) => row.status === 'completed').length;
	lines.push(`    tasks_completed: ${completed}`, `    tasks_total: ${sprint.tasks.length}`);
	if (verdict !== undefined && verdict !== 'open') {
		lines.push(`    quality_gates_passed: ${verdict === 'passed'}`);
	}
	return lines;
}

/** G2: a sprint is not over before its gates are. */
function sprintStatus(rows: readonly Row[], verdict: SprintVerdict | undefined): StateStatus {
	const status = rollUp(rows);
	if (status !== 'completed' || verdict === undefined || verdict === 'passed' || verdict === 'skipped') {
		return status;
	}
	return verdict === 'refused' ? 'failed' : 'in_progress';
}

/** Not `Math.max(...values)`: a sprint of a hundred thousand tasks would overflow the stack. */
function maximum(values: readonly number[]): number {
	return values.reduce((best, value) => Math.max(best, value), Number.NEGATIVE_INFINITY);
}

/** The first running task in plan order. Its track is named only where all running tasks share it. */
function executionLines(rows: ReadonlyMap<string, Row>): string[] {
	const running = [...rows.values()].filter(({ status }) => status === 'in_progress');
	const first = running[0]?.state.task;
	if (first === undefined) {
		return ['current_execution: null'];
	}
	const shared = running.every(({ state }) => state.task.track === first.track);
	return [
		'current_execution:',
		'  command: sprint-all',
		`  track: ${shared && first.track !== null ? first.track : 'null'}`,
		`  current_sprint: ${first.sprint === null ? 'null' : quoteYaml(first.sprint)}`,
		`  current_task: ${quoteYaml(first.id)}`,
	];
}

function statisticsLines(input: StateFileInput, rows: ReadonlyMap<string, Row>): string[] {
	const count = { pending: 0, in_progress: 0, completed: 0, failed: 0, blocked: 0 };
	for (const { status } of rows.values()) {
		count[status]++;
	}
	const onT2 = [...rows.values()].filter(
		({ status, state }) => status === 'completed' && tierUsed(state) === 'T2',
	).length;
	const { sprints } = input.plan;
	const completedSprints = sprints.filter(
		(sprint) => sprintStatus(membersOf(sprint, rows), input.gates?.get(sprint.id)) === 'completed',
	);
	return [
		'statistics:',
		`  total_tasks: ${rows.size}`,
		`  completed_tasks: ${count.completed}`,
		`  in_progress_tasks: ${count.in_progress}`,
		`  pending_tasks: ${count.pending + count.blocked}`,
		`  total_sprints: ${sprints.length}`,
		`  completed_sprints: ${completedSprints.length}`,
		`  t1_tasks: ${count.completed - onT2}`,
		`  t2_tasks: ${onT2}`,
	];
}
