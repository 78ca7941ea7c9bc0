import { expect, test } from 'vitest';
import type { EvidenceRecord } from '../../../src/core/evidence/staleness.ts';
import { staleEvidence } from '../../../src/core/evidence/staleness.ts';

function record(task: string, endedAt: number, files: Record<string, string | null>): EvidenceRecord {
	const entries = Object.entries(files).map(([path, hash]) => ({
		path,
		hash,
		change: hash === null ? 'deleted' : 'modified',
	}));
	return { task, endedAt, files: entries };
}

function check(
	records: readonly EvidenceRecord[],
	now: Record<string, string>,
	expected: Record<string, readonly string[]>,
): void {
	expect(Object.fromEntries(staleEvidence(records, (path) => now[path] ?? null))).toEqual(expected);
}

test('FORMATS 2.3: evidence is stale when a file was changed since by hand', () => {
	check([record('A', 1, { a: 'h1', b: 'h2' })], { a: 'h1', b: 'h2' }, {});
	check([record('A', 1, { a: 'h1', b: 'h2' })], { a: 'other', b: 'h2' }, { A: ['a'] });
	check([record('A', 1, { a: 'h1' })], {}, { A: ['a'] });
});

test('a later recorded attempt may change a file, whatever the order of the records', () => {
	const records = [record('A', 1, { a: 'h1' }), record('B', 2, { a: 'h2' })];
	check(records, { a: 'h2' }, {});
	check([...records].reverse(), { a: 'h2' }, {});
	// Back to what the first had recorded is not what the last one left.
	check(records, { a: 'h1' }, { A: ['a'], B: ['a'] });
	check(records, { a: 'h3' }, { A: ['a'], B: ['a'] });
});

test('a file that was recorded as deleted has to stay away', () => {
	check([record('A', 1, { a: null })], {}, {});
	check([record('A', 1, { a: null })], { a: 'again' }, { A: ['a'] });
});
