import { describe, expect, test } from 'vitest';
import { foreignFormatOf, readInPlace } from '../../src/core/plan/foreign/readInPlace.ts';
import type { PlanningTask } from '../../src/core/schedule/planningTask.ts';
import { planningTasks } from '../../src/core/schedule/planningTask.ts';
import { planTracks } from '../../src/core/schedule/planTracks.ts';
import { shortestMakespan } from '../unit/schedule/shortestMakespan.ts';
import { corpusFolder, filesBelow, planFile, shortPath } from './corpusFolder.ts';

const folder = corpusFolder();
const id = { rootUri: 'file:///corpus', key: 'corpus' };

if (folder === null) {
	test.skip('the corpus is not here', () => undefined);
} else {
	testPlanning(folder);
}

function testPlanning(corpus: string): void {
	const plans = filesBelow(corpus)
		.filter((path) => /\.(json|jsonl|md)$/.test(path))
		.flatMap((path) => {
			const files = [planFile(path)];
			if (foreignFormatOf(id, files) === null) {
				return [];
			}
			const tasks = planningTasks(readInPlace(id, files).plan, { layered: true });
			return tasks.length > 1 ? [{ name: shortPath(corpus, path), tasks }] : [];
		});

	test('there are plans to place', () => {
		expect(plans.length).toBeGreaterThan(35);
	});

	describe.each([2, 3, 4, 8])('P3: %i tracks', (tracks) => {
		test('the median ratio to max(critical path, work / tracks) is at most 1.05', () => {
			const results = plans.map(({ name, tasks }) => {
				const plan = planTracks(tasks, { tracks, split: true });
				const floor = Math.max(plan.criticalPath.minutes, plan.sequentialMinutes / tracks);
				return { name, plan, ratio: plan.makespanMinutes / floor };
			});
			const sorted = results.map(({ ratio }) => ratio).sort((a, b) => a - b);
			expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(1.05);
			for (const { name, plan, ratio } of results) {
				const said = plan.notes.some((note) => note.includes('longer than critical path and work'));
				expect([name, said]).toEqual([name, ratio > 1.05]);
			}
		});

		test('what is above it cannot be shorter: nearly all of it is proven, and the rest is near', () => {
			const open = plans.flatMap(({ name, tasks }) => {
				const { makespanMinutes, bound, lowerBoundMinutes } = planTracks(tasks, { tracks, split: true });
				const gap = makespanMinutes / bound.minutes;
				return makespanMinutes / lowerBoundMinutes > 1.05 && !isShortest(tasks, tracks)
					? [{ name, gap }]
					: [];
			});
			expect(open.length).toBeLessThanOrEqual(2);
			expect(open.filter(({ gap }) => gap > 1.06)).toEqual([]);
		});

		test('where trying everything is possible, nothing is shorter', () => {
			const small = plans.filter(({ tasks }) => tasks.length <= 18);
			expect(small.length).toBeGreaterThan(3);
			expect(small.filter(({ tasks }) => !isShortest(tasks, tracks)).map(({ name }) => name)).toEqual([]);
		});
	});
}

/** True where a bound or, for a small plan, trying every placement says that none is shorter. */
function isShortest(tasks: readonly PlanningTask[], tracks: number): boolean {
	const { makespanMinutes: known, bound } = planTracks(tasks, { tracks, split: true });
	const isProven = known <= bound.minutes * 1.0001;
	if (isProven || tasks.length > 18) {
		return isProven;
	}
	const sorted: PlanningTask[] = [];
	const done = new Set<string>();
	while (sorted.length < tasks.length) {
		const next = tasks.filter(
			({ id, dependencies }) => !done.has(id) && dependencies.every((each) => done.has(each)),
		);
		for (const task of next) {
			done.add(task.id);
			sorted.push(task);
		}
		if (next.length === 0) {
			return false;
		}
	}
	return shortestMakespan(sorted, { tracks, known, mostWays: 500_000 }) === known;
}
