import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ShowAttempts } from '../../src/protocol/timelineView.ts';
import { showAttempts } from '../../src/protocol/timelineView.ts';
import type { PanelOptions } from './mountPanels.tsx';
import { openTimeline } from './mountPanels.tsx';
import { attemptOf, seedAttempts, seedNow, shownPlan } from './previewSamples.ts';
import { seedGraphPlan } from './samplePlans.ts';

/** Waits for a condition, patiently: other suites may share the machine. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000 });

type Page = ReturnType<typeof openTimeline>;
const pages: Page[] = [];

afterEach(() => {
	for (const page of pages.splice(0)) {
		page.dispose();
	}
});

const run = (state: 'running' | 'completed', tasks = seedAttempts): ShowAttempts => ({
	...{ reset: true, now: seedNow, tasks: [...tasks] },
	run: { id: 'exec-1', state, createdAt: 0 },
});

async function open(options: Partial<PanelOptions> = {}): Promise<Page> {
	const page = openTimeline({ shown: () => shownPlan(seedGraphPlan), ...options });
	pages.push(page);
	await until(() => expect(page.text()).toContain('forecast '));
	return page;
}

const sentence = (page: Page, task: string) => page.find(`[data-twin="${task}"]`)?.textContent ?? '';

describe('timeline page', () => {
	it('is the forecast before there is a run', async () => {
		const page = await open();
		expect(page.text()).toContain('Not run yet');
		expect(sentence(page, 'TASK-001')).toBe('TASK-001 Database schema design · Not started · forecast 8 h');
	});

	it('says of each task what became of it, how long it took, and what was planned', async () => {
		const page = await open({ attempts: run('running') });
		expect(page.text()).toContain('25 h so far · 6 of 18 done · exec-1');
		expect(sentence(page, 'TASK-003')).toContain('Completed · took 7 h · forecast 6 h · 2 attempts');
		expect(sentence(page, 'TASK-007')).toContain('Failed');
		expect(sentence(page, 'TASK-007')).toContain('npm test ended with exit code 1');
		expect(sentence(page, 'TASK-002')).toContain('Completed, unverified');
		expect(page.problems).toEqual([]);
	});

	it('follows the run as it goes on', async () => {
		const page = await open({ attempts: run('running') });
		const done = attemptOf('TASK-008', [1_180 * 60_000, seedNow], { check: 'passed' });
		page.host.notify(showAttempts, { ...run('completed', [done]), reset: false });
		await until(() => expect(sentence(page, 'TASK-008')).toContain('Completed'));
		expect(sentence(page, 'TASK-001')).toContain('Completed');
		expect(page.find('.runWords')?.textContent).toContain('Completed');
	});

	it('leads from a task to its text, its terminal and its evidence', async () => {
		const page = await open({ attempts: run('completed') });
		page.find<HTMLElement>('[data-twin="TASK-001"] button')?.click();
		await until(() => expect(page.find('.details .detailId')?.textContent).toBe('TASK-001'));
		for (const button of page.all('.details .secondary')) {
			(button as HTMLElement).click();
		}
		await until(() => expect(page.actions.length).toBe(4));
		expect(page.actions.map(({ action }) => action)).toEqual([
			...['revealInYaml', 'showTerminal', 'openEvidence', 'showInGraph'],
		]);
	});

	it('hides a forecast that nothing of could be seen, until it is asked for', async () => {
		const short = [attemptOf('TASK-001', [0, 2_000])];
		const page = await open({ attempts: { ...run('completed', short), now: 3_000 } });
		const toggle = () => page.find('[aria-label="Show the forecast below what happened"]');
		expect(toggle()?.getAttribute('aria-pressed')).toBe('false');
		(toggle() as HTMLElement).click();
		await until(() => expect(toggle()?.getAttribute('aria-pressed')).toBe('true'));
	});
});
