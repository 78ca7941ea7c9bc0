import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { corpusFolder } from './corpusFolder.ts';
import { corpusTable } from './corpusTable.ts';

const folder = corpusFolder();
const target = process.env['CORPUS_TABLE'] ?? '';

// Each figure is compared in the other tests; this one is for those who want to read them all (docs/corpus.md).
test.skipIf(folder === null || target === '')('every plan of the collection is counted, in a table', () => {
	const table = corpusTable(folder ?? '');
	expect(table).not.toContain('CHANGES');
	writeFileSync(target, table);
});
