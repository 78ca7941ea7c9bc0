import { Dispatch } from '../run/dispatch.ts';
import { EndQueue } from './endQueue.ts';
import type { ScheduledTask, ScheduledWait } from './previewReport.ts';
import { ScheduleNotes } from './scheduleNotes.ts';
import type { ScheduleTable } from './scheduleTable.ts';
import { minuteMs } from './scheduleTable.ts';

/** How one run went on the virtual clock. */
export interface Simulation {
	readonly makespanMinutes: number;
	/** How many ran at once, at most. */
	readonly peak: number;
	/** In order of start; of those that start together, in the order in which the scheduler took them. */
	readonly schedule: readonly ScheduledTask[];
	readonly waits: readonly ScheduledWait[];
	/** Ids of tasks that never start: they wait in a circle (P7). */
	readonly stranded: readonly string[];
}

/**
 * One run with so many agents on a virtual clock (P6): every task takes its minutes and ends well. Who starts next, and who
 * waits for barriers, locks and `touches`, is decided by the very `Dispatch` that the engine's fold asks.
 */
export function simulate(table: ScheduleTable, agents: number): Simulation {
	const clock = new VirtualClock(table, agents, true);
	clock.run();
	return clock.result();
}

/** The time of a run alone, in minutes, and how many ran at once; several times as fast. */
export function makespanOf(table: ScheduleTable, agents: number): { minutes: number; peak: number } {
	const clock = new VirtualClock(table, agents, false);
	clock.run();
	return { minutes: clock.now / minuteMs, peak: clock.peak };
}

const anybody = { wants: () => true, mayTake: () => true };

class VirtualClock {
	now = 0;
	peak = 0;
	readonly #table: ScheduleTable;
	readonly #agents: number;
	readonly #dispatch: Dispatch;
	readonly #waitsFor: Int32Array;
	readonly #sprintWaitsFor: Int32Array;
	readonly #sprintLeft: Int32Array;
	readonly #sprintIsOver: Uint8Array;
	readonly #passed: Uint8Array;
	readonly #ends: EndQueue;
	readonly #notes: ScheduleNotes | null;
	/** What ended at this moment. */
	readonly #ended: Int32Array;

	constructor(table: ScheduleTable, agents: number, keepsNotes: boolean) {
		this.#table = table;
		this.#agents = Math.max(1, Math.min(agents, table.members.length));
		this.#dispatch = new Dispatch(table.dispatch);
		this.#waitsFor = table.waitsFor.slice();
		this.#sprintWaitsFor = table.sprintWaitsFor.slice();
		this.#sprintLeft = Int32Array.from(
			table.sprintMembers,
			(members) => members.filter((row) => table.countsInSprint[row] === 1).length,
		);
		this.#sprintIsOver = new Uint8Array(table.sprintMembers.length);
		this.#passed = new Uint8Array(table.rows.length);
		this.#ends = new EndQueue(this.#agents);
		this.#ended = new Int32Array(this.#agents);
		this.#notes = keepsNotes ? new ScheduleNotes(table, this.#agents) : null;
	}

	run(): void {
		this.#openSprints();
		for (const task of this.#table.members) {
			this.#offer(task, -1);
		}
		for (let ended = 0; ; ended = this.#passTime()) {
			this.#startAll(ended);
			if (this.#ends.size === 0) {
				return;
			}
		}
	}

	result(): Simulation {
		const { schedule = [], waits = [] } = this.#notes ?? {};
		const started = new Set(schedule.map(({ task }) => task));
		const { members, rows, passes } = this.#table;
		const ids = [...members].flatMap((row) => (passes[row] === 1 ? [] : (rows[row]?.id ?? '')));
		const stranded = ids.filter((id) => !started.has(id));
		return { makespanMinutes: this.now / minuteMs, peak: this.peak, schedule, waits, stranded };
	}

	/** Everything that may start now, best first: as an engine claims until nothing is left to claim. */
	#startAll(ended: number): void {
		while (this.#ends.size < this.#agents) {
			const task = this.#dispatch.next(anybody);
			if (task < 0) {
				break;
			}
			this.#dispatch.start(task);
			const end = this.now + (this.#table.duration[task] ?? 0);
			this.#ends.add(end, task);
			this.#notes?.start(task, { now: this.now, end, ended: this.#ended.subarray(0, ended) });
		}
		this.peak = Math.max(this.peak, this.#ends.size);
	}

	/** Goes on to the next end; gives how many end then. They end together, before anything starts. */
	#passTime(): number {
		this.now = this.#ends.time;
		let count = 0;
		while (this.#ends.time === this.now) {
			const task = this.#ends.take();
			this.#ended[count] = task;
			count++;
			this.#dispatch.end(task);
			this.#notes?.end(task);
		}
		for (let index = 0; index < count; index++) {
			this.#satisfy(this.#ended[index] ?? -1);
		}
		return count;
	}

	/** Lets go on what waited for a task; `by` is the task whose end did it. */
	#satisfy(task: number, by = task): void {
		const { dependents, dependentStart } = this.#table;
		const end = dependentStart[task + 1] ?? 0;
		for (let edge = dependentStart[task] ?? 0; edge < end; edge++) {
			const dependent = dependents[edge] ?? 0;
			const left = (this.#waitsFor[dependent] ?? 1) - 1;
			this.#waitsFor[dependent] = left;
			if (left === 0) {
				this.#offer(dependent, by);
			}
		}
		const sprint = this.#table.sprintOf[task] ?? -1;
		if (sprint >= 0 && this.#table.countsInSprint[task] === 1) {
			this.#sprintLeft[sprint] = (this.#sprintLeft[sprint] ?? 1) - 1;
			this.#closeSprint(sprint, by);
		}
	}

	/** G2: the next sprints open when everything in this one is completed; empty ones are over the moment they open. */
	#closeSprint(sprint: number, by: number): void {
		const isOpen = this.#sprintLeft[sprint] !== 0 || this.#sprintWaitsFor[sprint] !== 0;
		if (isOpen || this.#sprintIsOver[sprint] === 1) {
			return;
		}
		this.#sprintIsOver[sprint] = 1;
		for (const next of this.#table.sprintSuccessors[sprint] ?? []) {
			this.#sprintWaitsFor[next] = (this.#sprintWaitsFor[next] ?? 1) - 1;
			if (this.#sprintWaitsFor[next] === 0) {
				for (const task of this.#table.sprintMembers[next] ?? []) {
					this.#offer(task, by);
				}
				this.#closeSprint(next, by);
			}
		}
	}

	/** Sprints that nothing is left to do in, before anything runs. */
	#openSprints(): void {
		const over = [...this.#sprintLeft.keys()].filter(
			(sprint) => this.#sprintLeft[sprint] === 0 && this.#sprintWaitsFor[sprint] === 0,
		);
		for (const sprint of over) {
			this.#closeSprint(sprint, -1);
		}
	}

	#offer(task: number, by: number): void {
		const sprint = this.#table.sprintOf[task] ?? -1;
		if (this.#waitsFor[task] !== 0 || (sprint >= 0 && this.#sprintWaitsFor[sprint] !== 0)) {
			return;
		}
		if (this.#table.passes[task] === 1) {
			// A gate takes no slot and no time: it has passed when everything before it has ended.
			if (this.#passed[task] === 0) {
				this.#passed[task] = 1;
				this.#satisfy(task, by);
			}
		} else {
			this.#dispatch.add(task);
			this.#notes?.ready(task, { now: this.now, by });
		}
	}
}
