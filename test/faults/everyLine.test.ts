import { afterAll, describe, expect, test, vi } from 'vitest';
import { journalFile } from '../../src/engine/files/runPaths.ts';
import { JournalReader } from '../../src/engine/journal/journalReader.ts';
import { listRuns } from '../../src/engine/journal/listRuns.ts';
import { CutRun } from '../support/cutRuns.ts';
import { expectDocumented } from '../support/documentedFaults.ts';
import type { CliResult } from '../support/engineWorkspace.ts';
import { EngineWorkspace } from '../support/engineWorkspace.ts';
import { expectUnbroken } from '../support/invariants.ts';
import type { Kind, Scene } from '../support/lineScenes.ts';
import { linePlaces } from '../support/lineScenes.ts';
import type { Leaves } from '../support/realKills.ts';
import { lives, pipeline } from '../support/scriptedPlans.ts';
import { waitFor } from '../support/waitFor.ts';

vi.setConfig({ testTimeout: 120_000 });

async function killIn(ws: EngineWorkspace, kind: Kind, scene: Scene, leaves: Leaves): Promise<void> {
	await scene.before(ws);
	const env = { SY_KILL_ROOT: ws.root, SY_KILL_LINE: '1', SY_KILL_KIND: kind, SY_KILL_LEAVES: leaves };
	const victim = ws.startWith({ preload: 'kill.cjs', env }, ...scene.victim);
	await scene.beside?.(ws, victim);
	const killed = await victim.ended;
	expect(killed.signal, `${killed.code} ${killed.err}${killed.out}`).toBe('SIGKILL');
	const after = scene.after ?? [['run']];
	const ways = after.includes('go') ? after : ['go' as const, ...after];
	let last: CliResult | null = null;
	for (const way of ways) {
		if (way === 'go') {
			ws.write('go', '');
		} else {
			last = await ws.cli(...way);
		}
	}
	expect(last?.code, `${last?.out}${last?.err}`).toBe(0);
	expect(ws.count('start')).toEqual(scene.starts);
	await waitFor('no process of a task', () => ws.orphans.length === 0);
	await expectUnbroken(ws, { badLines: 'any' });
}

const isLong = process.env['SWITCHYARD_LONG'] !== undefined;
/** All of them for each kind in the long tests. */
const allLeaves: readonly Leaves[] = ['torn', 'whole', 'unsynced'];
const scenes = Object.entries(linePlaces).flatMap(([kind, place], index) => {
	const chosen = isLong ? allLeaves : allLeaves.slice(index % 2, (index % 2) + 1);
	return typeof place === 'object' && 'before' in place
		? chosen.map((leaves) => ({ kind: kind as Kind, leaves, scene: place }))
		: [];
});

describe('every kind of line of the journal is one that some process is killed at', () => {
	const kinds = new Set<string>();

	test.each([lives('hybrid'), pipeline('batches')])('what cut points cut: $name', async (plan) => {
		const run = new CutRun(plan, { line: Number.POSITIVE_INFINITY, lastLine: 'whole', jobs: 'end' });
		try {
			await run.toItsEnd();
			for (const { folder } of await listRuns(run.root)) {
				const events = await new JournalReader(journalFile(folder)).read();
				for (const { kind } of events.filter(({ stamp }) => stamp.writer.startsWith('engine-'))) {
					kinds.add(kind);
				}
			}
		} finally {
			run.dispose();
		}
	});

	afterAll(() => {
		const promised = Object.entries(linePlaces).filter(([, place]) => place === 'every line');
		expect(promised.map(([kind]) => kind).filter((kind) => !kinds.has(kind))).toEqual([]);
	});
});

test('docs/faults.md says how many lines that are', () => {
	expectDocumented('any other kind of line', scenes.length / (isLong ? allLeaves.length : 1));
});

describe.concurrent('SIGKILL in the writing of a line that the plans of cut points do not have', () => {
	test.each(scenes)(
		'$kind, $leaves: nothing is lost, nothing is done twice',
		async ({ kind, scene, leaves }) => {
			const ws = new EngineWorkspace();
			try {
				await killIn(ws, kind, scene, leaves);
			} finally {
				ws.dispose();
			}
		},
	);
});
