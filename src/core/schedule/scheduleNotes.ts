import { IndexSet } from '../run/indexSet.ts';
import type { ScheduledTask, ScheduledWait, WaitCause } from './previewReport.ts';
import type { ScheduleTable } from './scheduleTable.ts';
import { minuteMs } from './scheduleTable.ts';

/** Who ran where and when, and for what each task waited last. */
export class ScheduleNotes {
	readonly schedule: ScheduledTask[] = [];
	readonly waits: ScheduledWait[] = [];
	readonly #table: ScheduleTable;
	readonly #free: IndexSet;
	readonly #slotOf: Int32Array;
	readonly #readyAt: Float64Array;
	readonly #readyBy: Int32Array;

	constructor(table: ScheduleTable, agents: number) {
		const size = table.dispatch.size;
		this.#table = table;
		this.#free = new IndexSet(agents);
		for (let slot = 0; slot < agents; slot++) {
			this.#free.add(slot);
		}
		this.#slotOf = new Int32Array(size).fill(-1);
		this.#readyAt = new Float64Array(size);
		this.#readyBy = new Int32Array(size).fill(-1);
	}

	ready(task: number, { now, by }: { readonly now: number; readonly by: number }): void {
		this.#readyAt[task] = now;
		this.#readyBy[task] = by;
	}

	start(
		task: number,
		{ now, end, ended }: { readonly now: number; readonly end: number; readonly ended: Int32Array },
	): void {
		const slot = this.#free.next(0);
		this.#free.delete(slot);
		const start = now / minuteMs;
		this.schedule.push({ task: this.#id(task), agent: slot + 1, start, end: end / minuteMs });
		const ready = this.#readyAt[task] ?? 0;
		const [waitsFor, cause] =
			ready < now ? this.#causeOf(task, slot, ended) : [this.#readyBy[task] ?? -1, 'predecessors' as const];
		if (waitsFor >= 0) {
			const from = ready / minuteMs;
			this.waits.push({ task: this.#id(task), cause, waitsFor: this.#id(waitsFor), from, until: start });
		}
		this.#slotOf[task] = slot;
	}

	end(task: number): void {
		this.#free.add(this.#slotOf[task] ?? 0);
	}

	/** Of the tasks that ended just now, the one that this one had waited for, and why. */
	#causeOf(task: number, slot: number, ended: Int32Array): [number, WaitCause] {
		const { dispatch } = this.#table;
		const line = dispatch.lines[dispatch.lineOf[task] ?? 0];
		for (const other of ended) {
			const before = dispatch.lines[dispatch.lineOf[other] ?? 0];
			const clash = dispatch.claims.clash(line?.claims ?? 0, before?.claims ?? 0);
			if (clash !== null) {
				return [other, clash.kind];
			}
		}
		const barrier = ended.find((other) => {
			const before = dispatch.lines[dispatch.lineOf[other] ?? 0];
			return (
				line !== undefined && line.domain >= 0 && before?.domain === line.domain && before.stage < line.stage
			);
		});
		if (barrier !== undefined) {
			return [barrier, 'barrier'];
		}
		return [ended.find((other) => this.#slotOf[other] === slot) ?? ended[0] ?? -1, 'slot'];
	}

	#id(task: number): string {
		return this.#table.rows[task]?.id ?? '';
	}
}
