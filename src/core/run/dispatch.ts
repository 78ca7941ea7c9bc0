import type { DispatchPlan } from './dispatchPlan.ts';
import { IndexSet } from './indexSet.ts';
import { ParkedLines } from './parkedLines.ts';
import { PassedOver } from './passedOver.ts';
import type { Refusal, Taker } from './refusal.ts';
import { StageCounters } from './stageCounters.ts';

/**
 * Which of the ready tasks starts next, and why the others wait (S1–S3). One object decides for the engine's fold and for the
 * simulation on a virtual clock, so that a preview cannot differ from the run (P6). It knows only which tasks are ready,
 * which run, and what is fixed in the plan; every operation costs a few steps, whatever the plan holds.
 *
 * Tasks of one line (same claims, same stage) are refused together, so only the first of each line is looked at; a line
 * that was refused because of a running task is not looked at again before that task ends.
 */
export class Dispatch {
	readonly #plan: DispatchPlan;
	readonly #ready: IndexSet;
	/** Ranks of the first task of each line whose stage is open: of all such lines, and of those that are not parked. */
	readonly #waiting: IndexSet;
	readonly #heads: IndexSet;
	readonly #headOf: Int32Array;
	readonly #stages: StageCounters;
	/** What running tasks claim, of those that claim anything. */
	readonly #running = new Map<number, number>();
	readonly #parked: ParkedLines;
	#passedOver = new PassedOver();

	constructor(plan: DispatchPlan) {
		this.#plan = plan;
		this.#ready = new IndexSet(plan.size);
		this.#waiting = new IndexSet(plan.size);
		this.#heads = new IndexSet(plan.size);
		this.#headOf = new Int32Array(plan.lines.length).fill(-1);
		this.#parked = new ParkedLines(plan.lines.length);
		this.#stages = new StageCounters(plan, (line) => this.#show(line));
	}

	get passedOver(): Pick<PassedOver, 'counts' | 'due'> {
		return this.#passedOver;
	}

	/** Goes on with what another one of the same plan had counted. */
	takeUp(passedOver: PassedOver): void {
		this.#passedOver = passedOver;
	}

	get readyCount(): number {
		return this.#ready.size;
	}

	isReady(task: number): boolean {
		return this.#ready.has(this.#seat(task));
	}

	/** Every ready task, line by line. */
	readyTasks(): number[] {
		const tasks: number[] = [];
		for (let seat = this.#ready.next(0); seat >= 0; seat = this.#ready.next(seat + 1)) {
			tasks.push(this.#plan.taskOfSeat[seat] ?? -1);
		}
		return tasks;
	}

	/** A task whose predecessors have ended, and which somebody was asked for. */
	add(task: number): void {
		const seat = this.#seat(task);
		if (!this.#ready.has(seat)) {
			this.#ready.add(seat);
			this.#stages.add(task);
			const head = this.#headOf[this.#line(task)] ?? -1;
			if (head < 0 || head > this.#rank(task)) {
				this.#show(this.#line(task));
			}
		}
	}

	/** A task that does not want to start any more. What had passed it over is forgotten. */
	delete(task: number): void {
		const seat = this.#seat(task);
		if (this.#ready.has(seat)) {
			this.#ready.delete(seat);
			this.#passedOver.forget(task);
			if (this.#headOf[this.#line(task)] === this.#rank(task)) {
				this.#show(this.#line(task));
			}
			this.#stages.delete(task);
		}
	}

	/** A task takes its slot, locks and touches, all at once; `claims` where it runs by another definition than the plan's. */
	start(task: number, claims = this.#claims(task)): void {
		if (this.#plan.hasClaims) {
			this.#countPassedOver(task);
		}
		// Counted as running before it stops being ready: its stage must not seem over in between.
		this.#stages.add(task);
		this.delete(task);
		if (claims !== 0) {
			this.#running.set(task, claims);
		}
	}

	/** It gives everything back. */
	end(task: number): void {
		this.#running.delete(task);
		for (const line of this.#parked.release(task)) {
			this.#show(line);
		}
		this.#stages.delete(task);
	}

	/** The best task that `taker` may start now; −1 without one. Changes nothing that anybody could see. */
	next(taker: Taker): number {
		for (const task of this.#passedOver.due) {
			if (taker.wants(task) && taker.mayTake(task) && this.refusal(task, taker) === null) {
				return task;
			}
		}
		return this.#search(taker);
	}

	#search(taker: Taker): number {
		const first = this.#heads.next(0);
		const best = first < 0 ? -1 : (this.#plan.taskOfRank[first] ?? -1);
		if (best < 0 || (this.#claims(best) === 0 && taker.wants(best) && taker.mayTake(best))) {
			return best;
		}
		// Lines whose first task does not suit, with the rank that stands for them meanwhile.
		const moved = new Map<number, number>();
		let found = -1;
		for (let rank = this.#heads.next(0); rank >= 0; rank = this.#heads.next(rank + 1)) {
			const task = this.#plan.taskOfRank[rank] ?? -1;
			const line = this.#line(task);
			if (!moved.has(line) && this.#park(line)) {
				continue;
			}
			if (taker.wants(task) && taker.mayTake(task) && this.#turnOf(task, taker) === null) {
				found = task;
				break;
			}
			moved.set(line, this.#advance(line, task));
		}
		this.#moveBack(moved);
		return found;
	}

	/** Lets the first ready task stand for each line again. */
	#moveBack(moved: ReadonlyMap<number, number>): void {
		for (const [line, rank] of moved) {
			if (rank >= 0) {
				this.#heads.delete(rank);
			}
			this.#show(line);
		}
	}

	/** Lets the next ready task of a line stand for it, in its own place among the others; gives its rank, or −1. */
	#advance(line: number, task: number): number {
		this.#heads.delete(this.#rank(task));
		const seat = this.#ready.next(this.#seat(task) + 1);
		if (seat < 0 || seat >= (this.#plan.lines[line]?.end ?? 0)) {
			return -1;
		}
		const rank = this.#rankAt(seat);
		this.#heads.add(rank);
		return rank;
	}

	/** Why a ready task may not start now; null where it may. */
	refusal(task: number, taker: Pick<Taker, 'wants'>): Refusal | null {
		if (!this.#stages.isOpenLine(this.#line(task))) {
			return { kind: 'barrier' };
		}
		return this.#clashOf(this.#claims(task)) ?? this.#turnOf(task, taker);
	}

	#clashOf(claims: number): (Refusal & { readonly kind: 'clash' }) | null {
		if (claims === 0) {
			return null;
		}
		for (const [task, others] of this.#running) {
			const clash = this.#plan.claims.clash(claims, others);
			if (clash !== null) {
				return { kind: 'clash', task, clash };
			}
		}
		return null;
	}

	/** A task that is due and can start as soon as what it claims is free holds up what claims the same. */
	#turnOf(task: number, taker: Pick<Taker, 'wants'>): Refusal | null {
		for (const due of this.#passedOver.due) {
			if (due === task) {
				return null;
			}
			const clash = this.#plan.claims.clash(this.#claims(task), this.#claims(due));
			if (clash !== null && taker.wants(due) && this.#stages.isOpenLine(this.#line(due))) {
				return { kind: 'turn', task: due, clash };
			}
		}
		return null;
	}

	/** The first in the line of all was passed over when another starts: the rest of the line was not its turn. */
	#countPassedOver(started: number): void {
		const first = this.#waiting.next(0);
		if (first < 0 || first >= this.#rank(started) || !this.isReady(started)) {
			return;
		}
		this.#passedOver.count(this.#plan.taskOfRank[first] ?? -1);
	}

	/** Puts a line aside while a running task keeps all of it from starting. */
	#park(line: number): boolean {
		const refusal = this.#clashOf(this.#plan.lines[line]?.claims ?? 0);
		if (refusal === null) {
			return false;
		}
		this.#parked.park(line, refusal.task);
		this.#show(line);
		return true;
	}

	/** Enters the first ready task of a line where it is looked for, or nothing while the line cannot start. */
	#show(line: number): void {
		const { start, end } = this.#plan.lines[line] ?? { start: 0, end: 0 };
		const seat = this.#stages.isOpenLine(line) ? this.#ready.next(start) : -1;
		const head = seat >= 0 && seat < end ? this.#rankAt(seat) : -1;
		const before = this.#headOf[line] ?? -1;
		if (before !== head && before >= 0) {
			this.#waiting.delete(before);
			this.#heads.delete(before);
		}
		this.#headOf[line] = head;
		if (head >= 0) {
			this.#waiting.add(head);
			if (this.#parked.has(line)) {
				this.#heads.delete(head);
			} else {
				this.#heads.add(head);
			}
		}
	}

	#rankAt(seat: number): number {
		return this.#plan.rank[this.#plan.taskOfSeat[seat] ?? 0] ?? 0;
	}

	#rank(task: number): number {
		return this.#plan.rank[task] ?? 0;
	}

	#seat(task: number): number {
		return this.#plan.seatOf[task] ?? 0;
	}

	#line(task: number): number {
		return this.#plan.lineOf[task] ?? 0;
	}

	#claims(task: number): number {
		return this.#plan.lines[this.#line(task)]?.claims ?? 0;
	}
}
