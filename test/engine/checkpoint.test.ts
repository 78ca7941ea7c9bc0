import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkpointFile, journalFile } from '../../src/engine/files/runPaths.ts';
import { JournalWriter } from '../../src/engine/journal/journalWriter.ts';
import { listRuns } from '../../src/engine/journal/listRuns.ts';
import { RunLog } from '../../src/engine/journal/runLog.ts';
import { requestDrain } from '../../src/engine/journal/runRequests.ts';
import { Chance } from '../support/chance.ts';
import { CutRun } from '../support/cutRuns.ts';
import { EngineWorkspace } from '../support/engineWorkspace.ts';
import { pictureOf } from '../support/putAside.ts';
import { lives, pipeline } from '../support/scriptedPlans.ts';

const newline = 0x0a;

let runs: CutRun[] = [];

/** A run with iterations, questions and repairs, by two engines of which the first was killed in the middle of a line. */
async function tornRun(plan: Parameters<typeof lives>[0], of: typeof lives): Promise<string> {
	const run = new CutRun(of(plan), { line: 20, lastLine: 'torn', jobs: 'end' });
	runs.push(run);
	await run.toItsEnd();
	const [listed] = await listRuns(run.root);
	return listed?.folder ?? '';
}

let folders: readonly string[] = [];

beforeAll(async () => {
	folders = await Promise.all([tornRun('dynamic', lives), tornRun('batches', pipeline)]);
});

afterAll(() => {
	for (const run of runs) {
		run.dispose();
	}
	runs = [];
});

async function opened(folder: string): Promise<RunLog> {
	const log = new RunLog(folder);
	await log.refresh();
	return log;
}

function without<T>(folder: string, use: () => T): T {
	rmSync(checkpointFile(folder), { recursive: true, force: true });
	return use();
}

/** What a reader sees of a run: its fold, and what is said of its journal. */
function seen(log: RunLog): unknown {
	return { fold: pictureOf(log.fold), problems: log.problems() };
}

describe('a checkpoint and the lines behind it are the same as the whole journal', () => {
	test.each([0, 1])('wherever the journal was cut, run %i', async (index) => {
		const folder = folders[index] ?? '';
		const whole = readFileSync(journalFile(folder));
		const random = new Chance('cuts');
		const all = await without(folder, () => opened(folder));
		const expected = seen(all);
		const ends = [...whole.keys()].filter((at) => whole[at] === newline);
		const cuts = ends.flatMap((at) => [at, at + 1 + random.below(150)]);
		for (const cut of cuts) {
			rmSync(checkpointFile(folder), { force: true });
			writeFileSync(journalFile(folder), whole.subarray(0, cut));
			const before = await opened(folder);
			const lines = before.fold.table === null ? 0 : before.linesSinceCheckpoint;
			before.writeCheckpoint();
			writeFileSync(journalFile(folder), whole);
			const after = await opened(folder);
			expect(after.linesSinceCheckpoint, `${cut} bytes`).toBe(all.linesSinceCheckpoint - lines);
			expect(seen(after), `${cut} bytes`).toEqual(expected);
		}
		expect(cuts.length).toBeGreaterThan(80);
	});

	test('also where one reader goes on from the checkpoint while others append', async () => {
		const folder = folders[0] ?? '';
		(await without(folder, () => opened(folder))).writeCheckpoint();
		const follower = new RunLog(folder, { keepsOpen: true });
		await follower.refresh();
		expect(follower.linesSinceCheckpoint).toBe(0);
		await requestDrain(folder, 'somebody');
		expect(follower.mayHaveNews).toBe(true);
		expect(await follower.refresh()).toEqual([]);
		expect(follower.linesSinceCheckpoint).toBe(1);
		follower.close();
		expect(seen(follower)).toEqual(seen(await without(folder, () => opened(folder))));
	});
});

describe('a checkpoint that is not to be trusted is not looked at, and nobody is bothered with it', () => {
	/** Writes the checkpoint, does something to the folder, and compares what is then seen with what the journal alone says. */
	async function check(change: (folder: string) => void): Promise<void> {
		const folder = folders[1] ?? '';
		const journal = readFileSync(journalFile(folder));
		(await without(folder, () => opened(folder))).writeCheckpoint();
		change(folder);
		try {
			const log = await opened(folder);
			const alone = await without(folder, () => opened(folder));
			expect(log.linesSinceCheckpoint).toBe(alone.linesSinceCheckpoint);
			expect(log.linesSinceCheckpoint).toBeGreaterThan(0);
			expect(seen(log)).toEqual(seen(alone));
		} finally {
			writeFileSync(journalFile(folder), journal);
		}
	}

	const rewrite = (file: string, change: (bytes: Buffer) => Buffer) =>
		writeFileSync(file, change(readFileSync(file)));

	test.each([
		['empty', (file: string) => truncateSync(file)],
		['torn', (file: string) => rewrite(file, (bytes) => bytes.subarray(0, bytes.length >> 1))],
		['without its last byte', (file: string) => rewrite(file, (bytes) => bytes.subarray(0, -1))],
		['zeros', (file: string) => rewrite(file, (bytes) => Buffer.alloc(bytes.length))],
		[
			'of another version',
			(file: string) =>
				rewrite(file, (bytes) => Buffer.from(bytes.toString('utf8').replace('"version":"', '"version":"x'))),
		],
		[
			'a folder',
			(file: string) => {
				rmSync(file);
				mkdirSync(file);
			},
		],
	])('%s', async (_, damage) => {
		await check((folder) => damage(checkpointFile(folder)));
	});

	test('with any bit flipped', async () => {
		const random = new Chance('bits of a checkpoint');
		for (let round = 0; round < 40; round++) {
			await check((folder) =>
				rewrite(checkpointFile(folder), (bytes) => {
					// The seal alone is short, and is therefore met as often as all the rest.
					const from = round % 2 === 0 ? 0 : bytes.lastIndexOf(newline);
					const at = from + random.below(bytes.length - from);
					bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
					return bytes;
				}),
			);
		}
	});

	test('D3: of a journal in which a bit was flipped since, anywhere: the damage is found and said', async () => {
		const random = new Chance('bits of a journal');
		for (let round = 0; round < 40; round++) {
			await check((folder) =>
				rewrite(journalFile(folder), (bytes) => {
					const at = random.below(bytes.length);
					bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
					return bytes;
				}),
			);
		}
	});

	test('of a journal that is shorter now, or another one', async () => {
		await check((folder) =>
			rewrite(journalFile(folder), (bytes) => bytes.subarray(0, bytes.lastIndexOf(newline))),
		);
		const other = readFileSync(journalFile(folders[0] ?? ''));
		await check((folder) => writeFileSync(journalFile(folder), other));
	});

	test('of a run whose plan is not what it was', async () => {
		const folder = folders[1] ?? '';
		const plans = join(folder, 'plans');
		(await without(folder, () => opened(folder))).writeCheckpoint();
		rmSync(plans, { recursive: true });
		const log = await opened(folder);
		expect(log.fold.table).toBeNull();
		// Nor is one written: the plan may be there again the next time.
		rmSync(checkpointFile(folder));
		log.writeCheckpoint();
		expect(() => readFileSync(checkpointFile(folder))).toThrow(/ENOENT/);
	});
});

test('an engine leaves a checkpoint of a long journal, and every command says the same with and without it', async () => {
	const ws = new EngineWorkspace();
	try {
		ws.plan([{ id: 'A' }, { id: 'B', dependencies: ['A'], verify: [{ run: ['true'] }] }]);
		expect((await ws.cli('run', '--task', 'A')).code).toBe(0);
		const [listed] = await listRuns(ws.root);
		const folder = listed?.folder ?? '';
		const writer = new JournalWriter({
			file: journalFile(folder),
			clock: { now: () => Date.now() },
			writerName: () => 'somebody',
		});
		const remark = { kind: 'rename-refused', from: 'X', to: 'Y', by: 'somebody' } as const;
		await writer.append(Array.from({ length: 6_000 }, () => remark));
		await writer.close();
		expect((await ws.cli('run')).code).toBe(0);
		expect((await opened(folder)).linesSinceCheckpoint, 'node esbuild.mjs: the bundles are older').toBe(0);
		const tell = async () => [
			await ws.cli('status'),
			await ws.cli('status', '--json'),
			await ws.cli('why', 'B'),
			await ws.cli('report', '--json'),
		];
		const withIt = await tell();
		expect(withIt.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
		rmSync(checkpointFile(folder));
		expect(await tell()).toEqual(withIt);
	} finally {
		ws.dispose();
	}
});
