import type { RunPlan, RunTask } from '../../src/core/run/runPlan.ts';
import type { TimelineTask } from '../../src/protocol/timelineView.ts';
import type { Forecast } from '../forecast/forecast.ts';
import type { GanttData, PackedRow } from '../gantt/ganttData.ts';
import { packRows } from '../gantt/ganttData.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import { formatSeconds } from '../shared/formatSeconds.ts';
import { isUnderWay, workedMs } from './runFigures.ts';
import { taskBars } from './taskBars.ts';

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

/** A row as it was drawn last, and what of the run it was drawn from. */
interface Cell extends PackedRow {
	readonly run: TimelineTask | undefined;
}

/**
 * The chart of a run, in minutes since it began, made anew with every change of the run and every tick of the clock: only
 * rows that say something else are. Ten thousand tasks of which three are under way cost those three, and one pass over
 * numbers.
 */
export class TimelineRowsCache {
	#input: TimelineRowsInput | null = null;
	#places = new Int32Array(0);
	/** Place in the forecast, by place in the plan's list. */
	#forecastOf = new Int32Array(0);
	/** By row; null for one that is to be made. */
	#cells: (Cell | null)[] = [];
	#last: TimelineRows | null = null;

	/** The same object as before where no row changed. */
	rows(input: TimelineRowsInput): TimelineRows {
		const before = this.#input;
		this.#input = input;
		if (before === null || differs(before, input, ['plan', 'rows', 'words'])) {
			this.#layOut(input);
		} else if (differs(before, input, ['startedAt', 'forecast', 'showsPlan'])) {
			this.#forget(input);
		}
		const cells = this.#refresh(input);
		if (cells !== null || this.#last === null) {
			this.#last = { data: packRows(cells ?? []), places: this.#places };
		}
		return this.#last;
	}

	#layOut(input: TimelineRowsInput): void {
		const numberOf = new Map(input.rows.map(({ id }, index) => [id, index]));
		const places: number[] = [];
		this.#cells = [];
		for (const { label, tasks } of groupsOf(input)) {
			if (label !== '') {
				this.#cells.push({ row: { label, detail: '', heading: true }, bars: [], run: undefined });
				places.push(-1);
			}
			for (const place of tasks.flatMap((id) => numberOf.get(id) ?? [])) {
				this.#cells.push(null);
				places.push(place);
			}
		}
		this.#places = Int32Array.from(places);
		this.#forecastOf = forecastIndex(input);
	}

	#forget(input: TimelineRowsInput): void {
		this.#forecastOf = forecastIndex(input);
		for (const [row, place] of this.#places.entries()) {
			if (place !== -1) {
				this.#cells[row] = null;
			}
		}
	}

	/** Makes the rows anew that say something else; null where none does. */
	#refresh(input: TimelineRowsInput): readonly Cell[] | null {
		const cells: Cell[] = [];
		let changed = false;
		for (let row = 0; row < this.#places.length; row++) {
			const place = this.#places[row] ?? -1;
			const known = this.#cells[row] ?? null;
			const run = place === -1 ? undefined : input.tasks.get(input.rows[place]?.id ?? '');
			if (known !== null && known.run === run && !isUnderWay(run)) {
				cells.push(known);
				continue;
			}
			const made = this.#cell(input, { place, run });
			this.#cells[row] = made;
			cells.push(made);
			changed = true;
		}
		return changed ? cells : null;
	}

	#cell(input: TimelineRowsInput, { place, run }: { place: number; run: TimelineTask | undefined }): Cell {
		const { id = '', name = '', estimateMinutes = null } = input.rows[place] ?? {};
		const label = name === id || name === '' ? id : `${id} ${name}`;
		const detail = detailOf(input, run, estimateMinutes);
		const bars = taskBars({ ...input, run, place, at: this.#forecastOf[place] ?? -1 });
		return { run, bars, row: { label, detail, heading: false } };
	}
}

function differs(
	a: TimelineRowsInput,
	b: TimelineRowsInput,
	names: readonly (keyof TimelineRowsInput)[],
): boolean {
	return names.some((name) => a[name] !== b[name]);
}

/** Sprints in their order with their tasks, then what is in no sprint. One group without a name where there are none. */
function groupsOf({
	plan,
	rows,
	words,
}: TimelineRowsInput): readonly { readonly label: string; readonly tasks: readonly string[] }[] {
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

function forecastIndex({ rows, forecast }: TimelineRowsInput): Int32Array<ArrayBuffer> {
	const index = new Int32Array(rows.length).fill(-1);
	for (const [at, place] of (forecast?.tasks ?? []).entries()) {
		index[place] = at;
	}
	return index;
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
