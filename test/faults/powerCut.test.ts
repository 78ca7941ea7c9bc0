import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writtenRecords } from '../../src/core/evidence/writtenRecords.ts';
import { formatLine, parseLine } from '../../src/engine/journal/journalLine.ts';
import { EngineWorkspace } from '../support/engineWorkspace.ts';

vi.setConfig({ testTimeout: 120_000 });

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

/** The journal as engines of an earlier boot of this machine would have written it. */
function ageJournal(): void {
	const [name = ''] = ws.filesBelow('.switchyard/runs').filter((file) => file.endsWith('journal.jsonl'));
	const file = join(ws.root, '.switchyard/runs', name);
	const chain = new Map<string, string>();
	let text = '';
	for (const each of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
		const parsed = parseLine(each);
		if (typeof parsed === 'string') {
			throw new Error(`A line of the journal is ${parsed}.`);
		}
		const { stamp, ...event } = parsed.event;
		const aged =
			event.kind === 'engine-started'
				? { ...event, process: { ...event.process, boot: '00000000-0000-0000-0000-000000000000' } }
				: event;
		const { line, checksum } = formatLine(aged, { ...stamp, previous: chain.get(stamp.writer) ?? '' });
		chain.set(stamp.writer, checksum);
		text += `\n${line}`;
	}
	writeFileSync(file, text);
}

/** Three tasks that are done, and one that waits for a file. Gives what their evidence says. */
async function run(): Promise<ReadonlyMap<string, string>> {
	ws.plan([
		...['A', 'B', 'C'].map((id) => ({ id, run: ['sh', '-c', `echo done ${id}`] })),
		{ id: 'D', run: ['sh', '-c', 'test -f go'] },
	]);
	expect((await ws.cli('run')).code).toBe(1);
	const paths = writtenRecords(await ws.table()).map(({ path }) => path);
	ws.write('go', '');
	return new Map(paths.filter((path) => !path.includes('/D-')).map((path) => [path, ws.read(path)]));
}

/** What a cut leaves: a file that is empty, one of zeros, one that is not there; and one that a person has edited. */
function cut(evidence: ReadonlyMap<string, string>): string {
	const [empty = '', zeros = '', gone = '', edited = ''] = [...evidence.keys()];
	truncateSync(join(ws.root, empty));
	writeFileSync(join(ws.root, zeros), Buffer.alloc(900));
	rmSync(join(ws.root, gone));
	writeFileSync(join(ws.root, edited), 'by hand');
	return edited;
}

test('D7: evidence that a power cut took away is written again by the first engine after the boot, and what was edited is not', async () => {
	const evidence = await run();
	const edited = cut(evidence);
	ageJournal();
	const resumed = await ws.cli('run');
	expect([resumed.code, resumed.err + resumed.out]).toEqual([
		0,
		expect.stringContaining(
			'3 of 3 files of evidence did not survive the last boot, and were written again.',
		),
	]);
	for (const [path, text] of evidence) {
		expect([path, ws.read(path)]).toEqual([path, path === edited ? 'by hand' : text]);
	}
});

test('D7: within one boot nothing can have been taken away, and nothing is looked for', async () => {
	const evidence = await run();
	cut(evidence);
	expect((await ws.cli('run')).code).toBe(0);
	const [empty = '', , gone = ''] = [...evidence.keys()];
	expect([ws.read(empty), ws.exists(gone)]).toEqual(['', false]);
});
