import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PreviewFlags } from '../../src/cli/previewCommand.ts';
import { previewPath } from '../../src/cli/previewCommand.ts';
import { previewText } from '../../src/cli/previewText.ts';
import type { FileContent } from '../support/withFolder.ts';
import { withFolder } from '../support/withFolder.ts';

const shop = `plan: {name: Shop, strategy: conservative}
tasks:
  - {id: A, name: a, run: [make, a], estimated_minutes: 10, verify: [{run: [test, a]}], touches: [src/**]}
  - {id: B, name: b, run: [make, b], estimated_minutes: 20}
  - {id: C, name: c, run: [make, c], estimated_minutes: 30, dependencies: [A], touches: [src/c.ts]}
  - {id: D, name: d, run: [make, d], dependencies: [A], touches: [src/d.ts]}
  - {id: E, name: e, agent: robot, dependencies: [C]}
agents: {robot: {run: [robot]}}
gates: [{name: audit, at: layer, only: [9], checks: [{run: [audit]}]}]
`;

async function preview(
	files: Readonly<Record<string, FileContent>>,
	flags: PreviewFlags = {},
	path = 'shop.plan.yaml',
) {
	let result: Awaited<ReturnType<typeof previewPath>> | undefined;
	await withFolder(files, async (folder) => {
		result = await previewPath(join(folder, path), flags);
	});
	if (result === undefined) {
		throw new Error('nothing was previewed');
	}
	return result;
}

describe('switchyard preview', () => {
	test('has every field of the documented object, in minutes', async () => {
		const { report, exitCode } = await preview({ 'shop.plan.yaml': shop });
		expect(exitCode).toBe(0);
		expect(report).toMatchObject({
			strategy: 'conservative',
			agents: 2,
			layers: [['A', 'B'], ['C', 'D'], ['E']],
			width: 3,
			criticalPath: { tasks: ['A', 'C', 'E'] },
			marginPercent: 30,
		});
		expect(report.schedule[0]).toEqual({ task: 'A', agent: 1, start: 0, end: 10 });
		expect(report.withMarginMinutes).toBeCloseTo(report.makespanMinutes * 1.3);
		expect(Object.keys(report)).toEqual(
			expect.arrayContaining([
				'sequentialMinutes',
				'efficiency',
				'utilisation',
				'warnings',
				'curve',
				'waits',
				'tasks',
			]),
		);
	});

	test('warns of guessed estimates, unverified work, gates that are never reached, and tasks nobody can run', async () => {
		const broken = shop.replace('run: [make, b], ', '');
		const { report } = await preview({ 'shop.plan.yaml': broken });
		const kinds = report.warnings.map(({ kind, tasks }) => `${kind} ${tasks.join(' ')}`.trim());
		expect(kinds).toEqual([
			'no-estimate D E',
			'no-verification E',
			'single-point A',
			'cannot-run B',
			'unreachable-gate',
		]);
	});

	test('as if the plan asked for something else', async () => {
		const files = { 'shop.plan.yaml': shop };
		const { report } = await preview(files, { strategy: 'aggressive', jobs: '4' });
		expect([report.strategy, report.agents]).toEqual(['aggressive', 4]);
		expect((await preview(files, { task: 'C' })).report.schedule).toEqual([
			{ task: 'C', agent: 1, start: 0, end: 30 },
		]);
		await expect(preview(files, { strategy: 'quick' })).rejects.toThrow('There is no strategy “quick”.');
		await expect(preview(files, { task: 'X' })).rejects.toThrow('There is no task X. Tasks: A, B, C, D, E.');
		await expect(preview(files, { jobs: '0' })).rejects.toThrow('whole number from 1');
	});

	test('S3: tasks that may change the same files are kept apart, and that is said', async () => {
		const plan = shop.replace('dependencies: [A], touches: [src/d.ts]', 'touches: [src/d.ts]');
		const { report } = await preview({ 'shop.plan.yaml': plan });
		expect(report.warnings.filter(({ kind }) => kind === 'overlapping-touches')).toEqual([
			{
				kind: 'overlapping-touches',
				message: expect.stringMatching(
					/^(A waits \d+ min for D|D waits 10 min for A): both may change the same files/,
				),
				tasks: expect.arrayContaining(['A', 'D']),
			},
		]);
	});

	test('P7: what waits in a circle is said, exit 1, and the rest is previewed', async () => {
		const circle = shop.replace('dependencies: [A], touches: [src/c.ts]', 'dependencies: [A, E]');
		const { report, exitCode } = await preview({ 'shop.plan.yaml': circle });
		expect(exitCode).toBe(1);
		expect(report.schedule.map(({ task }) => task)).not.toContain('E');
		expect(report.warnings[0]?.kind).toBe('circle');
	});

	test('for a person: figures, layers, schedule with reasons, the exact commands and checks', async () => {
		const { report, label } = await preview({ 'shop.plan.yaml': shop });
		const text = previewText(report, { label });
		expect(text).toContain('Shop: all, 5 tasks, strategy conservative, at most 2 at once');
		expect(text).toMatch(/C +after the layer of B/);
		expect(text).toContain('    run     make a\n    verify  test a\n');
		expect(text).toContain('    run     agent robot: robot\n');
		expect(text).not.toMatch(/NaN|undefined|Infinity/);
	});

	test('P6: gates are there with their time, their commands, and what is not known of them', async () => {
		const gated = `plan: {name: Shop, strategy: dynamic}
sprints:
  - id: S1
    tasks: [A]
    integration: {run: [make, all], estimated_minutes: 15}
    validation: {pm: {run: [pm], estimated_minutes: 5}, security: {run: [audit]}, performance: null}
  - {id: S2, tasks: [B], dependencies: [S1]}
tasks:
  - {id: A, name: a, run: [make, a], estimated_minutes: 10}
  - {id: B, name: b, run: [make, b], estimated_minutes: 30}
`;
		const { report, label } = await preview({ 'shop.plan.yaml': gated });
		expect(report).toMatchObject({ makespanMinutes: 60, gateMinutes: 20 });
		expect(report.warnings.map(({ kind, tasks }) => `${kind} ${tasks.join(' ')}`)).toEqual([
			'no-gate-time S1:security',
		]);
		const text = previewText(report, { label });
		expect(text).toContain('Shop: all, 2 tasks,');
		expect(text).toMatch(/One after another +1 hour with 20 min of gates/);
		expect(text).toMatch(/With sprints and gates +1 hours?: A → S1:integration → S1:pm → B\n/);
		expect(text).toMatch(/0:10 +0:25 +agent 1 +S1:integration +after A\n/);
		expect(text).toContain('  Gate of S1, after A\n    Integration of S1 (15 min)\n      merge   make all\n');
		expect(text).toContain('    Security audit of S1 (time unknown)\n      judge   audit\n');
		expect(text).toContain('    performance: not configured\n');
	});

	test('P1: layers that another tool states, the last of them sequential', async () => {
		const layers = [
			'# Plan',
			'',
			'Layer 1 (35 min) - 3 parallel tasks:',
			'├── set-up (25 min)',
			'├── configure (30 min)',
			'└── schema (35 min)',
			'',
			'Layer 2 (45 min) - 2 sequential tasks:',
			'├── pack (20 min)',
			'└── ship (25 min)',
			'',
		].join('\n');
		const { report } = await preview({ 'plan.md': layers }, { jobs: '3' }, 'plan.md');
		expect(report).toMatchObject({
			strategy: 'batches',
			width: 3,
			sequentialMinutes: 135,
			makespanMinutes: 80,
		});
		expect(report.layers).toEqual([
			['set-up', 'configure', 'schema'],
			['pack', 'ship'],
		]);
		expect(report.schedule.slice(-2).map(({ task }) => task)).toEqual(['pack', 'ship']);
	});
});
