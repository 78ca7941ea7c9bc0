import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import { journalFile } from '../../src/engine/files/runPaths.ts';
import { listRuns } from '../../src/engine/journal/listRuns.ts';
import { CutRun } from '../support/cutRuns.ts';
import { expectDocumented } from '../support/documentedFaults.ts';
import { lives, pipeline } from '../support/scriptedPlans.ts';
import { expectWhole, whatAndHow } from '../support/wholeRun.ts';

vi.setConfig({ testTimeout: 120_000 });

const home = mkdtempSync(join(tmpdir(), 'switchyard-home-'));
beforeAll(() => {
	vi.stubEnv('HOME', home).stubEnv('XDG_STATE_HOME', join(home, 'state'));
});
afterAll(() => {
	vi.unstubAllEnvs();
	rmSync(home, { recursive: true, force: true });
});

/** Far beyond the end: nobody is killed, but engines give themselves out to be a process that is gone afterwards. */
const never = { line: 1_000_000, lastLine: 'whole', jobs: 'end' } as const;

async function journalOf(run: CutRun): Promise<string> {
	const [listed] = await listRuns(run.root);
	return journalFile(listed?.folder ?? '');
}

/** Where a bit of a line is flipped: in its newline, which joins it with the line before, or in its middle. */
const places = ['newline', 'middle'] as const;

async function damage(run: CutRun, line: number, place: (typeof places)[number]): Promise<string> {
	const file = await journalOf(run);
	const bytes = readFileSync(file);
	let begin = 0;
	for (let count = 1; count < line; count++) {
		begin = bytes.indexOf(0x0a, begin + 1);
	}
	const next = bytes.indexOf(0x0a, begin + 1);
	const end = next < 0 ? bytes.length : next;
	const text = bytes.toString('utf8', begin, end).trim();
	const at = place === 'newline' ? begin : Math.floor((begin + end) / 2);
	bytes[at] = (bytes[at] ?? 0) ^ 4;
	writeFileSync(file, bytes);
	return text;
}

/** Damages one line in a copy of a finished run, runs it again, and says what does not hold. */
async function tryLine(options: {
	readonly plan: RunPlan;
	readonly whole: CutRun;
	readonly expected: readonly string[];
	readonly line: number;
}): Promise<string[]> {
	const { plan, whole, expected, line } = options;
	const run = new CutRun(plan, never, whole.root);
	const place = places[line % 2] ?? 'middle';
	const text = await damage(run, line, place);
	try {
		await run.toItsEnd();
		await expectWhole(run, expected, { damage: 'any' });
		return [];
	} catch (error) {
		return [`line ${line}, ${place}: ${text}\n${error}`];
	} finally {
		run.dispose();
	}
}

let count = 0;
afterAll(() => expectDocumented('damaged line, or damaged newline', count));

describe('D3: one line of the journal of a finished run is damaged', () => {
	test.each(
		(
			[
				['dynamic', lives],
				['conservative', lives],
				['dynamic', pipeline],
				['batches', pipeline],
			] as const
		).map(([strategy, plan]) => ({ strategy, name: plan.name, plan: plan(strategy) })),
	)(
		'$strategy, $name: whichever it is, what it said is taken again from the files, and nothing is done twice',
		async ({ plan }: { plan: RunPlan }) => {
			const whole = new CutRun(plan, never);
			try {
				await whole.toItsEnd();
				const expected = whole.jobs.ends.map(whatAndHow).sort();
				const lines = readFileSync(await journalOf(whole), 'utf8').split('\n').length - 1;
				const broken: string[] = [];
				const left = Array.from({ length: lines }, (_, index) => index + 1);
				const work = async (): Promise<void> => {
					for (let line = left.pop(); line !== undefined; line = left.pop()) {
						broken.push(...(await tryLine({ plan, whole, expected, line })));
					}
				};
				await Promise.all(Array.from({ length: 12 }, work));
				process.stdout.write(`\n${lines} damaged lines\n`);
				count += lines;
				expect(broken).toEqual([]);
			} finally {
				whole.dispose();
			}
		},
	);
});
