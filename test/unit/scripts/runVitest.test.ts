import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { countResults } from '../../../scripts/test/runVitest.mjs';

const file = (status: string, ...tests: readonly string[]) => ({
	name: `test/${status}.test.ts`,
	status,
	assertionResults: tests.map((each) => ({ status: each, fullName: each })),
});

// What it prints belongs to a run of its own.
beforeEach(() => {
	vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

test('a failure is counted once, also where a file could not be loaded or something around its tests failed', () => {
	const failed = (...files: readonly object[]) =>
		countResults([...files], { folders: [], problem: undefined }).failed;
	expect(failed(file('passed', 'passed', 'skipped'))).toBe(0);
	expect(failed(file('failed', 'passed', 'failed'))).toBe(1);
	expect(failed(file('failed'))).toBe(1);
	expect(failed(file('failed', 'passed'))).toBe(1);
});

test('a folder without tests and an end in the middle are failures', () => {
	const passed = file('passed', 'passed');
	expect(countResults([passed], { folders: ['test/gone'], problem: 'it ended' }).failed).toBe(2);
});
