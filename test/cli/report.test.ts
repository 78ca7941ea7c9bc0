import { afterAll, beforeAll, expect, it } from 'vitest';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';

const space = new EngineWorkspace();
const agent = ['sh', '-c', 'cat >/dev/null; echo \'{"cost_usd": 0.5}\' > "$SWITCHYARD_OUT/report.json"'];

beforeAll(async () => {
	space.plan(
		[
			{ id: 'A', type: 'backend', estimated_minutes: 10 },
			{ id: 'B', type: 'backend', estimated_minutes: 20, verify: [{ run: ['true'] }] },
			{ id: 'C', type: 'docs', agent: 'scribe', estimated_hours: 1 },
			{ id: 'D', type: 'docs', run: work(0, 7) },
		],
		{ agents: { scribe: { run: agent } } },
	);
});

afterAll(() => space.dispose());

it('without a run there is nothing to report, and that is no error', async () => {
	expect(await space.cli('report')).toMatchObject({ code: 0, out: expect.stringContaining('No run yet') });
	expect(JSON.parse((await space.cli('report', '--json')).out)).toEqual({ run: null });
	const wrong = await space.cli('report', '--run', 'exec-1');
	expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('It has no runs yet.') });
});

it('a run is reported with its failures, its unverified tasks, and estimates beside what happened', async () => {
	expect((await space.cli('run')).code).toBe(1);
	const { code, out } = await space.cli('report', '--estimates');
	expect(code).toBe(1);
	expect(out).toContain('Tasks:  3 of 4 completed, 1 failed, 1 unverified\n');
	expect(out).toMatch(/Failed:\n {2}D {2}.*7/);
	expect(out).toContain('Completed, and verified by nothing:\n  C  Name of C\n');
	expect(out).toMatch(/\n {2}A {5}backend {2}completed +10 min 00 s +0\.\d s +[\d.e-]+ ×\n/);
	expect(out).toMatch(/\n {2}D {5}docs +failed +no estimate +– +–\n/);
	expect(out).toMatch(/\n {2}docs +scribe +T1 +1 .*\$0\.50\n/);
});

it('as an object it has the same figures, for programs', async () => {
	const { out } = await space.cli('report', '--estimates', '--json');
	const report = JSON.parse(out);
	expect(report).toMatchObject({
		state: 'idle',
		attempts: 4,
		totals: { total: 4, completed: 3, failed: 1, unverified: 1 },
		failures: [{ task: 'D' }],
		unverified: ['C'],
		tasks: { A: { estimateMinutes: 10, status: 'completed', agent: 'shell' }, D: { actualMinutes: null } },
		types: [
			{ type: 'backend', tasks: 2, estimateMinutes: 30 },
			{ type: 'docs', tasks: 1, estimateMinutes: 60 },
		],
		history: [
			{ type: 'backend', agent: 'shell', tier: 'T1', minutes: { n: 2 }, costUsd: null },
			{ type: 'docs', agent: 'scribe', tier: 'T1', minutes: { n: 1 }, costUsd: { median: 0.5 } },
		],
	});
	const { actualMinutes, ratio, estimateMinutes } = report.tasks.A;
	expect(ratio).toBeCloseTo(actualMinutes / estimateMinutes, 6);
	expect(actualMinutes * 60).toBeGreaterThanOrEqual(0.05);
	const plain = JSON.parse((await space.cli('report', '--run', report.run, '--json')).out);
	expect([plain.run, plain.tasks]).toEqual([report.run, undefined]);
});
