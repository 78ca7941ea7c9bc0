import type { RunPlan, RunTask } from '../../src/core/run/runPlan.ts';
import type { TimelineTask } from '../../src/protocol/timelineView.ts';
import type { Forecast } from '../forecast/forecast.ts';
import type { Bar, BarKind, GanttData, GanttRow } from '../gantt/ganttData.ts';
import { packBars } from '../gantt/ganttData.ts';
import { fillIn } from '../shared/fillIn.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import { formatSeconds } from '../shared/formatSeconds.ts';

export interface TimelineRowsInput {
	readonly plan: RunPlan;
	/** What the run has a row for: the tasks of the plan, then its gates (`rowsOf`). */
	readonly rows: readonly RunTask[];
	readonly tasks: ReadonlyMap<string, TimelineTask>;
	/** The beginning of the run, in milliseconds since the epoch; null before there is one. */
	readonly startedAt: number | null;
	readonly now: number;
	readonly forecast: Forecast | null;
	/** The forecast as a line below what happened; without a run it is what is drawn. */
	readonly showsPlan: boolean;
	readonly words: TimelineWords;
}

export interface TimelineWords {
	readonly unscheduled: string;
	readonly gates: string;
	readonly hours: string;
	readonly minutes: string;
	readonly seconds: string;
}

/** Rows as the plan's tree has them: a heading for each sprint, below it its tasks. */
export interface TimelineRows {
	readonly data: GanttData;
	/** Place in the plan's list by row; -1 for headings. */
	readonly places: Int32Array;
}

/** The chart of a run, in minutes since it began. */
export function timelineRows(input: TimelineRowsInput): TimelineRows {
	const { plan } = input;
	const rows: GanttRow[] = [];
	const places: number[] = [];
	const bars: Bar[] = [];
	const numberOf = new Map(input.rows.map(({ id }, index) => [id, index]));
	const forecastOf = forecastIndex(input);
	for (const { label, tasks } of groupsOf(plan, input)) {
		if (label !== '') {
			rows.push({ label, detail: '', heading: true });
			places.push(-1);
		}
		for (const place of tasks.flatMap((id) => numberOf.get(id) ?? [])) {
			const at = { row: rows.length, place, at: forecastOf[place] ?? -1 };
			rows.push(taskRow(input, place));
			places.push(place);
			bars.push(...forecastBars(input, at), ...actualBars(input, at));
		}
	}
	return { data: packBars(rows, bars), places: Int32Array.from(places) };
}

/** Rows of tasks that nothing happens to any more: writing ten thousand of them anew takes longer than a frame. */
const settledRows = new WeakMap<object, GanttRow>();

function taskRow(input: TimelineRowsInput, place: number): GanttRow {
	const task = input.rows[place];
	const { id = '', name = '', estimateMinutes = null } = task ?? {};
	const run = input.tasks.get(id);
	const key = run ?? task;
	const known = key === undefined ? undefined : settledRows.get(key);
	if (known !== undefined) {
		return known;
	}
	const row = {
		label: name === id || name === '' ? id : `${id} ${name}`,
		detail: detailOf(input, run, estimateMinutes),
		heading: false,
	};
	if (key !== undefined && !isUnderWay(run)) {
		settledRows.set(key, row);
	}
	return row;
}

function isUnderWay(run: TimelineTask | undefined): boolean {
	return run?.status === 'checking' || run?.attempts.at(-1)?.endedAt === null;
}

/** Sprints in their order with their tasks, then what is in no sprint. One group without a name where there are none. */
function groupsOf(
	plan: RunPlan,
	{ rows, words }: Pick<TimelineRowsInput, 'rows' | 'words'>,
): readonly { readonly label: string; readonly tasks: readonly string[] }[] {
	const loose = plan.tasks.filter(({ sprint }) => sprint === null).map(({ id }) => id);
	if (plan.sprints.length === 0) {
		return withGates([{ label: '', tasks: loose }]);
	}
	const groups = [...plan.sprints]
		.sort((a, b) => (a.track ?? Number.MAX_VALUE) - (b.track ?? Number.MAX_VALUE))
		.map(({ id, name, tasks }) => ({ label: name === '' || name === id ? id : `${id} · ${name}`, tasks }));
	return withGates(loose.length === 0 ? groups : [...groups, { label: words.unscheduled, tasks: loose }]);

	function withGates(all: typeof groups): typeof groups {
		const gates = rows.slice(plan.tasks.length).map(({ id }) => id);
		return gates.length === 0 ? all : [...all, { label: words.gates, tasks: gates }];
	}
}

function forecastIndex({ rows, forecast }: TimelineRowsInput): Int32Array {
	const index = new Int32Array(rows.length).fill(-1);
	for (const [at, place] of (forecast?.tasks ?? []).entries()) {
		index[place] = at;
	}
	return index;
}

interface BarPlace {
	readonly row: number;
	readonly place: number;
}

function forecastBars(
	{ forecast, startedAt, showsPlan }: TimelineRowsInput,
	{ row, place, at }: BarPlace & { readonly at: number },
): Bar[] {
	if (forecast === null || at === -1 || (startedAt !== null && !showsPlan)) {
		return [];
	}
	const critical = forecast.critical[at] === 1;
	const kind: BarKind = startedAt !== null ? 'plan' : critical ? 'critical' : 'planned';
	return [{ row, start: forecast.starts[at] ?? 0, end: forecast.ends[at] ?? 0, kind, item: place }];
}

function actualBars({ rows, tasks, startedAt, now }: TimelineRowsInput, { row, place }: BarPlace): Bar[] {
	const run = tasks.get(rows[place]?.id ?? '');
	if (run === undefined || startedAt === null) {
		return [];
	}
	const minutes = (at: number) => Math.max(0, (at - startedAt) / 60_000);
	const last = run.attempts.length - 1;
	return run.attempts.flatMap((attempt, index) => {
		if (attempt.startedAt === null) {
			return [];
		}
		const kind = attemptKind(run, attempt.outcome, index === last);
		const spans: [from: number, to: number, kind: BarKind][] = [
			[attempt.startedAt, attempt.endedAt ?? now, kind],
			...attempt.checks.map((check): [number, number, BarKind] => [
				check.startedAt,
				check.endedAt,
				check.passed ? 'checkPassed' : 'checkFailed',
			]),
		];
		if (index === last && run.status === 'checking' && attempt.endedAt !== null) {
			spans.push([attempt.checks.at(-1)?.endedAt ?? attempt.endedAt, now, 'checking']);
		}
		return spans.map(([from, to, of]) => ({
			...{ row, item: place, kind: of },
			...{ start: minutes(from), end: minutes(to) },
		}));
	});
}

/** What an attempt's bar says: the last one what became of the task, earlier ones how they ended. */
function attemptKind(
	run: TimelineTask,
	outcome: TimelineTask['attempts'][number]['outcome'],
	isLast: boolean,
): BarKind {
	if (outcome === null) {
		return 'running';
	}
	if (outcome === 'cancelled' || outcome === 'void') {
		return 'cancelled';
	}
	if (outcome !== 'ok' || (isLast && run.status === 'failed')) {
		return 'failed';
	}
	return isLast && run.status === 'completed' && !run.verified ? 'unverified' : 'completed';
}

/** Real time and estimate: `4 s / 6 h`. */
function detailOf(
	{ words, now }: TimelineRowsInput,
	run: TimelineTask | undefined,
	estimate: number | null,
): string {
	const planned = estimate === null ? '' : formatMinutes(estimate, words);
	const worked = run === undefined ? null : workedMs(run, now);
	if (worked === null) {
		return planned;
	}
	const took = formatSeconds(worked, words);
	return planned === '' ? took : `${took} / ${planned}`;
}

/** Milliseconds of all attempts and checks together; null where nothing began. */
export function workedMs(run: TimelineTask, now: number): number | null {
	let sum: number | null = null;
	for (const { startedAt, endedAt, checks } of run.attempts) {
		if (startedAt !== null) {
			const checked = checks.reduce((total, check) => total + check.endedAt - check.startedAt, 0);
			sum = (sum ?? 0) + (endedAt ?? now) - startedAt + checked;
		}
	}
	return sum;
}

/** When the first attempt of a run began, and when the last thing in it ended; null before anything did. */
export function extentOf(
	tasks: Iterable<TimelineTask>,
	now: number,
): { readonly from: number; readonly to: number } | null {
	let from = Number.POSITIVE_INFINITY;
	let to = 0;
	for (const { attempts } of tasks) {
		for (const { startedAt, endedAt, checks } of attempts) {
			if (startedAt !== null) {
				from = Math.min(from, startedAt);
				to = Math.max(to, endedAt ?? now, checks.at(-1)?.endedAt ?? 0);
			}
		}
	}
	return to === 0 ? null : { from, to };
}

/** Beyond this factor between forecast and reality one of them could not be seen beside the other. */
const comparable = 20;

/** Whether the forecast is worth drawing on the time scale of what happened. */
export function isComparable(forecastMinutes: number, actualMinutes: number): boolean {
	const ratio = actualMinutes > 0 ? forecastMinutes / actualMinutes : 0;
	return ratio >= 1 / comparable && ratio <= comparable;
}

/** A word for how many tasks are done. */
export function doneWords(
	tasks: ReadonlyMap<string, TimelineTask>,
	{ total, words }: { readonly total: number; readonly words: string },
): string {
	const done = [...tasks.values()].filter(({ status }) => status === 'completed' || status === 'skipped');
	return fillIn(words, done.length, total);
}

/** The row of the first task that is under way, else that was begun at all; -1 where none was. */
export function firstTouched(
	{ places }: TimelineRows,
	rows: readonly RunTask[],
	tasks: ReadonlyMap<string, TimelineTask>,
): number {
	const runOf = (place: number) => tasks.get(rows[place]?.id ?? '');
	const active = places.findIndex((place) => {
		const status = runOf(place)?.status;
		return status === 'running' || status === 'checking';
	});
	return active === -1 ? places.findIndex((place) => (runOf(place)?.attempts.length ?? 0) > 0) : active;
}
