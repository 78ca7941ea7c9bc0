import { describe, expect, test } from 'vitest';
import { foreignFormatOf, readInPlace } from '../../src/core/plan/foreign/readInPlace.ts';
import { strategyNames } from '../../src/core/plan/headerFields.ts';
import { toForecastPlan } from '../../src/core/run/toForecastPlan.ts';
import { PlanForecast } from '../../src/core/schedule/planForecast.ts';
import { virtualRun } from '../support/virtualRun.ts';
import { corpusFolder, filesBelow, planFile, shortPath } from './corpusFolder.ts';

const folder = corpusFolder();
const id = { rootUri: 'file:///corpus', key: 'corpus' };

if (folder === null) {
	test.skip('the corpus is not here', () => undefined);
} else {
	testPreviews(folder);
}

function testPreviews(corpus: string): void {
	const plans = filesBelow(corpus)
		.filter((path) => /\.(json|jsonl|md)$/.test(path))
		.flatMap((path) => {
			const files = [planFile(path)];
			const plan = foreignFormatOf(id, files) === null ? null : readInPlace(id, files).plan;
			return plan === null || plan.tasks.length < 2 ? [] : [{ name: shortPath(corpus, path), plan }];
		});

	test('there are plans to preview', () => {
		expect(plans.length).toBeGreaterThan(35);
	});

	describe.each(strategyNames)('P6, strategy %s', (strategy) => {
		test.each(plans)('$name: the preview is what the scheduler of the engine does', ({ plan }) => {
			const { runPlan } = toForecastPlan(plan, { strategy });
			const report = new PlanForecast(runPlan).report();
			const minutes = new Map(report.tasks.map((task) => [task.id, task.minutes]));
			const run = virtualRun(runPlan, { agents: runPlan.jobs, minutes: (task) => minutes.get(task) ?? 0 });
			expect(report.schedule.map(({ start, task }) => `${start} ${task}`)).toEqual(run.starts);
			expect(report.makespanMinutes).toBeGreaterThanOrEqual(report.lowerBoundMinutes - 1e-6);
		});
	});
}
