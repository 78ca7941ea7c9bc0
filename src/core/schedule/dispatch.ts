import { intAt, realAt } from '../graph/buildGraph.ts';
import { ReadyList } from './readyList.ts';
import type { TaskNetwork } from './taskNetwork.ts';

/** What happens when tracks work side by side, one task a track at a time. */
export interface Dispatch {
	readonly trackOf: Int32Array;
	readonly start: Float64Array;
	readonly makespan: number;
	/** All tasks in the order in which they start; those of one track follow each other in it. */
	readonly sequence: Int32Array;
}

/** How tracks come to their tasks. */
export interface DispatchRule {
	/** Which of the ready tasks is next: the one with the smallest. */
	readonly rank: Int32Array;
	/** The only track that may take a task, or -1 where any may. */
	readonly trackOf: Int32Array;
}

/**
 * List scheduling on a virtual clock: whenever a track is free it takes the first of the tasks it may take whose
 * predecessors are finished, and none waits for a better one. Of several free tracks, a task without one of its own goes
 * to that of the predecessor that ended last, which keeps chains together.
 */
export function dispatch(network: TaskNetwork, tracks: number, rule: DispatchRule): Dispatch {
	const clock = new TrackClock(network, tracks, rule);
	clock.run();
	return clock.result();
}

class TrackClock {
	readonly #network: TaskNetwork;
	readonly #rule: DispatchRule;
	readonly #tracks: number;
	readonly #taken: Int32Array;
	readonly #start: Float64Array;
	readonly #sequence: Int32Array;
	readonly #waiting: Int32Array;
	/** The predecessor that ended last. */
	readonly #enabler: Int32Array;
	readonly #nodeAt: Int32Array;
	/** Ready tasks by rank: one list a track, and the last for tasks that any may take. */
	readonly #ready: ReadyList[];
	readonly #current: Int32Array;
	readonly #until: Float64Array;
	#begun = 0;
	#now = 0;

	constructor(network: TaskNetwork, tracks: number, rule: DispatchRule) {
		const { size } = network.graph;
		this.#network = network;
		this.#rule = rule;
		this.#tracks = tracks;
		this.#taken = rule.trackOf.slice();
		this.#start = new Float64Array(size);
		this.#sequence = new Int32Array(size);
		this.#waiting = new Int32Array(size);
		this.#enabler = new Int32Array(size).fill(-1);
		this.#nodeAt = new Int32Array(size);
		this.#ready = Array.from({ length: tracks + 1 }, () => new ReadyList());
		this.#current = new Int32Array(tracks).fill(-1);
		this.#until = new Float64Array(tracks);
		const { predecessorStart } = network.graph;
		for (let n = 0; n < size; n++) {
			this.#waiting[n] = intAt(predecessorStart, n + 1) - intAt(predecessorStart, n);
			this.#nodeAt[intAt(rule.rank, n)] = n;
		}
		for (let n = 0; n < size; n++) {
			if (intAt(this.#waiting, n) === 0) {
				this.#enter(n);
			}
		}
	}

	run(): void {
		do {
			this.#startAll();
		} while (this.#finishNext());
	}

	result(): Dispatch {
		let makespan = 0;
		for (let n = 0; n < this.#start.length; n++) {
			makespan = Math.max(makespan, realAt(this.#start, n) + realAt(this.#network.minutes, n));
		}
		return { trackOf: this.#taken, start: this.#start, makespan, sequence: this.#sequence };
	}

	#enter(node: number): void {
		const own = intAt(this.#rule.trackOf, node);
		this.#ready[own === -1 ? this.#tracks : own]?.add(intAt(this.#rule.rank, node));
	}

	#startAll(): void {
		for (let track = 0; track < this.#tracks; track++) {
			if (intAt(this.#current, track) === -1) {
				this.#begin(this.#ready[track]?.take() ?? -1, track);
			}
		}
		const shared = this.#ready[this.#tracks];
		while (shared !== undefined && shared.size > 0 && this.#current.includes(-1)) {
			const rank = shared.take();
			const enabler = intAt(this.#enabler, intAt(this.#nodeAt, rank));
			const near = enabler === -1 ? -1 : intAt(this.#taken, enabler);
			const isFree = near !== -1 && intAt(this.#current, near) === -1;
			this.#begin(rank, isFree ? near : this.#current.indexOf(-1));
		}
	}

	#begin(rank: number, track: number): void {
		if (rank === -1) {
			return;
		}
		const node = intAt(this.#nodeAt, rank);
		this.#current[track] = node;
		this.#taken[node] = track;
		this.#start[node] = this.#now;
		this.#until[track] = this.#now + realAt(this.#network.minutes, node);
		this.#sequence[this.#begun++] = node;
	}

	/** Moves the clock to the next end and frees what waited for it; false when nothing runs. */
	#finishNext(): boolean {
		let next = Number.POSITIVE_INFINITY;
		for (let track = 0; track < this.#tracks; track++) {
			if (intAt(this.#current, track) !== -1 && realAt(this.#until, track) < next) {
				next = realAt(this.#until, track);
			}
		}
		if (next === Number.POSITIVE_INFINITY) {
			return false;
		}
		this.#now = next;
		for (let track = 0; track < this.#tracks; track++) {
			const node = intAt(this.#current, track);
			if (node !== -1 && realAt(this.#until, track) === next) {
				this.#current[track] = -1;
				this.#release(node);
			}
		}
		return true;
	}

	#release(node: number): void {
		const { successorStart, successors } = this.#network.graph;
		for (let e = intAt(successorStart, node); e < intAt(successorStart, node + 1); e++) {
			const child = intAt(successors, e);
			this.#waiting[child] = intAt(this.#waiting, child) - 1;
			this.#enabler[child] = node;
			if (intAt(this.#waiting, child) === 0) {
				this.#enter(child);
			}
		}
	}
}
