import { afterEach, describe, expect, it, vi } from 'vitest';
import { printSummary } from '../../../scripts/test/printSummary.mjs';

type Result = { name: string; passed?: number; failed?: number; skipped: string[]; ms: number; note: string };

function check(results: Result[], expected: { code: number; last: string; lines?: RegExp[] }) {
	const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
	const code = printSummary(results, { leftOut: [], chosen: [], all: [] });
	const printed = log.mock.calls.map(([text]) => String(text)).join('\n');
	expect(code).toBe(expected.code);
	expect(printed.split('\n').at(-1)).toBe(expected.last);
	for (const line of expected.lines ?? []) {
		expect(printed).toMatch(line);
	}
}

const setUp: Result = { name: 'set-up', skipped: [], ms: 40, note: '' };

describe('the summary of a test run', () => {
	afterEach(() => vi.restoreAllMocks());

	it('ends with the totals over all stages', () => {
		check(
			[
				setUp,
				{ name: 'lint', passed: 1, failed: 0, skipped: [], ms: 900, note: '' },
				{ name: 'unit', passed: 120, failed: 0, skipped: [], ms: 2100, note: '' },
			],
			{ code: 0, last: '121 passed, 0 failed', lines: [/ready\s+set-up/, /ok\s+unit\s+2\.1 s/] },
		);
	});

	it('fails with one failed test in any stage', () => {
		check([setUp, { name: 'host', passed: 9, failed: 1, skipped: [], ms: 10, note: '' }], {
			code: 1,
			last: '9 passed, 1 failed',
			lines: [/FAILED host/],
		});
	});

	it('names every skipped test', () => {
		check([{ name: 'host', passed: 1, failed: 0, skipped: ['a run survives a reload'], ms: 10, note: '' }], {
			code: 0,
			last: '1 passed, 0 failed',
			lines: [/skipped host: a run survives a reload/],
		});
	});
});
