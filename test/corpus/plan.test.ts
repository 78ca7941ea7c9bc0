import { describe, expect, test } from 'vitest';
import { foreignFormatOf, readInPlace } from '../../src/core/plan/foreign/readInPlace.ts';
import { planningTasks } from '../../src/core/schedule/planningTask.ts';
import { planTracks } from '../../src/core/schedule/planTracks.ts';
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
	});
}
