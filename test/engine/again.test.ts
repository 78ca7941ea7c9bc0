import { cpSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EngineWorkspace } from '../support/engineWorkspace.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

describe('S5: run --again', () => {
	test('does completed tasks of the scope anew after a person has agreed, and nothing beside them', async () => {
		ws.plan([{ id: 'A' }, { id: 'B', dependencies: ['A'] }, { id: 'C', dependencies: ['B'] }]);
		expect((await ws.cli('run')).code).toBe(0);
		const asked = await ws.cli('run', '--from', 'B', '--again');
		expect([asked.code, asked.err]).toEqual([
			3,
			'B, C are completed: --again does them anew, and the result takes the place of the one before.\n' +
				'Nothing was started. To do them again, add --yes.\n',
		]);
		expect(ws.count('start')).toEqual({ A: 1, B: 1, C: 1 });
		const done = await ws.cli('run', '--from', 'B', '--again', '--yes');
		expect([done.code, done.out]).toEqual([0, expect.stringContaining('2/2 completed')]);
		expect(ws.count('end')).toEqual({ A: 1, B: 2, C: 2 });
		expect(ws.log.map(({ kind, task }) => `${kind} ${task}`).slice(-4)).toEqual([
			'start B',
			'end B',
			'start C',
			'end C',
		]);
		const evidence = ws.filesBelow('.work').find((file) => /\/B-.*EVIDENCE\.md$/.test(file));
		expect(ws.read(join('.work', evidence ?? ''))).toContain('Attempt 2: work');
		// Without the word nothing that is completed runs.
		expect((await ws.cli('run', '--from', 'B')).out).toContain('Nothing to do');
	});

	test('words that contradict each other are refused before anything is started', async () => {
		ws.plan([{ id: 'A' }]);
		for (const [flags, reason] of [
			[['--again', '--recheck'], 'Give one of: --again (do it anew), --recheck (only judge it anew).'],
			[['--again', '--new'], '--again is about finished tasks: it does not go with --new'],
			[['--recheck', '--resume'], '--recheck is about finished tasks: it does not go with --resume'],
		] as const) {
			const { code, err } = await ws.cli('run', ...flags);
			expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
		}
		expect(ws.exists('.switchyard')).toBe(false);
	});
});

test('FORMATS 2.1: the state file of a plan in one file lies beside it where the plan says so, and tells a clone what is done', async () => {
	const text = ws.planText([{ id: 'A' }, { id: 'B', run: ['false'] }], { plan: { state_file: 'beside' } });
	ws.write('demo.plan.yaml', text);
	expect((await ws.cli('run')).code).toBe(1);
	expect(ws.read('.demo-state.yaml')).toMatch(/A:\n\s+status: completed/);
	expect(ws.exists('.switchyard/state')).toBe(false);
	// It is no plan, and no edit of one.
	expect((await ws.cli('check')).out).toContain('2 tasks in 1 file');
	const clone = new EngineWorkspace();
	try {
		clone.write('demo.plan.yaml', text).write('.demo-state.yaml', ws.read('.demo-state.yaml'));
		expect((await clone.cli('run', '--task', 'A')).out).toContain('Nothing to do');
		expect((await clone.table()).tasks.get('A')?.validation).toBe('imported');
	} finally {
		clone.dispose();
	}
});

describe('FORMATS 2.1: run --recheck', () => {
	test('in a fresh clone: checks decide about what the state file says is completed, and no work is done', async () => {
		const root = join(ws.root, 'shop');
		cpSync(resolve(import.meta.dirname, '../../samples/shop'), root, { recursive: true });
		mkdirSync(join(root, 'docs/planning'), { recursive: true });
		for (const [id, verify] of [
			['TASK-901', 'true'],
			['TASK-902', 'false'],
		]) {
			ws.write(
				`shop/docs/planning/tasks/${id}.yaml`,
				`id: ${id}\nname: Checked\ntype: backend\nestimated_hours: 1\nrun: [touch, ${id}.done]\nverify: [{run: ["${verify}"]}]\n`,
			);
		}
		ws.write(
			'shop/docs/planning/.project-state.yaml',
			'version: "1.0"\ntype: project\ntasks:\n  TASK-901: {status: completed}\n  TASK-902: {status: completed}\n',
		);
		const good = await ws.cli('run', 'shop', '--task', 'TASK-901', '--recheck');
		expect([good.code, good.out]).toEqual([0, expect.stringContaining('1/1 completed')]);
		const before = (await ws.cli('status', 'shop')).out;
		expect(before).toMatch(/^TASK-901 +completed$/m);
		expect(before).toMatch(/^TASK-902 +completed +Unverified: a state file says so\. .*--recheck$/m);
		const bad = await ws.cli('run', 'shop', '--task', 'TASK-902', '--recheck');
		expect([bad.code, bad.out]).toEqual([1, expect.stringContaining('FAILED: Check 1 failed')]);
		const { tasks } = JSON.parse((await ws.cli('status', 'shop', '--json')).out) as {
			tasks: Record<string, { status: string; validation: string | null }>;
		};
		expect(tasks['TASK-901']).toMatchObject({ status: 'completed', validation: 'checks' });
		expect(tasks['TASK-902']).toMatchObject({ status: 'failed' });
		expect([ws.exists('shop/TASK-901.done'), ws.exists('shop/TASK-902.done')]).toEqual([false, false]);
		const evidence = ws.filesBelow('shop').find((file) => /TASK-901-.*EVIDENCE\.md$/.test(file));
		const text = ws.read(join('shop', evidence ?? ''));
		expect(text).toContain('The work was done before this run: its checks were made here.');
		expect(text).not.toContain('Attempt 1: work');
		// The work is done once a person asks for it.
		expect((await ws.cli('run', 'shop', '--task', 'TASK-902')).code).toBe(1);
		expect(ws.exists('shop/TASK-902.done')).toBe(true);
	});
});
