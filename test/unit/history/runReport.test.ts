import { expect, it } from 'vitest';
import { reportRun } from '../../../src/core/history/runReport.ts';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { planOf, Story } from '../run/story.ts';

const minute = 60_000;

/** Work of a task from one minute to another, and its check up to a third. */
function workOf(
	task: string,
	attempt: number,
	[from, to, checkedTo]: readonly [number, number, number?],
): RunEvent[] {
	const facts = {
		engine: 'e1',
		task,
		attempt,
		outputHash: 'f'.repeat(64),
		outputBytes: 1,
		exit: 0,
		reason: '',
	};
	const ended: RunEvent = {
		...{ ...facts, kind: 'attempt-ended', outcome: 'ok' },
		...{ startedAt: from * minute, endedAt: to * minute },
	};
	return checkedTo === undefined
		? [ended]
		: [
				ended,
				{
					...{ ...facts, kind: 'check-ended', check: 0, passed: true },
					...{ startedAt: to * minute, endedAt: checkedTo * minute },
				},
			];
}

it('a report adds what was measured, and compares it with the estimates of completed tasks', () => {
	const check = { command: { kind: 'argv' as const, argv: ['true'] }, expectExit: 0, timeoutMinutes: 1 };
	const more = {
		A: { checks: [check], estimateMinutes: 10 },
		B: { estimateMinutes: 40, type: 'frontend' },
		C: { estimateMinutes: null },
	};
	const story = new Story(planOf({ tasks: 'A B C D', more }));
	story.tell('ask e1 A B C D', 'claim e1 A 1', 'claim e1 B 1', 'claim e1 C 1');
	const ends = [...workOf('A', 1, [0, 10, 15]), ...workOf('B', 1, [5, 25]), ...workOf('C', 1, [100, 130])];
	for (const event of ends) {
		expect(story.apply(event)).toBeNull();
	}
	story.tell('claim e1 D 1', 'end e1 D 1 failed');
	const report = reportRun(story.table);
	expect(report).toMatchObject({
		startedAt: 0,
		endedAt: 130 * minute,
		workMinutes: 60 + 10 / minute,
		checkMinutes: 5,
		attempts: 4,
		totals: { total: 4, completed: 3, failed: 1, unverified: 0 },
	});
	// From 0 to 25 and from 100 to 130, and the failed one within that.
	expect(report.busyMinutes).toBeCloseTo(55, 6);
	expect(report.tasks.map(({ id, actualMinutes, ratio }) => [id, actualMinutes, ratio])).toEqual([
		['A', 15, 1.5],
		['B', 20, 0.5],
		['C', 30, null],
		['D', null, null],
	]);
	expect(report.tasks[3]?.reason).toBe('D ended: failed.');
	expect(report.types.map(({ type, tasks, ratio }) => [type, tasks, ratio.median])).toEqual([
		['backend', 1, 1.5],
		['frontend', 1, 0.5],
	]);
});

it('a run in which nothing has ended has no times', () => {
	const report = reportRun(new Story(planOf({ tasks: 'A' })).table);
	expect(report).toMatchObject({ startedAt: null, endedAt: null, wallMinutes: 0, busyMinutes: 0, types: [] });
});
