import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/core/run/gateUnits.ts';
import type { TimelineTask } from '../../src/protocol/timelineView.ts';
import { kindOf } from '../../webview-ui/gantt/ganttData.ts';
import { extentOf, isComparable, workedMs } from '../../webview-ui/timeline/runFigures.ts';
import type { TimelineRows, TimelineRowsInput } from '../../webview-ui/timeline/timelineRows.ts';
import { TimelineRowsCache } from '../../webview-ui/timeline/timelineRows.ts';
import { attemptOf, seedAttempts, seedNow, shownPlan } from './previewSamples.ts';
import { seedGraphPlan } from './samplePlans.ts';

const { plan } = shownPlan(seedGraphPlan);
const words = {
	...{ unscheduled: 'Not in a sprint', gates: 'Gates' },
	...{ hours: '{0} h', minutes: '{0} min', seconds: '{0} s' },
};

function rowsWith(tasks: readonly TimelineTask[], now = seedNow): TimelineRows {
	return new TimelineRowsCache().rows(inputOf(tasks, now));
}

const all = rowsOf(plan, []);
function inputOf(tasks: readonly TimelineTask[], now = seedNow): TimelineRowsInput {
	return {
		...{ plan, rows: all, now, forecast: null, showsPlan: false, words },
		tasks: new Map(tasks.map((task) => [task.id, task])),
		startedAt: tasks.length === 0 ? null : 0,
	};
}

/** `kind start–end` of the bars of a task, in minutes. */
function barsOf({ data, places }: TimelineRows, id: string): string[] {
	const row = [...places].findIndex((place) => plan.tasks[place]?.id === id);
	const found: string[] = [];
	for (let bar = data.rowStart[row] ?? 0; bar < (data.rowStart[row + 1] ?? 0); bar++) {
		found.push(`${kindOf(data, bar)} ${data.starts[bar]}–${data.ends[bar]}`);
	}
	return found;
}

describe('the rows of a timeline', () => {
	const shown = rowsWith(seedAttempts);

	it('stand as in the tree: a heading for each sprint, track by track, then its tasks', () => {
		expect(shown.data.rows.slice(0, 5).map(({ label, heading }) => [label, heading])).toEqual([
			['SPRINT-001-01 · Foundation', true],
			['TASK-001 Database schema design', false],
			['TASK-004 User authentication API', false],
			['TASK-008 Product catalog API', false],
			['SPRINT-002-01 · Advanced Features', true],
		]);
		expect(shown.data.rows).toHaveLength(18 + 6);
	});

	it('have a bar for each attempt and each check, that of work under way up to now', () => {
		expect(barsOf(shown, 'TASK-003')).toEqual([
			'failed 0–140',
			'completed 150–380',
			'checkFailed 380–400',
			'checkPassed 400–430',
		]);
		expect(barsOf(shown, 'TASK-008')).toEqual(['running 1180–1500']);
		expect(barsOf(shown, 'TASK-002')).toEqual(['unverified 0–290']);
		expect(barsOf(shown, 'TASK-007')[0]).toBe('failed 440–800');
		expect(barsOf(shown, 'TASK-018')).toEqual([]);
	});

	it('show a check under way from the end of what came before it', () => {
		const checking = rowsWith([attemptOf('TASK-001', [0, 600_000], { status: 'checking' })], 900_000);
		expect(barsOf(checking, 'TASK-001')).toEqual(['completed 0–10', 'checking 10–15']);
	});

	it('say what a task took beside what was planned', () => {
		const detail = (id: string) =>
			shown.data.rows[[...shown.places].findIndex((place) => plan.tasks[place]?.id === id)]?.detail;
		expect([detail('TASK-003'), detail('TASK-018')]).toEqual(['7 h / 6 h', '6 h']);
	});

	it('are made again only where they say something else, and are what new ones would be', () => {
		const cache = new TimelineRowsCache();
		const first = cache.rows(inputOf(seedAttempts));
		const later = cache.rows(inputOf(seedAttempts, seedNow + 60_000));
		const differ = later.data.rows.flatMap((row, at) => (row === first.data.rows[at] ? [] : [row.label]));
		expect(differ).toEqual(['TASK-008 Product catalog API', 'TASK-013 Shopping cart UI']);
		const done = seedAttempts.map((task) =>
			task.id === 'TASK-008' || task.id === 'TASK-013'
				? attemptOf(task.id, [1_300 * 60_000, seedNow], { check: 'passed' })
				: task,
		);
		const last = cache.rows(inputOf(done));
		expect(last).toEqual(rowsWith(done));
		expect(cache.rows(inputOf(done, seedNow + 1))).toBe(last);
		expect(cache.rows({ ...inputOf([]), words: { ...words } })).toEqual(rowsWith([]));
	});

	it('know how long a run has taken, and whether its forecast can be drawn beside it', () => {
		expect(extentOf(seedAttempts, seedNow)).toEqual({ from: 0, to: seedNow });
		expect(extentOf([], 5)).toBeNull();
		expect(workedMs(attemptOf('X', [1_000, null]), 5_000)).toBe(4_000);
		expect([isComparable(52 * 60, 0.5), isComparable(60, 90), isComparable(0, 10)]).toEqual([
			false,
			true,
			false,
		]);
	});
});
