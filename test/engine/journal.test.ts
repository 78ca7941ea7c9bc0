import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/core/run/events.ts';
import { formatLine, parseLine } from '../../src/engine/journal/journalLine.ts';
import { JournalReader } from '../../src/engine/journal/journalReader.ts';
import { JournalWriter } from '../../src/engine/journal/journalWriter.ts';

let folder = '';
let file = '';

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'switchyard-journal-'));
	file = join(folder, 'journal.jsonl');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writer(name: string): JournalWriter {
	let count = 0;
	return new JournalWriter({ file, clock: { now: () => 1 }, writerName: () => `${name}${count++ || ''}` });
}

function claim(task: string): RunEvent {
	return { kind: 'task-claimed', task, attempt: 1, engine: 'e' };
}

async function tasksRead(reader: JournalReader): Promise<string[]> {
	return (await reader.read()).flatMap((event) => (event.kind === 'task-claimed' ? event.task : []));
}

const stamp = { at: 5, writer: 'w', sequence: 1, previous: '' };

describe('a journal line', () => {
	test('is the event again, whatever text is in it', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (task, engine) => {
				const { line, checksum } = formatLine({ kind: 'task-claimed', task, attempt: 1, engine }, stamp);
				expect(line).not.toContain('\n');
				expect(parseLine(Buffer.from(line, 'utf8').toString('utf8'))).toEqual({
					event: {
						kind: 'task-claimed',
						task,
						attempt: 1,
						engine,
						stamp: { at: 5, writer: 'w', sequence: 1 },
					},
					checksum,
					previous: '',
				});
			}),
		);
	});

	test('is not taken with any single bit flipped, nor cut short anywhere', () => {
		const { line } = formatLine(claim('TASK-001 “ä”'), stamp);
		const bytes = Buffer.from(line, 'utf8');
		for (let bit = 0; bit < bytes.length * 8; bit++) {
			const flipped = Buffer.from(bytes);
			flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			expect(typeof parseLine(flipped.toString('utf8')), `bit ${bit}`).toBe('string');
		}
		for (let length = 0; length < bytes.length; length++) {
			expect(typeof parseLine(bytes.subarray(0, length).toString('utf8'))).toBe('string');
		}
	});

	test('of a newer version is said to be one', () => {
		const { line } = formatLine(claim('A'), stamp);
		expect(parseLine(line.replace('"v":1', '"v":2'))).toBe('checksum');
		expect(parseLine('')).toBe('torn');
	});
});

describe('D3: reading a journal', () => {
	test('a torn last line is skipped and said once something follows it, and costs nothing else', async () => {
		const first = writer('a');
		await first.append([claim('A'), claim('B')]);
		await first.close();
		const whole = readFileSync(file);
		for (const cut of [1, 10, 60]) {
			writeFileSync(file, whole.subarray(0, whole.length - cut));
			const reader = new JournalReader(file);
			expect(await tasksRead(reader)).toEqual(['A']);
			expect(reader.badLines).toEqual([]);
			const second = writer('b');
			await second.append([claim('C')]);
			await second.close();
			expect(await tasksRead(reader)).toEqual(['C']);
			expect(reader.badLines).toMatchObject([{ reason: 'torn', offset: whole.indexOf('\n', 1) + 1 }]);
		}
	});

	test('a line that arrives in pieces counts once it is whole', async () => {
		const lines = ['A', 'B', 'C'].map(
			(task, index) => `\n${formatLine(claim(task), { ...stamp, writer: task, sequence: index + 1 }).line}`,
		);
		const bytes = Buffer.from(lines.join(''), 'utf8');
		const reader = new JournalReader(file);
		const seen: string[] = [];
		for (let at = 0; at < bytes.length; at += 7) {
			appendFileSync(file, bytes.subarray(at, at + 7));
			seen.push(...(await tasksRead(reader)));
		}
		expect(seen).toEqual(['A', 'B', 'C']);
		expect(reader.badLines).toEqual([]);
	});

	test('a duplicated block counts once, a flipped bit costs its line alone, a missing line is noticed', async () => {
		const one = writer('a');
		await one.append([claim('A'), claim('B'), claim('C')]);
		await one.close();
		const text = readFileSync(file, 'utf8');
		writeFileSync(file, text + text);
		expect(await tasksRead(new JournalReader(file))).toEqual(['A', 'B', 'C']);

		const [empty = '', a = '', b = '', c = ''] = text.split('\n');
		writeFileSync(file, [empty, a, b.replace('task-claimed', 'task-Claimed'), c].join('\n'));
		const flipped = new JournalReader(file);
		expect(await tasksRead(flipped)).toEqual(['A', 'C']);
		expect(flipped.badLines.map(({ reason }) => reason)).toEqual(['checksum', 'chain']);
		expect(flipped.badLines[0]?.offset).toBe(a.length + 2);

		writeFileSync(file, [empty, a, c].join('\n'));
		const missing = new JournalReader(file);
		expect(await tasksRead(missing)).toEqual(['A', 'C']);
		expect(missing.badLines.map(({ reason }) => reason)).toEqual(['chain']);
	});

	test('two writers at once lose nothing, and each keeps its order', async () => {
		const [one, two] = [writer('a'), writer('b')];
		await Promise.all(
			Array.from({ length: 60 }, (_, index) => [
				one.append([claim(`a${index}`)]),
				two.append([claim(`b${index}`)]),
			]).flat(),
		);
		await Promise.all([one.close(), two.close()]);
		const reader = new JournalReader(file);
		const tasks = await tasksRead(reader);
		const expected = (name: string) => Array.from({ length: 60 }, (_, index) => `${name}${index}`);
		expect(tasks.filter((task) => task.startsWith('a'))).toEqual(expected('a'));
		expect(tasks.filter((task) => task.startsWith('b'))).toEqual(expected('b'));
		expect(reader.badLines).toEqual([]);
	});

	test('100,000 events are read whole, in pieces that end anywhere', async () => {
		const lines: string[] = [];
		let previous = '';
		for (let sequence = 1; sequence <= 100_000; sequence++) {
			const { line, checksum } = formatLine(claim(`TASK-${sequence}`), { ...stamp, sequence, previous });
			previous = checksum;
			lines.push(line);
		}
		writeFileSync(file, `\n${lines.join('\n')}`);
		const reader = new JournalReader(file);
		const tasks = await tasksRead(reader);
		expect([tasks.length, tasks[0], tasks.at(-1)]).toEqual([100_000, 'TASK-1', 'TASK-100000']);
		expect(reader.badLines).toEqual([]);
	}, 30_000);

	test('a journal that became shorter or vanished is never read again', async () => {
		const one = writer('a');
		await one.append([claim('A')]);
		const [shorter, removed] = [new JournalReader(file), new JournalReader(file)];
		await Promise.all([shorter.read(), removed.read()]);
		truncateSync(file, 3);
		expect([await shorter.read(), shorter.lost]).toEqual([[], 'shorter']);
		rmSync(file);
		expect([await removed.read(), removed.lost]).toEqual([[], 'removed']);
		await one.append([claim('B')]);
		await one.close();
		expect([await removed.read(), removed.lost]).toEqual([[], 'removed']);
		expect([await new JournalReader(join(folder, 'none')).read()]).toEqual([[]]);
	});
});

describe('D1: writing a journal', () => {
	test('what is appended in one turn keeps its order and is on disk when it resolves', async () => {
		const one = writer('a');
		const order: string[] = [];
		await Promise.all(
			['A', 'B', 'C', 'D'].map(async (task) => {
				await one.append([claim(task), claim(`${task}2`)]);
				expect(readFileSync(file, 'utf8')).toContain(`"task":"${task}2"`);
				order.push(task);
			}),
		);
		await one.close();
		expect(order).toEqual(['A', 'B', 'C', 'D']);
		expect(await tasksRead(new JournalReader(file))).toEqual(['A', 'A2', 'B', 'B2', 'C', 'C2', 'D', 'D2']);
	});

	test('a place that cannot be written ends in a sentence that says what to do', async () => {
		const one = new JournalWriter({
			file: join(folder, 'no', 'j'),
			clock: { now: () => 1 },
			writerName: () => 'a',
		});
		await expect(one.append([claim('A')])).rejects.toMatchObject({
			name: 'JournalWriteError',
			code: 'ENOENT',
			message: expect.stringContaining('Run the same command again'),
		});
	});
});
