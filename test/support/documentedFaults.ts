import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, expect, TestRunner } from 'vitest';

export interface FaultRow {
	readonly fault: string;
	readonly file: string;
	/** How often, in `npm test` and in the long tests, in the words of the table. */
	readonly counts: readonly [string, string];
}

/** The rows of `docs/faults.md`. */
export function faultRows(): readonly FaultRow[] {
	const text = readFileSync(resolve(import.meta.dirname, '../../docs/faults.md'), 'utf8');
	return text.split('\n').flatMap((line) => {
		const cells = line.split(' | ');
		const file = /`(test\/[^`]+)`/.exec(cells[2] ?? '')?.[1];
		return file === undefined || cells.length < 5
			? []
			: [
					{
						fault: (cells[0] ?? '').slice(2),
						file,
						counts: [cells[3] ?? '', (cells[4] ?? '').replace(/ \|$/, '')] as const,
					},
				];
	});
}

/**
 * What the table says of a fault, found by words of it, is what was done: as often, or more often where it says "more than".
 * `nth`: which number of the cell.
 */
export function expectDocumented(words: string, done: number, nth = 0): void {
	const rows = faultRows().filter(({ fault }) => fault.includes(words));
	expect(rows.map(({ fault }) => fault)).toHaveLength(1);
	const [usual, long] = rows[0]?.counts ?? ['', ''];
	const isLong = process.env['SWITCHYARD_LONG'] !== undefined && long !== 'the same';
	const said = [...(isLong ? long : usual).matchAll(/(more than )?(\d+)/g)][nth];
	expect(said, `a number in “${usual}”, “${long}”`).toBeDefined();
	const [, moreThan, number] = said ?? [];
	if (moreThan === undefined) {
		expect(done, `docs/faults.md says of “${words}”: ${number}`).toBe(Number(number));
	} else {
		expect(done, `docs/faults.md says of “${words}”: more than ${number}`).toBeGreaterThan(Number(number));
	}
}

/** The same for a fault that each test of the suite around is one of; to be called in the suite, for its end. */
export function expectTestsDocumented(words: string): void {
	const suite = TestRunner.getCurrentSuite();
	afterAll(() => expectDocumented(words, suite.tasks.length));
}
