import { expect, test, vi } from 'vitest';
import { RefreshQueue } from '../../../src/server/refreshQueue.ts';

/** How many milliseconds each of some requests waits, where the runs take these times. A pause of none is one. */
function pausesOf(durations: readonly number[]): number[] {
	vi.useFakeTimers();
	try {
		let clock = 0;
		let runs = 0;
		const queue = new RefreshQueue(
			() => {
				clock += durations[runs] ?? 0;
				runs++;
			},
			() => clock,
		);
		return durations.map((_, index) => {
			queue.request();
			let waited = 0;
			for (; runs === index; waited++) {
				vi.advanceTimersByTime(1);
			}
			return waited;
		});
	} finally {
		vi.useRealTimers();
	}
}

function check(durations: readonly number[], pauses: readonly number[]): void {
	expect(pausesOf(durations)).toEqual(pauses);
}

test('what is quick follows at once, also after a large plan was opened', () => {
	check([9_000, 2, 2, 2], [1, 1, 1, 1]);
});

test('what takes long again and again waits as long as it takes, and never more than a second', () => {
	check([300, 200, 200, 5_000, 5_000, 5_000], [1, 1, 200, 200, 200, 1_000]);
});
