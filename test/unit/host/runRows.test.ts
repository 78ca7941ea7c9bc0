import { describe, expect, it } from 'vitest';
import type { ListedRun } from '../../../src/engine/journal/listRuns.ts';
import type { RunView } from '../../../src/engine/journal/runView.ts';
import { viewOf } from '../../../src/engine/journal/runView.ts';
import type { RowTexts } from '../../../src/host/runsView/rowTexts.ts';
import type { RunRow } from '../../../src/host/runsView/runRow.ts';
import { longestList } from '../../../src/host/runsView/runRow.ts';
import type { RunsSource } from '../../../src/host/runsView/runRows.ts';
import { runRows } from '../../../src/host/runsView/runRows.ts';
import { gateStep, planOf, Story } from '../run/story.ts';
import { planModel, taskView } from './planViews.ts';

const texts: RowTexts = {
	t: (message, ...args) => message.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)])),
	time: (at) => new Date(at).toISOString().slice(0, 16),
	month: (at) => new Date(at).toISOString().slice(0, 7),
};

function view(story: Story, folder: string): RunView {
	const found = viewOf({ fold: story.fold, folder, problems: () => [] });
	if (found === null) {
		throw new Error('the story has no run');
	}
	return found;
}

function listed(number: number, at: number): ListedRun {
	return { run: `exec-${number}`, folder: `/runs/${number}`, plan: 'shop', createdAt: at };
}

const shop = planModel({ key: 'shop', tasks: ['A', 'B', 'C'].map((id) => taskView(id)) });

function sourceOf(more: Partial<RunsSource> = {}): RunsSource {
	return {
		plans: [shop],
		runs: () => [],
		current: () => null,
		digest: () => undefined,
		open: async () => null,
		rootPath: () => '/shop',
		...more,
	};
}

/** Labels and descriptions, indented, down to `depth` levels. */
async function lines(rows: readonly RunRow[], depth: number, level = 0): Promise<string[]> {
	const parts = rows.map(async (row) => {
		const below = depth > 1 && row.children !== undefined ? await row.children() : [];
		return [
			`${'  '.repeat(level)}${[row.label, row.description].filter(Boolean).join(' | ')}`,
			...(await lines(below, depth - 1, level + 1)),
		];
	});
	return (await Promise.all(parts)).flat();
}

describe('the rows of the view "Runs"', () => {
	it('shows what happened in the newest run: gates, reports, tasks, attempts, checks', async () => {
		const check = gateStep('x').checks[0];
		const checks = check === undefined ? [] : [check];
		const gates = [{ of: 'S1', validators: 'pm' }];
		const more = { A: { checks, maxAttempts: 2, name: 'Build it' } };
		const story = new Story(planOf({ tasks: 'A B C', sprints: { S1: 'A B C' }, more, gates })).tell(
			'ask e1 A B C S1:gate',
			'claim e1 A 1',
			'start e1 A 1',
			'end e1 A 1 ok',
			'check e1 A 1/0 fail',
			'claim e1 A 2',
			'start e1 A 2',
			'end e1 A 2 ok',
			'check e1 A 2/0 pass',
			'evidence A 2',
			'claim e1 B 1',
			'skip C',
		);
		const run = listed(1, 0);
		const current = view(story, run.folder);
		const rows = runRows(sourceOf({ runs: () => [run], current: () => current }), texts);
		expect(await lines(rows, 4)).toEqual([
			expect.stringMatching(/^1970-01-01T00:00 \| 2\/3 · \w+$/),
			'  Gates | 0 of 1 passed',
			'    Gate of S1 | gate waits',
			expect.stringMatching(/^ {2}Reports \| /),
			expect.stringMatching(/^ {2}A Build it \| completed · .* · 2 attempts$/),
			expect.stringMatching(/^ {4}Attempt 1 \| failed/),
			'      true | failed · exit code 1',
			expect.stringMatching(/^ {4}Attempt 2 \| passed/),
			'      true | passed',
			'  B Name of B | running',
			'    Attempt 1 | running',
			'  C Name of C | skipped',
		]);
		const [, , a] = (await rows[0]?.children?.()) ?? [];
		expect(a).toMatchObject({
			context: 'work evidence planned terminal',
			evidence: '.work/A',
			runFolder: '/runs/1',
		});
	});

	it('tells earlier runs as they are read, and puts all but the last ten below their month', async () => {
		const day = 86_400_000;
		const runs = Array.from({ length: 1_000 }, (_, index) => listed(index, index * day));
		const asked = new Set<string>();
		const story = new Story(planOf({ tasks: 'A' })).tell('ask e1 A', 'claim e1 A 1', 'end e1 A 1 failed');
		const { state, totals } = view(story, '/runs/998');
		const source = sourceOf({
			runs: () => runs,
			digest: ({ run }) => {
				asked.add(run);
				return run === 'exec-998'
					? { state, totals, strategy: 'hybrid' }
					: run === 'exec-997'
						? null
						: undefined;
			},
		});
		const rows = runRows(source, texts);
		expect(asked.size).toBe(10);
		expect((await lines(rows, 1)).slice(0, 12)).toEqual([
			'1972-09-26T00:00 | exec-999',
			expect.stringMatching(/^1972-09-25T00:00 \| 0\/1 · 1 failed/),
			'1972-09-24T00:00 | its journal cannot be read',
			...[23, 22, 21, 20, 19, 18, 17].map((each, index) => `1972-09-${each}T00:00 | exec-${996 - index}`),
			'1972-09 | 16 runs',
			'1972-08 | 31 runs',
		]);
		expect(await rows[10]?.children?.()).toHaveLength(16);
		expect(asked.size).toBe(26);
	});

	it('puts very many tasks into stretches', async () => {
		const ids = Array.from({ length: 2 * longestList + 1 }, (_, index) => `T${index}`);
		const story = new Story(planOf({ tasks: ids.join(' '), jobs: 1 })).tell(
			`ask e1 ${ids.join(' ')}`,
			...ids.flatMap((id) => [`claim e1 ${id} 1`, `end e1 ${id} 1 ok`]),
		);
		const current = view(story, '/runs/1');
		const rows = runRows(sourceOf({ runs: () => [listed(1, 0)], current: () => current }), texts);
		const below = (await rows[0]?.children?.()) ?? [];
		expect(await lines(below.slice(1), 1)).toEqual([
			'1 to 200 | T0 Name of T0 … T199 Name of T199',
			expect.stringMatching(/^201 to 400 /),
			expect.stringMatching(/^401 to 401 /),
		]);
		expect(await below[1]?.children?.()).toHaveLength(longestList);
	});

	it('has a row for each plan that was run where the window has several', async () => {
		const blog = planModel({ key: 'blog', tasks: [taskView('A')] });
		const source = sourceOf({ plans: [shop, blog], runs: (plan) => (plan === shop ? [listed(1, 0)] : []) });
		expect(await lines(runRows(source, texts), 2)).toEqual(['Plan shop | 1', '  1970-01-01T00:00 | exec-1']);
		expect(runRows(sourceOf({ plans: [shop, blog] }), texts)).toEqual([]);
	});
});
