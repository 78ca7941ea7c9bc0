import type { PlanningTask } from '../../../src/core/schedule/planningTask.ts';

/** Partial schedules that are looked at, unless more are allowed. */
const usualWays = 50_000;

/**
 * The shortest time in which so many tracks can do some tasks, by trying every task next on every track that is free
 * at another time. `known` is a time that is possible: only shorter ones are looked for. For a dozen tasks, each listed
 * after those it depends on; null where there are too many ways to try.
 */
export function shortestMakespan(
	tasks: readonly PlanningTask[],
	{
		tracks,
		known,
		mostWays = usualWays,
	}: { readonly tracks: number; readonly known: number; readonly mostWays?: number },
): number | null {
	const numberOf = new Map(tasks.map(({ id }, n) => [id, n]));
	const before = tasks.map(({ dependencies }) => dependencies.map((id) => numberOf.get(id)!));
	const minutes = tasks.map((task) => task.minutes);
	const tail = minutes.slice();
	// Dependencies point back, so one pass from the end is enough.
	for (let n = tasks.length - 1; n >= 0; n--) {
		for (const b of before[n]!) {
			tail[b] = Math.max(tail[b]!, minutes[b]! + tail[n]!);
		}
	}
	const end = new Array<number>(tasks.length).fill(-1);
	const seen = new Map<string, number>();
	let best = known;
	let ways = 0;
	const readyAt = (n: number) =>
		before[n]!.reduce((latest, b) => (end[b] === -1 ? Number.NaN : Math.max(latest, end[b]!)), 0);
	const isHopeless = (free: readonly number[], left: number) =>
		(free.reduce((sum, at) => sum + at, 0) + left) / tracks >= best - 1e-9 ||
		tasks.some((_, n) => end[n] === -1 && Math.max(free[0]!, readyAt(n) || 0) + tail[n]! >= best - 1e-9);
	const visit = (free: readonly number[], left: number, latest: number) => {
		if (left === 0) {
			best = Math.min(best, latest);
			return;
		}
		ways++;
		if (ways > mostWays || isHopeless(free, left)) {
			return;
		}
		const key = `${free.join()} ${end.map((at) => (at === -1 ? 'x' : Math.max(at, free[0]!))).join()}`;
		if ((seen.get(key) ?? Number.POSITIVE_INFINITY) <= latest) {
			return;
		}
		seen.set(key, latest);
		for (let n = 0; n < tasks.length; n++) {
			const ready = end[n] === -1 ? readyAt(n) : Number.NaN;
			if (Number.isNaN(ready)) {
				continue;
			}
			for (const at of new Set(free)) {
				end[n] = Math.max(at, ready) + minutes[n]!;
				const then = free.with(free.indexOf(at), end[n]!).sort((a, b) => a - b);
				visit(then, left - minutes[n]!, Math.max(latest, end[n]!));
				end[n] = -1;
			}
		}
	};
	const total = minutes.reduce((sum, one) => sum + one, 0);
	visit(new Array<number>(tracks).fill(0), total, 0);
	return ways > mostWays ? null : best;
}
