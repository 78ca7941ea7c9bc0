import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PreviewReport } from '../../src/core/schedule/previewReport.ts';
import type { TrackPlan } from '../../src/core/schedule/trackPlan.ts';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';

// What a real run took is what the next forecast, the next planning and the report say.

const space = new EngineWorkspace();
const tasks = ['A', 'B', 'C'].map((id) => ({ id, type: 'backend', run: work(0.3) }));
const ends = {
	integration: { run: work(0.6) },
	validation: { pm: { run: work(0.2) } },
};
const sprints = [{ id: 'S1', tasks: ['A', 'B', 'C'], ...ends }];

async function preview(): Promise<PreviewReport> {
	return JSON.parse((await space.cli('preview', '--json')).out) as PreviewReport;
}

beforeAll(() => {
	space.plan(tasks, { sprints, plan: { strategy: 'dynamic' } });
});

afterAll(() => space.dispose());

test('P6: before any run, tasks are assumed and gates take no time, and both is said', async () => {
	const report = await preview();
	expect(report.tasks.map(({ minutes, source }) => `${minutes} ${source}`)).toEqual([
		'30 assumed',
		'30 assumed',
		'30 assumed',
	]);
	expect(report.warnings.map(({ kind }) => kind)).toEqual(['no-estimate', 'no-gate-time']);
	expect(report.gateMinutes).toBe(0);
});

test('P6: afterwards both take what they took, also in another sprint with other tasks', async () => {
	expect((await space.cli('run')).code).toBe(0);
	const more = [...tasks, { id: 'D', type: 'backend', run: work(0.3), estimated_minutes: 1 }];
	const next = [...sprints, { id: 'S2', tasks: ['D'], dependencies: ['S1'], ...ends }];
	space.plan(more, { sprints: next, plan: { strategy: 'dynamic' } });
	const { tasks: expected, gates, warnings, gateMinutes } = await preview();
	const [a, , , d] = expected;
	expect([a?.source, a?.reason, d?.source]).toEqual([
		'history',
		'From 3 finished backend tasks by shell on T1.',
		'stated',
	]);
	expect((a?.minutes ?? 0) * 60).toBeGreaterThanOrEqual(0.3);
	const steps = gates.flatMap((gate) => gate.steps);
	expect(steps.map(({ id, source }) => `${id} ${source}`)).toEqual([
		'S1:integration history',
		'S1:pm history',
		'S2:integration history',
		'S2:pm history',
	]);
	expect(gateMinutes * 60).toBeGreaterThanOrEqual(1.6);
	expect(warnings.map(({ kind }) => kind)).toEqual(['no-estimate']);
	const { out } = await space.cli('preview');
	expect(out).toMatch(/A {2}Name of A \(about 0\.\d s: from 3 finished backend tasks by shell on T1\)/);
});

test('planning counts tasks without an estimate with what finished ones took, and says so', async () => {
	const plan = JSON.parse((await space.cli('plan', '--json')).out) as TrackPlan;
	expect(plan.assumed.map(({ task, reason }) => `${task} ${reason}`)).toEqual(
		['A', 'B', 'C'].map((id) => `${id} From 3 finished backend tasks by shell on T1.`),
	);
	const { out } = await space.cli('plan');
	expect(out).toMatch(/note: A, B, C have no estimate and are counted with 0\.\d s each\. From 3 finished/);
});

test('the report lists steps of gates with their spread, and the forecast of a plan that was done as a whole', async () => {
	expect((await space.cli('run')).code).toBe(0);
	const { out } = await space.cli('report', '--estimates');
	expect(out).toMatch(/\n {2}gate: integration +shell +T1 +2 +0\.\d s \(0\.\d s to 0\.\d s\)/);
	expect(out).toMatch(/\n {2}gate: pm +shell +T1 +2 /);
	expect(out).toMatch(/\nForecast: \d.*, with margin .*; it took .* \([\d.e-]+ ×\)\n/);
	const report = JSON.parse((await space.cli('report', '--estimates', '--json')).out);
	expect(report.forecast.ratio).toBeCloseTo(
		report.forecast.actualMinutes / report.forecast.makespanMinutes,
		3,
	);
});
