import { LiveRows } from './liveRows.ts';
import { ripple } from './ripple.ts';

/**
 * Nodes that wait for each other in no circle, with the number of steps before each, kept up with edits: an edit costs
 * what it moves. This is the dynamic topological order of Pearce and Kelly (ACM JEA 11, 2006) with Kahn levels as the
 * order, which are the same whatever edits led to them.
 */
export class LiveOrder {
	/** Steps before each node; of two nodes in order the later one has more. */
	readonly levels: Int32Array;
	/** What each node waits for, as it was given: in order, and twice where it is named twice. */
	readonly needs: LiveRows;
	/** What waits for each node, in no order. */
	readonly followers: LiveRows;

	private constructor(needs: LiveRows, followers: LiveRows, levels: Int32Array) {
		this.needs = needs;
		this.followers = followers;
		this.levels = levels;
	}

	/** `from[e]` waits for `to[e]`. Null for nodes that wait for each other in a circle, or for themselves. Linear. */
	static of(size: number, from: readonly number[], to: readonly number[]): LiveOrder | null {
		const needs = LiveRows.of(size, from, to);
		const followers = LiveRows.of(size, to, from);
		const levels = levelsOf(needs, followers);
		return levels === null ? null : new LiveOrder(needs, followers, levels);
	}

	/** Gives a node other needs. False when that closes a circle: then nothing here holds any more. */
	setNeeds(node: number, now: readonly number[]): boolean {
		const { needs, followers, levels } = this;
		const gone = needs.of(node).slice();
		const come: number[] = [];
		for (const each of now) {
			const known = gone.indexOf(each);
			if (known === -1) {
				come.push(each);
			} else {
				gone.splice(known, 1);
			}
		}
		if (this.#leadsTo(node, come)) {
			return false;
		}
		needs.replace(node, now);
		for (const each of gone) {
			const others = followers.of(each);
			followers.replace(each, others.toSpliced(others.indexOf(node), 1));
		}
		for (const each of come) {
			followers.replace(each, [...followers.of(each), node]);
		}
		ripple([node], {
			rankOf: (each) => levels[each] ?? 0,
			update: (each) => this.#level(each),
			next: (each, visit) => followers.each(each, visit),
		});
		return true;
	}

	/** Whether what waits for a node, directly or not, or the node itself, is one of those that it shall wait for. */
	#leadsTo(node: number, wanted: readonly number[]): boolean {
		// Only what comes before the last of them can lead to one.
		const last = wanted.reduce((most, each) => Math.max(most, this.levels[each] ?? 0), -1);
		const seen = new Set((this.levels[node] ?? 0) <= last ? [node] : []);
		for (const each of seen) {
			if (wanted.includes(each)) {
				return true;
			}
			this.followers.each(each, (next) => {
				if ((this.levels[next] ?? 0) <= last) {
					seen.add(next);
				}
			});
		}
		return wanted.includes(node);
	}

	/** Brings the level of a node up to date; true when it is another. */
	#level(node: number): boolean {
		const { levels } = this;
		let level = 0;
		this.needs.each(node, (each) => {
			level = Math.max(level, (levels[each] ?? 0) + 1);
		});
		const isOther = levels[node] !== level;
		levels[node] = level;
		return isOther;
	}
}

/** Kahn's algorithm; null where it does not come to every node. */
function levelsOf(needs: LiveRows, followers: LiveRows): Int32Array | null {
	const { size } = needs;
	const waiting = new Int32Array(size);
	const levels = new Int32Array(size);
	const ready = new Int32Array(size);
	let found = 0;
	for (let node = 0; node < size; node++) {
		const count = needs.lengthOf(node);
		waiting[node] = count;
		if (count === 0) {
			ready[found++] = node;
		}
	}
	for (let at = 0; at < found; at++) {
		const node = ready[at] ?? 0;
		const below = (levels[node] ?? 0) + 1;
		followers.each(node, (next) => {
			levels[next] = Math.max(levels[next] ?? 0, below);
			const left = (waiting[next] ?? 0) - 1;
			waiting[next] = left;
			if (left === 0) {
				ready[found++] = next;
			}
		});
	}
	return found === size ? levels : null;
}
