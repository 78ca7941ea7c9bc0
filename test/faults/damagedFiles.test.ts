import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { expectDocumented } from '../support/documentedFaults.ts';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { expectDoneOnce, expectUnbroken } from '../support/invariants.ts';
import { waitFor } from '../support/waitFor.ts';

vi.setConfig({ testTimeout: 120_000 });

async function inWorkspace(use: (ws: EngineWorkspace) => Promise<void>): Promise<void> {
	const ws = new EngineWorkspace();
	try {
		await use(ws);
	} finally {
		ws.dispose();
	}
}

const check = [{ run: ['sh', '-c', 'test -f log'] }];
const tasks = [
	{ id: 'A', run: work(0.1), verify: check },
	{ id: 'B', dependencies: ['A'] },
];

/** Runs A by an engine that dies before it records how that ended, and gives its `result.json`. */
async function unrecordedResult(ws: EngineWorkspace): Promise<string> {
	ws.plan(tasks);
	const env = {
		SY_KILL_ROOT: ws.root,
		SY_KILL_LINE: '1',
		SY_KILL_KIND: 'attempt-ended',
		SY_KILL_LEAVES: 'torn',
	};
	expect((await ws.startWith({ preload: 'kill.cjs', env }, 'run').ended).signal).toBe('SIGKILL');
	await waitFor('the end of its runner', () => ws.orphans.length === 0);
	const [run = ''] = readdirSync(join(ws.root, '.switchyard/runs'));
	return join(ws.root, '.switchyard/runs', run, 'attempts/A/1/result.json');
}

describe.concurrent('D3: a verdict that only result.json holds', () => {
	test('is taken from it', () =>
		inWorkspace(async (ws) => {
			await unrecordedResult(ws);
			expect((await ws.cli('run')).code).toBe(0);
			await expectDoneOnce(ws, ['A', 'B'], { badLines: 1 });
		}));

	test('with any bit of it flipped: the same verdict, or a person is asked; never another one', () =>
		inWorkspace(async (ws) => {
			const file = await unrecordedResult(ws);
			const whole = readFileSync(file);
			const journal = join(file, '../../../../journal.jsonl');
			const lines = readFileSync(journal);
			const seen = new Set<string>();
			// One bit in each byte; which one changes from byte to byte.
			for (let at = 0; at < whole.length; at += 4) {
				const bytes = Buffer.from(whole);
				bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 7));
				writeFileSync(file, bytes);
				writeFileSync(journal, lines);
				await ws.cli('run', '--task', 'A');
				const { A: status = '' } = await ws.statuses();
				seen.add(status);
			}
			expect([...seen].filter((status) => status !== 'completed' && status !== 'blocked')).toEqual([]);
			expect(ws.count('start')).toEqual({ A: 1 });
		}));
});

describe.concurrent('FORMATS 2.1: the state file is never the truth', () => {
	const file = '.switchyard/state/demo.yaml';

	test.each([
		['deleted', null],
		['edited by hand: a task that is not done is said to be', 'completed'],
		['torn', 'torn'],
	] as const)('%s: it is what the journal says again, and nothing is believed or done twice', (_, how) =>
		inWorkspace(async (ws) => {
			ws.plan(tasks);
			expect((await ws.cli('run', '--task', 'A')).code).toBe(0);
			const text = ws.read(file);
			switch (how) {
				case null:
					rmSync(join(ws.root, file));
					break;
				case 'completed':
					ws.write(file, text.replaceAll(/status: \S+/g, 'status: completed'));
					break;
				case 'torn':
					ws.write(file, `${text.slice(0, text.length / 2)}\n  - [`);
					break;
			}
			expect((await ws.cli('run')).code).toBe(0);
			await expectDoneOnce(ws, ['A', 'B']);
			expect(ws.exists(`${file}.backup`)).toBe(how === 'torn');
		}),
	);
});

let replansKilled = 0;
afterAll(() => expectDocumented('`switchyard replan --apply` killed', replansKilled));

test.concurrent.each(['SY_KILL_STEP', 'SY_KILL_LINE'])(
	'R2, D3: a replan is killed at each of its writings (%s): the next one does the rest, no discovery and no task is doubled',
	(place) =>
		inWorkspace(async (ws) => {
			const found = JSON.stringify({ status: 'done', new_subtasks: [{ title: 'Found by A' }] });
			const worker = `sh work.sh 0; printf '%s' '${found}' > "$SWITCHYARD_OUT/report.json"`;
			ws.plan([{ id: 'A', run: ['sh', '-c', worker] }], {
				agents: { mine: { run: work(0) } },
				plan: { defaults: { agent: 'mine' } },
			});
			expect((await ws.cli('run')).code).not.toBe(2);
			let kills = 0;
			for (let step = 1; step <= 30; step++) {
				const env = { SY_KILL_ROOT: ws.root, [place]: String(step), SY_KILL_LEAVES: 'torn' };
				const ended = await ws.startWith({ preload: 'kill.cjs', env }, 'replan', '--apply').ended;
				if (ended.signal !== 'SIGKILL') {
					break;
				}
				kills++;
			}
			const last = await ws.cli('replan');
			expect(last.err).toBe('');
			expect((await ws.table()).replans.open()).toEqual([]);
			expect((await ws.table()).replans.applied).toHaveLength(1);
			process.stdout.write(`\n${kills} replans killed\n`);
			replansKilled += kills;
			expect(kills).toBeGreaterThan(1);
			await ws.cli('run');
			expect(await ws.statuses()).toEqual({ A: 'completed', 'A-2': 'completed' });
			await expectUnbroken(ws, { badLines: 'any' });
		}),
);
