import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { journalFile } from '../../src/engine/files/runPaths.ts';
import { formatLine, parseLine } from '../../src/engine/journal/journalLine.ts';
import { Chance } from '../support/chance.ts';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { expectDoneOnce } from '../support/invariants.ts';
import { kill } from '../support/processTable.ts';
import { waitFor } from '../support/waitFor.ts';

vi.setConfig({ testTimeout: 120_000 });

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

/** Three tracks of three tasks; the second of track 2 waits for the second of track 1, and so on around. */
const names = [1, 2, 3].flatMap((track) => [1, 2, 3].map((step) => `T${track}${step}`));
const tasks = names.map((id) => {
	const [track = 1, step = 1] = id.slice(1).split('').map(Number);
	const before = step === 1 ? [] : [`T${track}${step - 1}`];
	const across = step === 2 && track > 1 ? [`T${track - 1}1`] : [];
	return { id, run: work(0.15), dependencies: [...before, ...across], verify: [{ run: ['sleep', '0.02'] }] };
});
const tracks = {
	tracks: { 1: { name: 'One' }, 2: { name: 'Two' }, 3: { name: 'Three' } },
	sprints: [1, 2, 3].flatMap((track) => [
		{ id: `S1-${track}`, track, sprint_number: 1, name: 's', tasks: [`T${track}1`, `T${track}2`] },
		{ id: `S2-${track}`, track, sprint_number: 2, name: 's', tasks: [`T${track}3`] },
	]),
};

describe('D3: several engines share one run', () => {
	test('three terminals, three tracks: each task once, all of them end well', async () => {
		// One that is done with its part before another has begun would rightly say that nobody does the rest (S5).
		const held = ['sh', '-c', 'while ! test -f go; do sleep 0.02; done; exec sh work.sh 0.15 0'];
		ws.plan(
			tasks.map((task) => (task.id.endsWith('1') ? { ...task, run: held } : task)),
			tracks,
		);
		const engines = ['1', '2', '3'].map((track) => ws.start('run', '--track', track));
		await waitFor('all three', async () => (await ws.runLog())?.fold.table?.active.size === 3);
		ws.write('go', '');
		const ended = await Promise.all(engines.map((engine) => engine.ended));
		expect(ended.map(({ code, err }) => `${code}${err}`)).toEqual(['0', '0', '0']);
		await expectDoneOnce(ws, names);
	});

	test('three terminals on everything: they share it, and nothing is done twice', async () => {
		ws.plan(tasks, tracks);
		const ended = await Promise.all([ws.cli('run'), ws.cli('run', '--jobs', '1'), ws.cli('run')]);
		expect(ended.map(({ code, err }) => `${code}${err}`)).toEqual(['0', '0', '0']);
		await expectDoneOnce(ws, names);
	});

	test('one of three is killed: the others wait for nothing that nobody will do, and a resume completes all', async () => {
		const chance = new Chance('three tracks');
		for (let round = 0; round < 3; round++) {
			ws.dispose();
			ws = new EngineWorkspace();
			ws.plan(tasks, tracks);
			const engines = ['1', '2', '3'].map((track) => ws.start('run', '--track', track));
			await ws.waitForLog('start', names[chance.below(names.length - 3)] ?? 'T11').catch(() => {});
			engines[chance.below(3)]?.kill('SIGKILL');
			const ended = await Promise.all(engines.map((engine) => engine.ended));
			for (const { code, signal } of ended) {
				expect(signal === 'SIGKILL' || code === 0 || code === 3).toBe(true);
			}
			const resumed = await ws.cli('run');
			expect([resumed.code, resumed.err]).toEqual([0, '']);
			await expectDoneOnce(ws, names);
		}
	});

	test('all of them are killed at once, twice', async () => {
		const chance = new Chance('all killed');
		ws.plan(tasks, tracks);
		for (let round = 0; round < 2; round++) {
			const engines = [ws.start('run'), ws.start('run', '--track', '1'), ws.start('run', '--track', '3')];
			const target = chance.below(4) + round * 4;
			const over = Promise.all(engines.map(({ ended }) => ended)).then(() => true);
			await waitFor('some work', async () => {
				const isOver = await Promise.race([over, Promise.resolve(false)]);
				return isOver || ws.log.filter(({ kind }) => kind === 'end').length >= target;
			});
			for (const engine of engines) {
				engine.kill('SIGKILL');
			}
			await over;
		}
		const resumed = await ws.cli('run');
		expect([resumed.code, resumed.err]).toEqual([0, '']);
		await expectDoneOnce(ws, names);
	});

	test('the same track twice, the one that works killed: the other takes over', async () => {
		ws.plan(tasks, tracks);
		const first = ws.start('run', '--track', '1');
		await ws.waitForLog('start', 'T11');
		const second = ws.start('run', '--track', '1');
		await waitFor('joined', () => second.out.includes('Joined'));
		first.kill('SIGKILL');
		expect((await second.ended).code).toBe(0);
		expect(ws.count('end')).toEqual({ T11: 1, T12: 1, T13: 1 });
		expect(ws.count('start')).toEqual({ T11: 1, T12: 1, T13: 1 });
	});
});

describe('an engine that cannot be seen from here', () => {
	test('D3: what it holds is only watched, and said; --take-over takes it', async () => {
		ws.plan([{ id: 'A', run: work(300) }, { id: 'B' }]);
		const gone = ws.start('run', '--task', 'A');
		await ws.waitForLog('start', 'A');
		gone.kill('SIGKILL');
		await gone.ended;
		moveEngineElsewhere((await ws.runLog())?.folder ?? '');
		const watching = ws.start('run');
		await ws.waitForLog('end', 'B');
		expect(watching.out).toContain('warning: An engine on elsewhere may be at work on this run');
		expect((await ws.statuses())['A']).toBe('running');
		watching.kill('SIGTERM');
		await watching.ended;
		for (const pid of ws.orphans) {
			kill(pid, 'SIGKILL');
		}
		const taken = await ws.cli('run', '--take-over');
		expect([taken.code, await ws.statuses()]).toEqual([3, { A: 'blocked', B: 'completed' }]);
	});
});

describe('S5: what several engines were asked for', () => {
	test('what it was asked for and has not begun is waited for only where somebody will do it', async () => {
		ws.plan([
			{ id: 'A', run: work(0.3) },
			{ id: 'B', dependencies: ['A'] },
			{ id: 'X', run: work(8) },
			{ id: 'Y', dependencies: ['Z'] },
			{ id: 'Z' },
		]);
		const busy = ws.start('run', '--task', 'X');
		await ws.waitForLog('start', 'X');
		const needs = await ws.cli('run', '--task', 'Y');
		expect([needs.code, needs.out]).toEqual([
			3,
			expect.stringContaining('Y waits for Z, which nobody asked for.'),
		]);
		// It did not sit there until the other engine had nothing left.
		expect(ws.log.filter(({ kind, task }) => kind === 'end' && task === 'X')).toEqual([]);
		const first = ws.start('run', '--task', 'A');
		await ws.waitForLog('start', 'A');
		expect((await ws.cli('run', '--task', 'B')).code).toBe(0);
		expect([(await first.ended).code, (await busy.ended).code]).toEqual([0, 0]);
	});

	test('Ctrl+C in one of two terminals leaves the other its work', async () => {
		ws.plan(
			[
				{ id: 'A', run: work(20) },
				{ id: 'B', dependencies: ['A'] },
				{ id: 'C', run: work(0.4) },
			],
			{ plan: { jobs: 1 } },
		);
		const first = ws.start('run', '--task', 'A');
		await ws.waitForLog('start', 'A');
		const second = ws.start('run');
		await waitFor('joined', () => second.out.includes('Joined'));
		first.kill('SIGINT');
		expect((await first.ended).code).toBe(130);
		await second.ended;
		expect(ws.count('end')['C']).toBe(1);
		expect((await ws.statuses())['A']).toBe('cancelled');
		expect(ws.orphans).toEqual([]);
	});
});

/** Rewrites who the first engine was, as if the run came from another machine. */
function moveEngineElsewhere(folder: string): void {
	const file = journalFile(folder);
	const previous = new Map<string, string>();
	const lines = readFileSync(file, 'utf8')
		.split('\n')
		.filter((text) => text !== '')
		.map((text) => {
			const line = parseLine(text);
			if (typeof line === 'string') {
				throw new Error(line);
			}
			const { stamp, ...event } = line.event;
			const moved =
				event.kind === 'engine-started'
					? { ...event, process: { ...event.process, host: 'elsewhere x' } }
					: event;
			const chained = { ...stamp, previous: previous.get(stamp.writer) ?? '' };
			const formatted = formatLine(moved, chained);
			previous.set(stamp.writer, formatted.checksum);
			return formatted.line;
		});
	writeFileSync(file, `\n${lines.join('\n')}`);
}
