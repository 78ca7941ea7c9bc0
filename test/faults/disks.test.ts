import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { runFolder, runsFolder, switchyardFolder } from '../../src/engine/files/runPaths.ts';
import { takeTicket } from '../../src/engine/run/runTicket.ts';
import { expectTestsDocumented } from '../support/documentedFaults.ts';
import type { CliResult } from '../support/engineWorkspace.ts';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { expectDoneOnce } from '../support/invariants.ts';
import { SmallDisk } from '../support/smallDisk.ts';
import { waitFor } from '../support/waitFor.ts';

vi.setConfig({ testTimeout: 120_000 });

const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
const run = `exec-${day}-demo`;

interface Place {
	readonly name: string;
	readonly folder: (ws: EngineWorkspace) => string;
	/** What an engine says that cannot write there; empty where it costs nothing but the file. */
	readonly says: RegExp | null;
}

const disk = /is full|read-only/;
const places: readonly Place[] = [
	{ name: 'everything of a run', folder: (ws) => switchyardFolder(ws.root), says: disk },
	{ name: 'the folder of the journal', folder: (ws) => runFolder(ws.root, run), says: disk },
	{ name: 'the attempts', folder: (ws) => join(runFolder(ws.root, run), 'attempts'), says: disk },
	{ name: 'the evidence', folder: (ws) => join(ws.root, '.work'), says: disk },
	{ name: 'the state file', folder: (ws) => join(switchyardFolder(ws.root), 'state'), says: null },
	{ name: 'the user’s state folder, with the slots of agents', folder: (ws) => stateFolder(ws), says: null },
];

const stateFolder = (ws: EngineWorkspace) => join(ws.env['XDG_STATE_HOME'] ?? '', 'switchyard');

const tasks = [
	{ id: 'A', run: work(0.1), verify: [{ run: ['sh', '-c', 'test -f log'] }] },
	{ id: 'B', agent: 'mine', prompt: 'x', dependencies: ['A'] },
	{ id: 'C', run: work(0.1), dependencies: ['B'] },
];
const agents = { mine: { run: work(0.4) } };
const ids = tasks.map(({ id }) => id);

async function onDisk(
	place: Place,
	use: (ws: EngineWorkspace, disk: SmallDisk) => Promise<void>,
): Promise<boolean> {
	const ws = new EngineWorkspace();
	const folder = place.folder(ws);
	// So that it is known where the run will be.
	mkdirSync(runsFolder(ws.root), { recursive: true });
	takeTicket({ rootPath: ws.root, planKey: 'demo', last: null }, [run]);
	mkdirSync(folder, { recursive: true });
	const small = SmallDisk.mount(folder);
	try {
		if (small !== null) {
			ws.plan(tasks, { agents });
			await use(ws, small);
		}
		return small !== null;
	} finally {
		small?.unmount();
		ws.dispose();
	}
}

const stackTrace = /\n\s+at |Error:|\[object|undefined/;

/** A sentence with what to do, or nothing at all; never a stack trace. */
function expectSaid({ says }: Place, { code, out, err }: CliResult): void {
	expect(`${out}${err}`).not.toMatch(stackTrace);
	if (says === null) {
		expect(code).toBe(0);
	} else {
		expect([code, err]).toEqual([1, expect.stringMatching(says)]);
	}
}

describe.concurrent('D7: a disk that is full', () => {
	expectTestsDocumented('disk full, then free again');

	test.each(places)('$name: nothing is lost, and the next run does the rest', async (place) => {
		await onDisk(place, async (ws, small) => {
			const engine = ws.start('run');
			await ws.waitForLog('start', 'B');
			small.fill();
			// It ends because it cannot go on, or waits for what cannot end: either is said.
			const over = engine.ended.then(() => true);
			await waitFor('a word', () => disk.test(engine.err) || Promise.race([over, Promise.resolve(false)]));
			small.free();
			const { code, err, out } = await engine.ended;
			expect(`${out}${err}`).not.toMatch(stackTrace);
			expect([code, err]).toEqual([code === 0 ? 0 : 1, expect.stringMatching(place.says ?? /^/)]);
			const again = await ws.cli('run');
			expect([again.code, again.err]).toEqual([0, '']);
			await expectDoneOnce(ws, ids, { badLines: 'any' });
		});
	});
});

describe.concurrent('D7: a place that is read-only', () => {
	expectTestsDocumented('read-only');

	test.each(places)('$name: nothing is lost, and the next run does the rest', async (place) => {
		await onDisk(place, async (ws, small) => {
			expect((await ws.cli('run', '--task', 'A')).code).toBe(0);
			small.setReadOnly(true);
			const ended = await ws.cli('run');
			expectSaid(place, ended);
			small.setReadOnly(false);
			const again = await ws.cli('run');
			expect([again.code, again.err]).toEqual([0, '']);
			await expectDoneOnce(ws, ids);
		});
	});
});
