import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { faultRows } from '../support/documentedFaults.ts';

const root = resolve(import.meta.dirname, '../..');

test('docs/faults.md has every test of faults, and names none that is not there', () => {
	const named = new Set(faultRows().map(({ file }) => file));
	const there = readdirSync(join(root, 'test/faults')).map((name) => `test/faults/${name}`);
	expect(there.filter((file) => !named.has(file))).toEqual([]);
	expect([...named].filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
