import { existsSync, mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runsFolder } from '../../src/engine/files/runPaths.ts';
import { listRuns } from '../../src/engine/journal/listRuns.ts';
import { removeRun } from '../../src/engine/journal/oldRuns.ts';
import { RunLister } from '../../src/engine/journal/runLister.ts';
import { EngineWorkspace } from '../support/engineWorkspace.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

async function runs(count: number): Promise<readonly string[]> {
	for (let number = 0; number < count; number++) {
		expect((await ws.cli('run', '--new')).code).toBe(0);
	}
	return (await listRuns(ws.root)).map(({ run }) => run);
}

describe('switchyard clean', () => {
	test('shows what could go, removes it with --yes, and leaves evidence, state and the newest run', async () => {
		ws.plan([{ id: 'A' }]);
		const [first = '', second = '', third = ''] = await runs(3);
		const shown = await ws.cli('clean');
		expect([shown.code, shown.out]).toEqual([0, expect.stringMatching(/^2 runs, .* could be removed:/)]);
		expect(shown.out).toContain('Nothing was removed');
		expect(await listRuns(ws.root)).toHaveLength(3);

		const one = await ws.cli('clean', '--run', second, third, '--yes');
		expect(one.out).toMatch(
			new RegExp(`^Removed 1 run, .*:\n  ${second} .*\n  ${third} .* newest run of its plan`),
		);
		expect((await listRuns(ws.root)).map(({ run }) => run)).toEqual([first, third]);
		expect((await ws.cli('clean', '--older-than', '1')).out).toContain('nothing to remove');
		expect((await ws.cli('clean', '--keep', '1')).out).toContain('nothing to remove');

		const rest = JSON.parse((await ws.cli('clean', '--yes', '--json')).out);
		expect(rest).toMatchObject({
			removed: [{ run: first, completed: 1, total: 1 }],
			removable: [],
			kept: [],
		});
		expect((await listRuns(ws.root)).map(({ run }) => run)).toEqual([third]);
		for (const run of [first, second, third]) {
			const folder = `.work/milestones/${run.replace('exec-', '')}/unscheduled/implementation/A-name-of-a`;
			expect(ws.exists(`${folder}/EVIDENCE.md`), folder).toBe(true);
		}
		expect((await ws.cli('run')).out).toContain('Nothing to do');
	}, 60_000);

	test('a run stays whose evidence is nowhere else', async () => {
		ws.plan([{ id: 'A' }]);
		const [first = ''] = await runs(2);
		const milestone = join(ws.root, '.work/milestones', first.replace('exec-', ''));
		renameSync(milestone, `${milestone}-away`);
		const kept = await ws.cli('clean', '--yes');
		expect(kept.out).toContain(`${first}  1/1 completed`);
		expect(kept.out).toContain('stays: The evidence of A is nowhere else.');
		renameSync(`${milestone}-away`, milestone);
		expect((await ws.cli('clean', '--yes')).out).toContain('Removed 1 run');
	});

	test('bad words are answered with what there is', async () => {
		ws.plan([{ id: 'A' }]);
		const [only = ''] = await runs(1);
		for (const [args, message] of [
			[['--run', 'exec-x'], `There is no run exec-x. There are: ${only}.`],
			[['--older-than', 'soon'], '--older-than wants a number, not soon.'],
		] as const) {
			const refused = await ws.cli('clean', ...args);
			expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(message)]);
		}
		await expect(
			removeRun(ws.root, { run: 'x', folder: ws.root, plan: 'demo', createdAt: 0 }),
		).rejects.toThrow('is no run of');
		expect(existsSync(ws.root)).toBe(true);
	});
});

test('a lister sees runs come and go, and gives the same list while nothing does', async () => {
	const lister = new RunLister(ws.root);
	expect(await lister.list()).toEqual([]);
	ws.plan([{ id: 'A' }]);
	const [first = ''] = await runs(1);
	const long = new Date(Date.now() - 60_000);
	mkdirSync(join(runsFolder(ws.root), 'no-run'));
	const one = await lister.list();
	expect(one.map(({ run }) => run)).toEqual([first]);
	utimesSync(runsFolder(ws.root), long, long);
	expect(await lister.list()).toBe(one);
	rmSync(join(runsFolder(ws.root), 'no-run'), { recursive: true });
	utimesSync(runsFolder(ws.root), long, long);
	expect(await lister.list()).toBe(one);
	await runs(1);
	const two = await lister.list();
	expect(two).toEqual(await listRuns(ws.root));
	expect(two).toHaveLength(2);
	rmSync(two[0]?.folder ?? '', { recursive: true });
	expect(await lister.list()).toEqual([two[1]]);
	rmSync(join(ws.root, '.switchyard'), { recursive: true });
	expect(await lister.list()).toEqual([]);
});
