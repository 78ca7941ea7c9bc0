import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test, vi } from 'vitest';
import { strategyNames } from '../../src/core/plan/headerFields.ts';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import type { CutPoint } from '../support/cutRuns.ts';
import { CutRun } from '../support/cutRuns.ts';
import { expectDocumented } from '../support/documentedFaults.ts';
import { lives, pipeline } from '../support/scriptedPlans.ts';
import { expectWhole, whatAndHow } from '../support/wholeRun.ts';

const isLong = process.env['SWITCHYARD_LONG'] !== undefined;
vi.setConfig({ testTimeout: isLong ? 900_000 : 120_000 });

const home = mkdtempSync(join(tmpdir(), 'switchyard-home-'));
beforeAll(() => {
	vi.stubEnv('HOME', home).stubEnv('XDG_STATE_HOME', join(home, 'state'));
});
afterAll(() => {
	vi.unstubAllEnvs();
	rmSync(home, { recursive: true, force: true });
});

interface Done {
	readonly ends: readonly string[];
	readonly lines: number;
}

async function runTo(plan: RunPlan, point: CutPoint, expected: readonly string[] | null): Promise<Done> {
	const run = new CutRun(plan, point);
	try {
		await run.toItsEnd();
		const ends = run.jobs.ends.map(whatAndHow).sort();
		const damage = point.lastLine === 'torn' ? 1 : 0;
		await expectWhole(run, expected ?? ends, { damage });
		return { ends, lines: run.lines };
	} catch (error) {
		throw new Error(`killed at line ${point.line}, ${point.lastLine}, jobs ${point.jobs}`, { cause: error });
	} finally {
		run.dispose();
	}
}

const lastLines = ['whole', 'torn', 'twice'] as const;
const fates = ['end', 'go on', 'vanish'] as const;

/** Every place; what is left of the line, and of running jobs, changes from place to place, and is all tried in the long tests. */
function pointsOf(lines: number, shift: number): CutPoint[] {
	const all = lastLines.flatMap((lastLine) => fates.map((jobs) => ({ lastLine, jobs })));
	const places = Array.from({ length: lines }, (_, index) => index + 1);
	return places.flatMap((line) => {
		// Steps of four meet all nine.
		const chosen = isLong ? all : all.slice((line * 4 + shift) % 9).slice(0, 1);
		return chosen.map((point) => ({ ...point, line }));
	});
}

describe('SIGKILL at every boundary of the journal, and in the middle and after a copy of its last line', () => {
	let count = 0;

	test.each(
		strategyNames.flatMap((strategy, shift) => [
			{ strategy, name: 'checks, iterations, steps and approvals', plan: lives(strategy), shift },
			{ strategy, name: 'integrations, validators and repairs', plan: pipeline(strategy), shift },
		]),
	)(
		'$strategy, $name: no verdict is lost, nothing is done twice, everything ends',
		async ({ plan, shift }) => {
			const whole = await runTo(
				plan,
				{ line: Number.POSITIVE_INFINITY, lastLine: 'whole', jobs: 'end' },
				null,
			);
			const points = pointsOf(whole.lines, shift);
			count += points.length;
			const runNext = async (): Promise<void> => {
				for (let point = points.pop(); point !== undefined; point = points.pop()) {
					await runTo(plan, point, whole.ends);
				}
			};
			await Promise.all(Array.from({ length: 12 }, runNext));
		},
	);

	test('as many places are tried as docs/faults.md says', () => {
		process.stdout.write(`\n${count} places of the journal\n`);
		expectDocumented('in process through a faulty journal', count);
	});
});
