import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { writtenRecords } from '../../src/core/evidence/writtenRecords.ts';
import { WrittenWatch } from '../../src/engine/journal/writtenWatch.ts';
import { expectDocumented } from '../support/documentedFaults.ts';
import { EngineWorkspace } from '../support/engineWorkspace.ts';
import { expectUnbroken } from '../support/invariants.ts';
import { realPipeline } from '../support/realPlans.ts';

vi.setConfig({ testTimeout: 120_000 });

/** As `job.sh` of real kills, and it says what it does. */
const jobScript = `
echo "$SWITCHYARD_TASK $1"
case "$SWITCHYARD_TASK" in TASK-FIX-*) touch repaired ;; esac
[ "$2" != repaired ] || [ -f repaired ]
`;

let ws: EngineWorkspace;

/** A task that makes a file and prints more than evidence holds; two sprints with all that gates leave; a task that failed. */
beforeAll(async () => {
	ws = new EngineWorkspace();
	const pipeline = realPipeline('batches');
	ws.write('job.sh', jobScript);
	ws.write('made', 'before');
	const loud = 'i=0; while [ $i -lt 4000 ]; do echo "line $i of many"; i=$((i+1)); done; echo after > made';
	ws.plan(
		[
			...pipeline.tasks,
			{ id: 'LOUD', run: ['sh', '-c', loud], produces: ['made'], verify: [{ run: ['test', '-f', 'made'] }] },
			{ id: 'BAD', run: ['sh', '-c', 'echo no; exit 4'] },
		],
		pipeline.more,
	);
	const git = (...args: string[]) => execFileSync('git', args, { cwd: ws.root, env: ws.env });
	git('init', '-q');
	git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-q', '--allow-empty', '-m', 'one');
	expect((await ws.cli('run')).code).toBe(1);
	// What evidence says of files and commit is of then, and not of now.
	ws.write('made', 'by somebody else');
	git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-q', '--allow-empty', '-m', 'two');
});

afterAll(() => ws.dispose());

async function paths(): Promise<readonly string[]> {
	return writtenRecords(await ws.table()).map(({ path }) => path);
}

async function altered(): Promise<readonly string[]> {
	const found = await new WrittenWatch(ws.root).look(await ws.table());
	return found.map(({ path, how }) => `${how} ${path}`);
}

/** Damages a file, and gives what was in it. */
function damage(path: string, change: (bytes: Buffer) => Buffer | null): Buffer {
	const file = join(ws.root, path);
	const whole = readFileSync(file);
	const bytes = change(Buffer.from(whole));
	if (bytes === null) {
		rmSync(file);
	} else {
		writeFileSync(file, bytes);
	}
	return whole;
}

function flip(bytes: Buffer, at: number): Buffer {
	bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
	return bytes;
}

describe('evidence that was damaged after it was written', () => {
	test('every file that tasks and gates leave has a record, with the hash of what is there', async () => {
		const known = await paths();
		expect(known.map((path) => path.replace(/^.*\//, '')).sort()).toEqual(
			expect.arrayContaining([
				'EVIDENCE.md',
				'INTEGRATION-REPORT.md',
				'attempt-1.log',
				'pm-signoff.md',
				'results.json',
			]),
		);
		const summaries = /\/(EXECUTION-SUMMARY|PROJECT-REVIEW|tasks|summary)\.md$/;
		const there = ws.filesBelow('.work').map((path) => `.work/${path}`);
		expect(there.filter((path) => !summaries.test(path))).toEqual([...known].sort());
		expect(await altered()).toEqual([]);
		await expectUnbroken(ws);
	});

	test('any bit flipped, cut off or removed: that file is named, and no other', async () => {
		let count = 0;
		for (const path of await paths()) {
			const size = statSync(join(ws.root, path)).size;
			const places = Array.from({ length: 16 }, (_, index) => Math.floor((index * (size - 1)) / 15));
			const changes = [
				...places.map((at) => (bytes: Buffer) => flip(bytes, at)),
				(bytes: Buffer) => bytes.subarray(0, bytes.length - 1),
			];
			for (const change of changes) {
				const whole = damage(path, change);
				expect(await altered()).toEqual([`changed ${path}`]);
				writeFileSync(join(ws.root, path), whole);
				count++;
			}
			const whole = damage(path, () => null);
			expect(await altered()).toEqual([`gone ${path}`]);
			writeFileSync(join(ws.root, path), whole);
		}
		process.stdout.write(`\n${count} damages of evidence\n`);
		expectDocumented('evidence changed after it was written', count);
		expect(await altered()).toEqual([]);
	});

	test('status, report and evidence name it, with the way out; its task counts as unverified', async () => {
		const path = (await paths()).find((name) => /LOUD.*EVIDENCE\.md$/.test(name)) ?? '';
		const whole = damage(path, (bytes) =>
			Buffer.from(`${bytes.toString().replace('4000', '9999')}all is well\n`),
		);
		const status = await ws.cli('status');
		expect(status.out).toContain(`  LOUD  ${path} was changed`);
		expect(status.out).toContain('switchyard evidence --write');
		const { tasks, altered: named } = JSON.parse((await ws.cli('status', '--json')).out);
		expect(tasks.LOUD.validation).toBe('stale');
		expect(tasks.LOUD.reason).toContain(`Its evidence is not as it was written: ${path} was changed.`);
		expect(named).toEqual([{ task: 'LOUD', path, how: 'changed' }]);
		expect((await ws.cli('report')).out).toContain(`  LOUD  ${path} was changed`);
		const compared = await ws.cli('evidence');
		expect([compared.code, compared.err]).toEqual([1, '']);
		expect(compared.out).toContain(`  LOUD  ${path} was changed`);
		expect((await ws.cli('evidence', 'A')).code).toBe(0);
		writeFileSync(join(ws.root, path), whole);
		expect((await ws.cli('evidence')).code).toBe(0);
	});

	test('written again it is byte for byte what it was, and what was there instead is kept', async () => {
		const known = await paths();
		const before = known.map((path) => damage(path, (bytes) => Buffer.concat([bytes, Buffer.from('mine')])));
		damage(known[0] ?? '', () => null);
		const done = await ws.cli('evidence', '--write', '--json');
		expect([done.code, done.err]).toEqual([0, '']);
		const { written } = JSON.parse(done.out);
		expect(written.files.map((file: { done: string }) => file.done)).toEqual(known.map(() => 'restored'));
		known.forEach((path, index) => {
			expect(readFileSync(join(ws.root, path)).equals(before[index] ?? Buffer.alloc(0)), path).toBe(true);
			if (index > 0) {
				expect(readFileSync(join(written.kept, path), 'utf8').endsWith('mine')).toBe(true);
			}
		});
		expect(await altered()).toEqual([]);
		await expectUnbroken(ws);
	});

	test('where it cannot be made as it was, nothing is written before a person says so', async () => {
		const path = (await paths()).find((name) => /BAD.*EVIDENCE\.md$/.test(name)) ?? '';
		const folder = (await ws.runLog())?.folder ?? '';
		writeFileSync(join(folder, 'attempts/BAD/1/output.log'), 'yes\n');
		damage(path, () => Buffer.from('nothing'));
		const refused = await ws.cli('evidence', '--write');
		expect(refused.code).toBe(1);
		expect(refused.out).toContain(
			`  BAD  ${path} was changed; what can be made of it now is not what was written then`,
		);
		expect(refused.out).toContain('switchyard evidence --write --anew');
		expect(ws.read(path)).toBe('nothing');
		expect((await ws.cli('evidence', '--write', '--anew')).out).toContain(`  BAD  ${path} was written anew`);
		expect(ws.read(path)).toContain('yes');
		expect((await ws.cli('evidence')).code).toBe(0);
		expect(await altered()).toEqual([]);
	});

	test('what cannot be asked is said: a task that is not there, --anew alone, a task that writes its own evidence', async () => {
		expect((await ws.cli('evidence', 'NONE')).err).toMatch(/^switchyard: The run \S+ has no task NONE\.\n/);
		expect((await ws.cli('evidence', '--anew')).err).toMatch(/^switchyard: --anew says how to write/);
		ws.env = { ...ws.env, SWITCHYARD_ATTEMPT: '1' };
		expect((await ws.cli('evidence', '--write')).err).toMatch(/^switchyard: This is a task of a run/);
	});
});
