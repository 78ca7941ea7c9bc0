import { afterEach, describe, expect, it, vi } from 'vitest';
import { isStrategy } from '../../src/core/run/strategies.ts';
import { comparePlans } from '../../src/host/panels/comparePlans.ts';
import { changePreviewPlan, showPreviewPlan, showScope } from '../../src/protocol/previewView.ts';
import type { PanelOptions } from './mountPanels.tsx';
import { openPreview } from './mountPanels.tsx';
import { shownOfText, shownPlan } from './previewSamples.ts';
import { largePlan, seedGraphPlan } from './samplePlans.ts';

/** Waits for a condition, patiently: other suites may share the machine. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000 });

type Page = ReturnType<typeof openPreview>;
const pages: Page[] = [];

afterEach(() => {
	for (const page of pages.splice(0)) {
		page.dispose();
	}
});

const seed = (strategy: string | null) =>
	shownPlan(seedGraphPlan, { unchecked: 1 }, strategy !== null && isStrategy(strategy) ? { strategy } : {});

/** Opens the page and waits until it shows a forecast with its curve. */
async function open(options: Partial<PanelOptions> = {}): Promise<Page> {
	const page = openPreview({ shown: seed, ...options });
	pages.push(page);
	await until(() => expect(page.find('.curveSlider')).not.toBeNull());
	return page;
}

function choose(page: Page, selector: string, value: string): void {
	const select = page.find<HTMLSelectElement>(selector);
	if (select !== null) {
		select.value = value;
		select.dispatchEvent(new Event('change', { bubbles: true }));
	}
}

const click = (page: Page, selector: string) => page.find<HTMLElement>(selector)?.click();
const runLabel = (page: Page) => page.find('.runButton')?.textContent;

describe('preview page', () => {
	it('shows what a run of the plan comes to', async () => {
		const page = await open();
		expect(page.figure('One after another')).toBe('128 h');
		expect(page.figure('Critical path')).toBe('42 h');
		expect(page.figure('Cost')).toBe('none');
		expect(runLabel(page)).toBe('Run 18 tasks');
		expect(page.find<HTMLSelectElement>('.strategySelect')?.value).toBe('tracks');
		expect(page.find<HTMLInputElement>('.agentsInput')?.value).toBe('3');
		expect(page.problems).toEqual([]);
	});

	it('moves with the strategy, which brings its own number of agents', async () => {
		const page = await open();
		const before = page.figure('Makespan');
		choose(page, '.strategySelect', 'sequential');
		await until(() => expect(page.figure('Makespan')).toBe('128 h'));
		expect(before).not.toBe('128 h');
		expect(page.find<HTMLInputElement>('.agentsInput')?.value).toBe('1');
		expect(page.strategies).toEqual(['sequential']);
	});

	it('moves with the number of agents, by button, curve and keyboard, and goes back to the plan’s', async () => {
		const page = await open();
		const before = page.figure('Makespan');
		click(page, '[aria-label="One agent fewer"]');
		await until(() => expect(page.figure('Makespan')).not.toBe(before));
		page
			.find('.curveSlider')
			?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true, cancelable: true }));
		await until(() => expect(page.find('.curveSlider')?.getAttribute('aria-valuenow')).toBe('1'));
		click(page, '[aria-label="Back to the number of the plan"]');
		await until(() => expect(page.figure('Makespan')).toBe(before));
	});

	it('runs exactly what it shows', async () => {
		const page = await open();
		click(page, '.runButton');
		choose(page, '.strategySelect', 'aggressive');
		await until(() => expect(page.find<HTMLInputElement>('.agentsInput')?.value).toBe('5'));
		choose(page, '.scopeSelect', JSON.stringify({ kind: 'sprint', id: 'SPRINT-001-01' }));
		await until(() => expect(runLabel(page)).toBe('Run 3 tasks'));
		click(page, '[aria-label="One agent more"]');
		await until(() => expect(page.find<HTMLInputElement>('.agentsInput')?.value).toBe('6'));
		click(page, '.runButton');
		await until(() => expect(page.runs).toHaveLength(2));
		expect(page.runs).toEqual([
			{ scope: { kind: 'all' }, strategy: null, jobs: null },
			{ scope: { kind: 'sprint', id: 'SPRINT-001-01' }, strategy: 'aggressive', jobs: 6 },
		]);
	});

	it('runs nothing where nothing may run, and says why', async () => {
		const page = await open({ cannotRun: 'Trust this folder first.' });
		expect(page.find('.runButton')?.getAttribute('title')).toBe('Trust this folder first.');
		click(page, '.runButton');
		const broken = await open({
			shown: () => shownOfText('tasks:\n  - {id: A, name: a, run: [x], dependencies: [NOWHERE]}\n'),
		});
		click(broken, '.runButton');
		expect(broken.text()).toContain('1 error in the plan');
		expect([page.runs, broken.runs]).toEqual([[], []]);
	});

	it('previews what the host asks for, and the whole plan again when that is gone', async () => {
		const page = await open();
		page.host.notify(showScope, { scope: { kind: 'task', id: 'TASK-004' } });
		await until(() => expect(runLabel(page)).toBe('Run 1 task'));
		const without = { ...seedGraphPlan, tasks: seedGraphPlan.tasks.filter(({ id }) => id !== 'TASK-004') };
		page.host.notify(showPreviewPlan, { shown: { ...shownPlan(without), revision: 2 } });
		await until(() => expect(runLabel(page)).toBe('Run 17 tasks'));
	});

	it('says for each task when it runs, what it waited for, what exactly runs and what proves it', async () => {
		const page = await open();
		click(page, '#tab-tasks');
		await until(() => expect(page.all('.taskRow').length).toBeGreaterThan(10));
		const row = page.find('[data-row="TASK-004"]')?.textContent ?? '';
		expect(row).toContain('waits for TASK-001');
		expect(row).toContain('npm run build:task-004');
		expect(row).toContain('npm test -- task-004');
		expect(page.find('[data-row="TASK-001"]')?.textContent).toContain('no check: nothing proves it');
		click(page, '[data-row="TASK-004"]');
		await until(() => expect(page.find('.details .detailId')?.textContent).toBe('TASK-004'));
		page
			.find('[data-row="TASK-004"]')
			?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
		await until(() => expect(page.actions).toEqual([{ action: 'revealInYaml', task: 'TASK-004' }]));
	});

	it('shows layers as columns, and walks between tabs by the arrow keys', async () => {
		const page = await open();
		const press = (key: string) =>
			page.find('[role="tablist"]')?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
		press('ArrowRight');
		await until(() => expect(page.all('.layer').length).toBeGreaterThan(3));
		expect(page.find('.layer h2')?.textContent).toBe('Layer 1 3 tasks');
		press('ArrowLeft');
		await until(() => expect(page.find('.gantt')).not.toBeNull());
	});

	it('is as it was left, with the strategy that a new host does not know of', async () => {
		const choice = { scope: { kind: 'track', number: 2 }, strategy: 'dynamic', agents: 2 };
		const left = { version: 1, plan: { rootUri: 'file:///shop', key: 'planning' }, choice };
		const page = await open({ left: { ...left, selection: 'TASK-009', tab: 'warnings' } });
		expect(page.strategies).toEqual(['dynamic']);
		expect(page.find<HTMLSelectElement>('.strategySelect')?.value).toBe('dynamic');
		expect(page.find<HTMLInputElement>('.agentsInput')?.value).toBe('2');
		expect(page.find('#tab-warnings')?.getAttribute('aria-selected')).toBe('true');
		expect(page.find('.details .detailId')?.textContent).toBe('TASK-009');
		expect(runLabel(page)).toBe('Run 6 tasks');
	});

	it('takes estimates and cost from finished runs, and says so (P6)', async () => {
		const text = [
			'tasks:',
			'  - {id: A, name: a, type: backend, agent: stub, verify: [{run: [x]}]}',
			'  - {id: B, name: b, type: backend, run: [x], estimated_minutes: 60, verify: [{run: [x]}]}',
		].join('\n');
		const sample = { run: 'r', type: 'backend', agent: 'stub', tier: 'T1', estimateMinutes: null };
		const history = [20, 20, 20].map((minutes, index) => ({
			...{ ...sample, task: `T-${index}`, minutes, costUsd: 1 + index },
		}));
		const page = await open({ shown: () => shownOfText(text), history });
		await until(() => expect(page.figure('Cost')).toBe('$1.50–$2.50'));
		expect(page.find('[data-figure="Cost"] .hint')?.textContent).toBe(
			'likely $2.00, from 1 of 1 tasks of agents',
		);
		expect(page.figure('One after another')).toBe('1.3 h');
		click(page, '#tab-tasks');
		await until(() => expect(page.all('.taskRow').length).toBe(2));
		expect(page.find('[data-row="A"]')?.textContent).toContain('no estimate, taken as 20 min');
		click(page, '[data-row="A"]');
		await until(() =>
			expect(page.find('.details .facts')?.textContent).toContain('From 3 finished backend tasks'),
		);
	});

	it('takes what changed in the plan it has, and asks for everything where it has another', async () => {
		const page = await open();
		const before = { ...seed(null), revision: 1 };
		const after = { ...seed('sequential'), revision: 2 };
		choose(page, '.strategySelect', 'sequential');
		await until(() => expect(page.figure('Makespan')).toBe('128 h'));
		const { plan: _old, ...facts } = { ...before, revision: 3, base: 1 };
		const back = comparePlans(after.plan, before.plan);
		expect(back?.fields).toMatchObject({ strategy: 'tracks' });
		page.host.notify(changePreviewPlan, {
			...facts,
			changes: back ?? { fields: {}, dropped: [], columns: [] },
		});
		await until(() => expect(page.strategies).toEqual(['sequential', 'sequential']));
		const asked = page.readies();
		page.host.notify(changePreviewPlan, {
			...facts,
			base: 77,
			changes: { fields: {}, dropped: [], columns: [] },
		});
		await until(() => expect(page.readies()).toBe(asked + 1));
	});

	it('says what is the matter with a plan without tasks, and with one that is gone', async () => {
		const empty = openPreview({ shown: () => shownOfText('plan: {name: Empty}\ntasks: []\n') });
		pages.push(empty);
		await until(() => expect(empty.text()).toContain('No tasks yet'));
		const gone = openPreview({ shown: () => null });
		pages.push(gone);
		await until(() => expect(gone.text()).toContain('This plan is gone'));
	});

	it('says why there is no forecast when the simulator does not start, and tries again', async () => {
		const page = openPreview({ shown: seed, startThread: () => Promise.reject(new Error('no thread')) });
		pages.push(page);
		await until(() => expect(page.text()).toContain('no thread'));
		expect(page.problems).toEqual(['no thread']);
		click(page, '.notice .primary');
		await until(() => expect(page.problems).toHaveLength(2));
	});

	it('refuses messages that are none, and says so to the host', async () => {
		const page = await open();
		page.inject({ jsonrpc: '2.0', session: 'test', method: 'plan', params: { shown: { plan: 7 } } });
		page.inject('rubbish');
		await until(() => expect(page.problems).toHaveLength(2));
		expect(runLabel(page)).toBe('Run 18 tasks');
	});

	it('keeps what is in the document small for a plan of thousands of tasks', async () => {
		const page = await open({ shown: () => shownPlan(largePlan(2_000), { strategy: 'dynamic' }) });
		const elements = () => page.all('*').length;
		const counts = [elements()];
		for (const tab of ['layers', 'tasks', 'warnings']) {
			click(page, `#tab-${tab}`);
			await until(() => expect(page.find(`#tab-${tab}`)?.getAttribute('aria-selected')).toBe('true'));
			counts.push(elements());
		}
		expect(Math.max(...counts)).toBeLessThan(2_500);
	});
});
