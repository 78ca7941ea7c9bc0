import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { journalFile } from '../../src/engine/files/runPaths.ts';
import { JournalReader } from '../../src/engine/journal/journalReader.ts';
import { expectTestsDocumented } from '../support/documentedFaults.ts';
import type { CliProcess } from '../support/engineWorkspace.ts';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { expectDoneOnce } from '../support/invariants.ts';
import { waitFor } from '../support/waitFor.ts';

vi.setConfig({ testTimeout: 120_000 });

const day = 86_400_000;

/** A workspace whose engines have a clock of their own that can be set. */
class ClockWorkspace extends EngineWorkspace {
	/** Of the named clock, in milliseconds from the real one. */
	setClock(offset: number, name = 'clock'): this {
		writeFileSync(join(this.root, `.${name}`), String(offset));
		return this;
	}

	startByClock(name = 'clock', ...args: readonly string[]): CliProcess {
		const env = { SY_CLOCK: join(this.root, `.${name}`) };
		return this.startWith({ preload: 'clock.cjs', env }, 'run', ...args);
	}
}

async function inWorkspace(use: (ws: ClockWorkspace) => Promise<void>): Promise<void> {
	const ws = new ClockWorkspace();
	try {
		await use(ws);
	} finally {
		ws.dispose();
	}
}

async function expectWell(engine: CliProcess): Promise<void> {
	const { code, err } = await engine.ended;
	expect([code, err]).toEqual([0, '']);
}

/** No job takes less than no time, whatever the clock did meanwhile. */
async function expectNoNegativeTimes(ws: EngineWorkspace): Promise<void> {
	const folder = (await ws.runLog())?.folder ?? '';
	const events = await new JournalReader(journalFile(folder)).read();
	const ends = events.flatMap((event) =>
		event.kind === 'attempt-ended' || event.kind === 'check-ended' ? [event] : [],
	);
	expect(ends.filter(({ startedAt, endedAt }) => endedAt < startedAt)).toEqual([]);
}

const check = [{ run: ['sh', '-c', 'sleep 0.05; test -f log'] }];

describe.concurrent('D7: the clock is set', () => {
	expectTestsDocumented('clock set, by a day');

	test('forwards and back in mid-run, with a kill in between: each task once, and no time is negative', () =>
		inWorkspace(async (ws) => {
			const ids = ['A', 'B', 'C', 'D', 'E', 'F'];
			ws.plan(
				ids.map((id, index) => ({
					id,
					run: work(0.3),
					verify: check,
					dependencies: index === 0 ? [] : [ids[index - 1] ?? ''],
				})),
			);
			const first = ws.setClock(0).startByClock();
			await ws.waitForLog('start', 'A');
			ws.setClock(day);
			await ws.waitForLog('start', 'B');
			ws.setClock(-2 * day);
			await ws.waitForLog('start', 'C');
			first.kill('SIGKILL');
			await first.ended;
			const second = ws.setClock(400 * day).startByClock();
			await ws.waitForLog('start', 'E');
			ws.setClock(-400 * day);
			await expectWell(second);
			await expectDoneOnce(ws, ids);
			await expectNoNegativeTimes(ws);
		}));

	test.each([day, -day])(
		'by %d ms before a task is taken up by another engine: its time is not over because of that',
		(offset) =>
			inWorkspace(async (ws) => {
				const line = (kind: string) => `echo "${kind} A 1 0" >> log`;
				const script = `${line('start')}; until test -f go; do sleep 0.05; done; ${line('end')}`;
				ws.plan([
					{ id: 'A', run: ['sh', '-c', script], timeout_minutes: 10 },
					{ id: 'B', dependencies: ['A'] },
					{ id: 'C' },
				]);
				const first = ws.start('run', '--task', 'A');
				await ws.waitForLog('start', 'A');
				first.kill('SIGKILL');
				await first.ended;
				const second = ws.setClock(offset).startByClock();
				// It has taken A up before it begins anything.
				await ws.waitForLog('end', 'C');
				ws.write('go', '');
				await expectWell(second);
				await expectDoneOnce(ws, ['A', 'B', 'C']);
				await expectNoNegativeTimes(ws);
			}),
	);

	test('T3: back by a day, between a failure and the next try: the wait is not a day longer', () =>
		inWorkspace(async (ws) => {
			const script = 'test -f tried && exec sh work.sh 0; touch tried; echo ECONNRESET; exit 1';
			ws.plan([{ id: 'A', agent: 'mine', prompt: 'x' }], {
				agents: { mine: { run: ['sh', '-c', script] } },
				plan: { defaults: { backoff_seconds: 1 } },
			});
			const env = { SY_KILL_ROOT: ws.root, SY_KILL_LINE: '1', SY_KILL_KIND: 'attempt-ended' };
			const first = ws.startWith({ preload: 'kill.cjs', env }, 'run');
			expect((await first.ended).signal).toBe('SIGKILL');
			await expectWell(ws.setClock(-day).startByClock());
			await expectDoneOnce(ws, ['A']);
		}));

	test('differently for two engines of one run: they share it all the same', () =>
		inWorkspace(async (ws) => {
			const ids = ['A', 'B', 'C', 'D', 'E', 'F'];
			ws.plan(ids.map((id) => ({ id, run: work(0.4), verify: check })));
			ws.setClock(day, 'early').setClock(-day, 'late');
			const early = ws.startByClock('early');
			// Which day it is names a run: whoever comes later joins the one that is there.
			await waitFor('the run', () => early.out.includes('Started'));
			await Promise.all([expectWell(early), expectWell(ws.startByClock('late'))]);
			await expectDoneOnce(ws, ids);
			await expectNoNegativeTimes(ws);
		}));
});
