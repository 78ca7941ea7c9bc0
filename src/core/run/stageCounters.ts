import type { DispatchPlan, Line } from './dispatchPlan.ts';

/**
 * The barriers of a strategy (S1). A task may start while no task of a lower stage of its domain runs or is ready:
 * whatever is left below then waits for something that is not under way – it failed, is blocked or cancelled, waits for a
 * person, or for a task that nobody was asked for – and the rest goes on (T4). For a task that will still start waits, in
 * the end, for one that runs or is ready, and that one has a lower stage still. Each event costs a few steps: the open
 * stage of a domain is the lowest that has any task, and it moves up as stages empty.
 */
export class StageCounters {
	readonly #plan: DispatchPlan;
	/** How many tasks of each stage run or are ready, by domain. */
	readonly #counts: readonly Int32Array[];
	readonly #open: Int32Array;
	readonly #lineChanged: (line: number) => void;

	/** `lineChanged` is called for lines whose stage opened or closed. */
	constructor(plan: DispatchPlan, lineChanged: (line: number) => void) {
		this.#plan = plan;
		this.#lineChanged = lineChanged;
		this.#counts = plan.linesOfStage.map((stages) => new Int32Array(stages.length));
		this.#open = Int32Array.from(plan.linesOfStage, (stages) => stages.length);
	}

	/** One more reason to keep the stage of a task: it is ready, or runs. */
	add(task: number): void {
		const line = this.#lineOf(task);
		const counts = line === null ? undefined : this.#counts[line.domain];
		if (line === null || counts === undefined) {
			return;
		}
		counts[line.stage] = (counts[line.stage] ?? 0) + 1;
		if (line.stage < (this.#open[line.domain] ?? 0)) {
			this.#move(line.domain, line.stage);
		}
	}

	/** One reason less. */
	delete(task: number): void {
		const line = this.#lineOf(task);
		const counts = line === null ? undefined : this.#counts[line.domain];
		if (line === null || counts === undefined) {
			return;
		}
		const left = (counts[line.stage] ?? 0) - 1;
		counts[line.stage] = left;
		if (left === 0 && line.stage === this.#open[line.domain]) {
			let stage = line.stage;
			while (stage < counts.length && counts[stage] === 0) {
				stage++;
			}
			this.#move(line.domain, stage);
		}
	}

	/** True for lines that no barrier keeps from starting. */
	isOpenLine(number: number): boolean {
		const line = this.#plan.lines[number];
		return line === undefined || line.domain < 0 || line.stage === this.#open[line.domain];
	}

	#move(domain: number, stage: number): void {
		const before = this.#open[domain] ?? 0;
		this.#open[domain] = stage;
		const lines = this.#plan.linesOfStage[domain];
		for (const line of lines?.[before] ?? []) {
			this.#lineChanged(line);
		}
		for (const line of lines?.[stage] ?? []) {
			this.#lineChanged(line);
		}
	}

	/** Null outside of all barriers. */
	#lineOf(task: number): Line | null {
		const line = this.#plan.lines[this.#plan.lineOf[task] ?? 0];
		return line === undefined || line.domain < 0 ? null : line;
	}
}
