import { intAt, realAt } from '../graph/buildGraph.ts';
import type { Dispatch } from './dispatch.ts';
import { dispatch } from './dispatch.ts';
import type { TaskNetwork } from './taskNetwork.ts';

export interface ImproveOptions {
	readonly start: Dispatch;
	readonly tracks: number;
	/** No schedule is shorter: the search ends when it is reached. */
	readonly bound: number;
}

/** Tasks that may be dispatched in all trials together. */
const effort = 400_000;
/** Trials for small plans, where the effort alone would allow more than the search can use. */
const maxTrials = 3_000;

/** Up to how many tasks the search goes on until nothing can be better. */
const exactUpTo = 200;

/** Up to how many tasks the order within a track is searched as well. */
const reorderUpTo = 40;

/**
 * Iterated local search over which track does what: tasks that hold the end up are moved to another track, or exchanged
 * with one there; what is better is kept. When nothing helps any more a few tasks are moved at random (from a fixed
 * seed, so that the same plan gives the same tracks) and the search goes on from there.
 *
 * A run takes the ready tasks of a track by their remaining critical path (S2), so that is the order first. Only where
 * small plans come out longer than they must is another order tried too, in which a task may be taken early because
 * another track waits for what follows it.
 */
export function improveTracks(network: TaskNetwork, { start, tracks, bound }: ImproveOptions): Dispatch {
	// What is this near to the bound is not worth a search; small plans, where a task more counts, are taken exactly.
	const target = network.graph.size > exactUpTo ? bound * 1.005 : bound;
	const plain = new TrackSearch(network, { tracks, start, reorders: false });
	plain.run(target);
	if (network.graph.size > reorderUpTo || plain.best.makespan <= bound + 1e-6) {
		return plain.best;
	}
	const free = new TrackSearch(network, { tracks, start: plain.best, reorders: true });
	free.run(bound);
	return free.best;
}

interface SearchOptions {
	readonly tracks: number;
	readonly start: Dispatch;
	readonly reorders: boolean;
}

/** A step of the search: tasks that go to other tracks, or two tasks that exchange their ranks. */
type Change =
	| { readonly kind: 'move'; readonly moves: readonly (readonly [task: number, track: number])[] }
	| { readonly kind: 'reorder'; readonly a: number; readonly b: number };

class TrackSearch {
	best: Dispatch;
	readonly #network: TaskNetwork;
	readonly #tracks: number;
	readonly #reorders: boolean;
	#current: Dispatch;
	#rank: Int32Array;
	#bestRank: Int32Array;
	#random = 0x2545f491;

	constructor(network: TaskNetwork, { tracks, start, reorders }: SearchOptions) {
		this.#network = network;
		this.#tracks = tracks;
		this.#reorders = reorders;
		this.#current = start;
		this.#rank = network.rank;
		this.#bestRank = network.rank;
		this.best = start;
	}

	/** Searches until the bound is reached or the effort is used up. */
	run(bound: number): void {
		let trials = Math.min(maxTrials, Math.floor(effort / Math.max(1, this.#network.graph.size)));
		while (trials > 0 && this.best.makespan > bound + 1e-6) {
			trials -= this.#descend(trials) + 1;
			this.#shake();
		}
	}

	/** Follows improvements until there is none; answers how many trials that took. */
	#descend(limit: number): number {
		let used = 0;
		for (let hasMoved = true; hasMoved && used < limit; ) {
			hasMoved = false;
			for (const change of this.#changes()) {
				used++;
				hasMoved = this.#try(change);
				if (hasMoved || used >= limit) {
					break;
				}
			}
		}
		return used;
	}

	/** Leaves the best place by a few steps at random. */
	#shake(): void {
		const trackOf = this.best.trackOf.slice();
		this.#rank = this.#bestRank;
		const steps = 2 + (this.#next() % 3);
		for (let i = 0; i < steps; i++) {
			trackOf[this.#next() % trackOf.length] = this.#next() % this.#tracks;
			if (this.#reorders) {
				this.#rank = exchanged(this.#rank, this.#next() % trackOf.length, this.#next() % trackOf.length);
			}
		}
		this.#current = this.#dispatch(trackOf, this.#rank);
		this.#remember();
	}

	#try(change: Change): boolean {
		const trackOf = this.#current.trackOf.slice();
		let rank = this.#rank;
		if (change.kind === 'reorder') {
			rank = exchanged(rank, change.a, change.b);
		} else {
			for (const [task, track] of change.moves) {
				trackOf[task] = track;
			}
		}
		const found = this.#dispatch(trackOf, rank);
		if (found.makespan < this.#current.makespan - 1e-9) {
			this.#current = found;
			this.#rank = rank;
			this.#remember();
			return true;
		}
		return false;
	}

	/** What may help: moves, exchanges and other orders of the tasks that hold the end up. */
	*#changes(): Generator<Change> {
		const { trackOf } = this.#current;
		const held = this.#holdingTasks();
		for (const task of held) {
			for (let track = 0; track < this.#tracks; track++) {
				if (track !== intAt(trackOf, task)) {
					yield { kind: 'move', moves: [[task, track]] };
				}
			}
		}
		for (const task of held) {
			yield* this.#exchanges(task, trackOf);
		}
	}

	*#exchanges(task: number, trackOf: Int32Array): Generator<Change> {
		const own = intAt(trackOf, task);
		for (let other = 0; other < trackOf.length; other++) {
			const track = intAt(trackOf, other);
			if (track !== own) {
				const moves = [
					[task, track],
					[other, own],
				] as const;
				yield { kind: 'move', moves };
			} else if (this.#reorders && other !== task) {
				yield { kind: 'reorder', a: task, b: other };
			}
		}
	}

	/** From the last end back: what each waited for, a predecessor or the task before it on its track. */
	#holdingTasks(): number[] {
		const { start, makespan, sequence, trackOf } = this.#current;
		const { graph, minutes } = this.#network;
		const end = (n: number) => realAt(start, n) + realAt(minutes, n);
		const previous = new Int32Array(graph.size).fill(-1);
		const last = new Int32Array(this.#tracks).fill(-1);
		for (const node of sequence) {
			previous[node] = intAt(last, intAt(trackOf, node));
			last[intAt(trackOf, node)] = node;
		}
		const held = new Set<number>();
		const open = [...sequence].filter((n) => end(n) >= makespan - 1e-9);
		for (let node = open.pop(); node !== undefined; node = open.pop()) {
			if (held.has(node)) {
				continue;
			}
			held.add(node);
			const before = [
				intAt(previous, node),
				...graph.predecessors.subarray(graph.predecessorStart[node], graph.predecessorStart[node + 1]),
			];
			const from = realAt(start, node);
			open.push(...before.filter((n) => n !== -1 && end(n) >= from - 1e-9));
		}
		return [...held];
	}

	#dispatch(trackOf: Int32Array, rank: Int32Array): Dispatch {
		return dispatch(this.#network, this.#tracks, { rank, trackOf });
	}

	#remember(): void {
		if (this.#current.makespan < this.best.makespan - 1e-9) {
			this.best = this.#current;
			this.#bestRank = this.#rank;
		}
	}

	/** Xorshift (Marsaglia 2003). */
	#next(): number {
		let x = this.#random;
		x ^= x << 13;
		x ^= x >>> 17;
		x ^= x << 5;
		this.#random = x;
		return x >>> 0;
	}
}

function exchanged(rank: Int32Array, a: number, b: number): Int32Array {
	const changed = rank.slice();
	changed[a] = intAt(rank, b);
	changed[b] = intAt(rank, a);
	return changed;
}
