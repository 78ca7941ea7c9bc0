import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import { runsFolder } from '../../src/engine/files/runPaths.ts';
import { formatSnapshot } from '../../src/engine/files/snapshot.ts';
import { listRuns } from '../../src/engine/journal/listRuns.ts';
import { RunLog } from '../../src/engine/journal/runLog.ts';
import type { OpenRun } from '../../src/engine/run/openRun.ts';
import { openRun } from '../../src/engine/run/openRun.ts';
import { takeTicket } from '../../src/engine/run/runTicket.ts';
import type { CliProcess } from '../support/engineWorkspace.ts';
import { EngineWorkspace } from '../support/engineWorkspace.ts';
import { expectDoneOnce } from '../support/invariants.ts';
import { lives } from '../support/scriptedPlans.ts';

vi.setConfig({ testTimeout: 120_000 });

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const midnight = Date.UTC(2026, 0, 6);

interface Opener {
	readonly plan: RunPlan;
	/** Milliseconds from midnight. */
	readonly at: number;
	readonly fresh?: boolean;
	/** How long it takes to read what a state file says. */
	readonly slow?: number;
}

async function open(rootPath: string, { plan, at, fresh = false, slow = 0 }: Opener): Promise<OpenRun> {
	const opened = await openRun({
		...{ rootPath, plan, fresh, logger: silent },
		hash: formatSnapshot(plan).hash,
		imports: async () => {
			await new Promise((resolve) => setTimeout(resolve, slow));
			return [];
		},
		clock: { now: () => midnight + at },
	});
	await opened.writer.close();
	opened.log.close();
	return opened;
}

async function inFolder(use: (root: string) => Promise<void>): Promise<void> {
	const root = realpathSync(mkdtempSync(join(tmpdir(), 'switchyard-race-')));
	try {
		await use(root);
	} finally {
		rmSync(root, { recursive: true, force: true });
	}
}

const plan = lives('hybrid');
const times = [-1, 1, -20, 20, 0, 86_400_000];

describe('D5: several engines that start a run in the same moment', () => {
	test('at midnight: all of them are in one run, and one has started it', () =>
		inFolder(async (root) => {
			for (let round = 0; round < 20; round++) {
				const folder = join(root, String(round));
				mkdirSync(folder);
				const opened = await Promise.all(
					times.map((at, index) => open(folder, { plan, at, slow: (index + round) % 4 })),
				);
				expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
				expect(opened.filter(({ joined }) => !joined).length).toBe(1);
				expect((await listRuns(folder)).length).toBe(1);
			}
		}));

	test('again with --new, when the first run is there: of all runs only the newest is open', () =>
		inFolder(async (root) => {
			await open(root, { plan, at: -1_000 });
			await Promise.all(times.map((at, index) => open(root, { plan, at, fresh: true, slow: index % 4 })));
			const runs = await listRuns(root);
			expect(runs.length).toBeGreaterThan(1);
			const isOpen = await Promise.all(
				runs.map(async ({ folder }) => {
					const log = new RunLog(folder);
					await log.refresh();
					return log.fold.table?.closed === false;
				}),
			);
			expect(isOpen).toEqual(runs.map((_, index) => index === runs.length - 1));
			expect((await open(root, { plan, at: 5_000 })).id).toBe(runs.at(-1)?.run);
		}));

	test('one that died with its ticket, or left an empty one: the next goes on', () =>
		inFolder(async (root) => {
			const place = { rootPath: root, planKey: plan.key, last: null };
			mkdirSync(runsFolder(root), { recursive: true });
			const ticket = takeTicket(place, ['exec-20250101-early']);
			expect(ticket).toEqual({ id: 'exec-20250101-early', isOurs: true });
			const [name = ''] = readdirSync(runsFolder(root)).filter((file) => file.startsWith('.next-'));
			expect((await open(root, { plan, at: 0 })).id).toBe('exec-20250101-early');
			expect(readdirSync(runsFolder(root))).toEqual(['exec-20250101-early']);
			rmSync(join(runsFolder(root), 'exec-20250101-early'), { recursive: true });
			writeFileSync(join(runsFolder(root), name), '');
			expect((await open(root, { plan, at: 0 })).id).toMatch(/^exec-20260106-/);
			expect(readdirSync(runsFolder(root)).length).toBe(1);
		}));

	test('two plans of one name: each has a run of its own', () =>
		inFolder(async (root) => {
			const other = { ...plan, key: 'other' };
			const opened = await Promise.all(
				times.flatMap((at) => [open(root, { plan, at }), open(root, { plan: other, at })]),
			);
			const runs = await listRuns(root);
			expect(runs.map((run) => run.plan).sort()).toEqual(['demo', 'other']);
			opened.forEach(({ id, log }) => {
				expect(runs.find(({ run }) => run === id)?.plan).toBe(log.fold.table?.plan.key);
			});
		}));

	test('in processes of their own, with clocks that lie around midnight: each task once, nothing is left over', async () => {
		const ws = new EngineWorkspace();
		try {
			ws.plan([{ id: 'A' }, { id: 'B' }, { id: 'C', dependencies: ['A'] }]);
			const toMidnight = 86_400_000 - (Date.now() % 86_400_000);
			const start = (offset: number): CliProcess => {
				const clock = join(ws.root, `.clock${offset}`);
				writeFileSync(clock, String(toMidnight + offset));
				return ws.startWith({ preload: 'clock.cjs', env: { SY_CLOCK: clock } }, 'run');
			};
			const engines = [-86_400_000, -500, 0, 86_400_000].map(start);
			for (const engine of engines) {
				const { code, err } = await engine.ended;
				expect([code, err]).toEqual([0, '']);
			}
			await expectDoneOnce(ws, ['A', 'B', 'C']);
			expect(readdirSync(runsFolder(ws.root)).length, 'only the folder of the run').toBe(1);
		} finally {
			ws.dispose();
		}
	});
});
