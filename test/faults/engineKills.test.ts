import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { journalFile, runFolder, runsFolder } from '../../src/engine/files/runPaths.ts';
import { Chance } from '../support/chance.ts';
import type { CliProcess } from '../support/engineWorkspace.ts';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { expectDoneOnce } from '../support/invariants.ts';
import { waitFor } from '../support/waitFor.ts';

vi.setConfig({ testTimeout: 120_000 });

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

const check = [{ run: ['sh', '-c', 'sleep 0.03; test -f log'] }];

/** A sprint of eight tasks, some with checks: about one second of work, three at a time. */
const sprint = [
	{ id: 'A', run: work(0.1) },
	{ id: 'B', run: work(0.15), verify: check },
	{ id: 'C', run: work(0.05), dependencies: ['A'], verify: [...check, ...check] },
	{ id: 'D', run: work(0.1), dependencies: ['A', 'B'] },
	{ id: 'E', run: work(0.05), dependencies: ['C'] },
	{ id: 'F', run: work(0.2), verify: check },
	{ id: 'G', run: work(0.05), dependencies: ['F', 'D'] },
	{ id: 'H', run: work(0.05), dependencies: ['G', 'E'], verify: check },
];
const ids = sprint.map(({ id }) => id);

function newestJournal(): string | null {
	try {
		const [run] = readdirSync(runsFolder(ws.root));
		return run === undefined ? null : journalFile(runFolder(ws.root, run));
	} catch {
		return null;
	}
}

function bytesWritten(): number {
	const file = newestJournal();
	try {
		return file === null ? 0 : statSync(file).size;
	} catch {
		return 0;
	}
}

/** Kills an engine as soon as its journal has so many bytes; it may have ended before. */
async function killAt(engine: CliProcess, bytes: number): Promise<void> {
	let over = false;
	void engine.ended.then(() => {
		over = true;
	});
	while (!over && bytesWritten() < bytes) {
		await nextTurn();
	}
	engine.kill('SIGKILL');
	await engine.ended;
}

async function resume(): Promise<void> {
	const resumed = await ws.cli('run');
	expect([resumed.code, resumed.err], resumed.out).toEqual([0, '']);
}

describe('SIGKILL of the engine', () => {
	test('before its first line: an empty run folder blocks nobody', async () => {
		ws.plan([{ id: 'A' }]);
		const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
		mkdirSync(join(runsFolder(ws.root), `exec-${day}-demo`), { recursive: true });
		await resume();
		await expectDoneOnce(ws, ['A']);
	});

	test('while a task runs for long: it goes on alone, and the next engine only waits for it', async () => {
		ws.plan([
			{ id: 'A', run: work(2) },
			{ id: 'B', dependencies: ['A'] },
		]);
		const engine = ws.start('run');
		await ws.waitForLog('start', 'A');
		engine.kill('SIGKILL');
		await engine.ended;
		const status = await ws.cli('status', '--json');
		expect(JSON.parse(status.out)).toMatchObject({
			state: 'interrupted',
			tasks: { A: { status: 'running' } },
		});
		await resume();
		await expectDoneOnce(ws, ['A', 'B']);
	});

	test('its task ended in the meantime: the verdict is taken from the files', async () => {
		ws.plan([
			{ id: 'A', run: work(0.5) },
			{ id: 'B', dependencies: ['A'] },
		]);
		const engine = ws.start('run');
		await ws.waitForLog('start', 'A');
		engine.kill('SIGKILL');
		await ws.waitForLog('end', 'A');
		await waitFor('the end of its runner', () => ws.orphans.length === 0);
		await resume();
		await expectDoneOnce(ws, ['A', 'B']);
	});

	test('`stop` ends what a dead engine left running', async () => {
		ws.plan([{ id: 'A', run: work(300) }]);
		const engine = ws.start('run');
		await ws.waitForLog('start', 'A');
		engine.kill('SIGKILL');
		await engine.ended;
		expect(ws.orphans.length).toBeGreaterThan(0);
		expect((await ws.cli('stop')).out).toBe('Stopped A.\n');
		expect([ws.orphans, await ws.statuses()]).toEqual([[], { A: 'cancelled' }]);
	});
});

describe('D3: a journal that was damaged between kill and resume', () => {
	async function killedHalfway(chance: Chance): Promise<string> {
		ws.plan(sprint);
		await killAt(ws.start('run'), 2_500 + chance.below(5_000));
		return newestJournal() ?? '';
	}

	test('a torn last line', async () => {
		const chance = new Chance('torn');
		for (let round = 0; round < 3; round++) {
			ws.dispose();
			ws = new EngineWorkspace();
			const file = await killedHalfway(chance);
			truncateSync(file, statSync(file).size - 1 - chance.below(150));
			await resume();
			await expectDoneOnce(ws, ids, { badLines: 1 });
			expect((await ws.cli('status')).out).toMatch(/cannot be trusted and was skipped/);
		}
	});

	test('a flipped bit anywhere', async () => {
		const chance = new Chance('flipped');
		for (let round = 0; round < 8; round++) {
			ws.dispose();
			ws = new EngineWorkspace();
			const file = await killedHalfway(chance);
			const bytes = readFileSync(file);
			const at = round === 0 ? 40 : chance.below(bytes.length);
			bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(7));
			writeFileSync(file, bytes);
			await resume();
			await expectDoneOnce(ws, ids, { badLines: 'any' });
		}
	});

	test('a plan snapshot that was damaged is not run: it is made whole again from the plan', async () => {
		ws.plan(sprint);
		await killAt(ws.start('run'), 4_000);
		const folder = join(newestJournal() ?? '', '..', 'plans');
		const [name = ''] = readdirSync(folder);
		const file = join(folder, name);
		writeFileSync(file, readFileSync(file, 'utf8').replace('"work.sh","0.1"', '"work.sh","0.2"'));
		await resume();
		await expectDoneOnce(ws, ids);
		expect(readFileSync(file, 'utf8')).not.toContain('"work.sh","0.2","0"]},"checks":[],"prod');
	});
});
