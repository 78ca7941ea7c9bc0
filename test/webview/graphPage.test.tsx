import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { focusOn, showPlan, showStatuses } from '../../src/protocol/graphView.ts';
import type { PageOptions } from './mountPage.tsx';
import { mountPage } from './mountPage.tsx';
import { largePlan, seedGraphPlan, seedStatuses, statusOf } from './samplePlans.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Waits for a condition, patiently: other suites may share the machine. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000 });

type Page = ReturnType<typeof mountPage>;
const pages: Page[] = [];

/** A window of 1600 × 1000, which happy-dom does not lay out by itself. */
beforeEach(() => {
	vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 1600, 1000));
	vi.spyOn(window, 'matchMedia').mockReturnValue({ matches: true } as MediaQueryList);
});

afterEach(() => {
	for (const page of pages.splice(0)) {
		page.dispose();
	}
	vi.restoreAllMocks();
});

/** Opens the page and waits until it has drawn something. */
async function open(options: PageOptions): Promise<Page> {
	const page = mountPage(options);
	pages.push(page);
	await until(() => expect(page.root.querySelector('.surface, .notice')).not.toBeNull());
	await until(() => expect(page.root.querySelector('.card, .dots, .notice')).not.toBeNull());
	return page;
}

const selectedId = (page: Page) => page.root.querySelector('.details .detailId')?.textContent ?? null;

describe('graph page', () => {
	it('draws every task, sprint and track of a plan', async () => {
		const page = await open({ plan: seedGraphPlan, statuses: seedStatuses });
		expect(page.root.querySelectorAll('.card')).toHaveLength(18);
		expect(page.root.querySelectorAll('.frame')).toHaveLength(6);
		expect([...page.root.querySelectorAll('.laneName')].map((name) => name.firstChild?.textContent)).toEqual([
			'Track 1 · Backend API',
			'Track 2 · Frontend',
			'Track 3 · Infrastructure',
		]);
		expect(page.root.querySelector('.laneFacts')?.textContent).toContain('52 h');
		expect(page.problems).toEqual([]);
	});

	it('says a state by class, sign and words', async () => {
		const page = await open({ plan: seedGraphPlan, statuses: seedStatuses });
		const looks = Object.fromEntries(
			['TASK-001', 'TASK-002', 'TASK-007', 'TASK-008', 'TASK-016'].map((id) => {
				const card = page.card(id);
				return [
					id,
					[
						card?.getAttribute('class')?.match(/look-\w+/)?.[0],
						card?.querySelector('.state')?.textContent?.slice(0, 24),
					],
				];
			}),
		);
		expect(looks).toEqual({
			'TASK-001': ['look-completed', 'Completed · 45 min'],
			'TASK-002': ['look-unverified', 'Completed, unverified · '],
			'TASK-007': ['look-failed', 'Failed · npm test ended '],
			'TASK-008': ['look-running', 'Running · attempt 2'],
			'TASK-016': ['look-needsYou', 'Needs you · Run it again'],
		});
	});

	it('shows a task that another tool calls begun without anything that turns', async () => {
		const begun = { ...statusOf('TASK-008', 'running'), validation: 'imported' as const };
		const page = await open({ plan: seedGraphPlan, statuses: [begun] });
		expect(page.card('TASK-008')?.getAttribute('class')).toContain('look-begun');
		expect(page.card('TASK-008')?.querySelector('.turning')).toBeNull();
		expect(page.card('TASK-008')?.querySelector('.state')?.textContent).toMatch(/^Under way/);
	});

	it('follows statuses one by one, and forgets them with a reset', async () => {
		const page = await open({ plan: seedGraphPlan, statuses: seedStatuses });
		page.host.notify(showStatuses, { reset: false, run: null, tasks: [statusOf('TASK-008', 'completed')] });
		await until(() => expect(page.card('TASK-008')?.getAttribute('class')).toContain('look-completed'));
		expect(page.card('TASK-007')?.getAttribute('class')).toContain('look-failed');
		page.host.notify(showStatuses, { reset: true, run: null, tasks: [] });
		await until(() => expect(page.card('TASK-007')?.getAttribute('class')).toContain('look-pending'));
	});

	it('walks with the arrow keys along dependencies and within a column', async () => {
		const page = await open({ plan: seedGraphPlan });
		const steps: (string | null)[] = [];
		const keys = ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'];
		for (const key of keys) {
			const before = selectedId(page);
			page.press(key);
			await until(() => expect(selectedId(page)).not.toBe(before));
			steps.push(selectedId(page));
		}
		expect(steps).toEqual(['TASK-001', 'TASK-004', 'TASK-008', 'TASK-009', 'TASK-005', 'TASK-004']);
	});

	it('asks the host for what Enter, R and the buttons mean, and clears with Escape', async () => {
		const page = await open({ plan: seedGraphPlan, statuses: seedStatuses });
		page.host.notify(focusOn, { task: 'TASK-007' });
		await until(() => expect(selectedId(page)).toBe('TASK-007'));
		page.press('Enter');
		page.press('r');
		for (const button of page.root.querySelectorAll<HTMLElement>('.buttons button')) {
			button.click();
		}
		expect(page.actions).toEqual([
			{ action: 'revealInYaml', task: 'TASK-007' },
			{ action: 'retryTask', task: 'TASK-007' },
			{ action: 'retryTask', task: 'TASK-007' },
			{ action: 'showTerminal', task: 'TASK-007' },
			{ action: 'revealInYaml', task: 'TASK-007' },
		]);
		page.press('Escape');
		await until(() => expect(selectedId(page)).toBeNull());
	});

	it('runs nothing where nothing may run, and says why', async () => {
		const page = await open({ plan: seedGraphPlan, cannotRun: 'Nothing runs in Restricted Mode.' });
		page.host.notify(focusOn, { task: 'TASK-001' });
		await until(() => expect(selectedId(page)).toBe('TASK-001'));
		page.press('r');
		page.root.querySelector<HTMLElement>('.buttons .primary')?.click();
		expect(page.actions).toEqual([]);
		expect(page.root.querySelector('.why')?.textContent).toBe('Nothing runs in Restricted Mode.');
	});

	it('finds tasks and dims the others', async () => {
		const page = await open({ plan: seedGraphPlan });
		const input = page.root.querySelector('input');
		input!.value = 'catalog api';
		input!.dispatchEvent(new Event('input', { bubbles: true }));
		await until(() => expect(page.text()).toContain('1 of 18 tasks'));
		expect(page.root.querySelectorAll('.card:not(.dimmed)')).toHaveLength(1);
		input!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
		await until(() => expect(selectedId(page)).toBe('TASK-008'));
	});

	it('folds and unfolds a sprint, and finds a task inside a folded one', async () => {
		const page = await open({ plan: seedGraphPlan });
		page.host.notify(focusOn, { sprint: 'SPRINT-001-01' });
		await until(() => expect(selectedId(page)).toBe('SPRINT-001-01'));
		page.press(' ');
		await until(() => expect(page.root.querySelectorAll('.card')).toHaveLength(16));
		page.host.notify(focusOn, { task: 'TASK-004' });
		await until(() => expect(page.card('TASK-004')?.getAttribute('class')).toContain('selected'));
		expect(page.root.querySelectorAll('.card')).toHaveLength(18);
	});

	it('opens a large plan with its sprints collapsed and keeps the document small', async () => {
		const page = await open({ plan: largePlan(10_000) });
		expect(page.root.querySelectorAll('[id^="card-task-"]')).toHaveLength(0);
		expect(page.root.querySelectorAll('.stack').length).toBeGreaterThan(0);
		expect(document.querySelectorAll('*').length).toBeLessThan(2000);
	});

	it('lists every task for screen readers, with state and dependencies', async () => {
		const page = await open({ plan: seedGraphPlan, statuses: seedStatuses });
		expect(page.root.querySelectorAll('[data-twin]')).toHaveLength(18);
		expect(page.root.querySelector('[data-twin="TASK-011"]')?.textContent).toBe(
			'TASK-011 Kubernetes manifests. Blocked. TASK-007 failed. Waits for: TASK-007. Unblocks: TASK-015',
		);
	});

	it.each([
		['an empty plan', { ...seedGraphPlan, tasks: [], sprints: [], tracks: [] }, 'No tasks yet'],
		['a plan that is gone', null, 'This plan is gone'],
	])('says so for %s', async (_, plan, words) => {
		expect((await open({ plan })).text()).toContain(words);
	});

	it('shows why a layout failed and tries again', async () => {
		let failures = 0;
		const layout = () => {
			failures++;
			throw new Error('The layout thread ended.');
		};
		const page = await open({ plan: seedGraphPlan, layout });
		await until(() => expect(page.text()).toContain('The layout thread ended.'));
		page.root.querySelector<HTMLElement>('.notice button')?.click();
		await until(() => expect(failures).toBe(2));
	});

	it('reports what it does not understand to the host and goes on', async () => {
		const page = await open({ plan: seedGraphPlan });
		page.inject('garbage');
		page.inject({ jsonrpc: '2.0', session: 'test', method: 'plan', params: { plan: { key: 7 } } });
		page.inject({ jsonrpc: '2.0', session: 'test', method: 'dance', params: {} });
		expect(page.problems).toHaveLength(3);
		expect(page.root.querySelectorAll('.card')).toHaveLength(18);
		page.host.notify(showPlan, { plan: null });
		await until(() => expect(page.text()).toContain('This plan is gone'));
	});

	it('takes up again where the person left it, and starts afresh with another plan', async () => {
		const left = {
			version: 1,
			plan: { rootUri: 'file:///shop', key: 'planning' },
			camera: { x: 12, y: 34, zoom: 1 },
			collapsed: ['SPRINT-001-01'],
			selection: { kind: 'task', id: 'TASK-002' },
		};
		const page = await open({ plan: seedGraphPlan, left });
		expect(selectedId(page)).toBe('TASK-002');
		expect(page.root.querySelectorAll('.stack')).toHaveLength(1);
		expect(page.root.querySelector<SVGElement>('.drawing')?.style.transform).toBe(
			'translate(12px, 34px) scale(1)',
		);
		const other = await open({
			plan: seedGraphPlan,
			left: { ...left, plan: { rootUri: 'file:///x', key: 'y' } },
		});
		expect(other.root.querySelectorAll('.stack')).toHaveLength(0);
		const broken = await open({ plan: seedGraphPlan, left: { version: 99 } });
		expect(broken.root.querySelectorAll('.card')).toHaveLength(18);
	});

	it('remembers which plan it shows from the first moment', async () => {
		const page = await open({ plan: seedGraphPlan });
		expect(page.written[0]).toMatchObject({ version: 1, plan: { rootUri: 'file:///shop', key: 'planning' } });
	});

	it('keeps ids from the plan as text', async () => {
		const id = '"><img src=x onerror=alert(1)>';
		const [first] = seedGraphPlan.tasks;
		const page = await open({
			plan: {
				...seedGraphPlan,
				tracks: [],
				sprints: [],
				tasks: [{ ...first!, id, name: '<script>alert(1)</script>' }],
			},
		});
		expect(page.root.querySelectorAll('img, script')).toHaveLength(0);
		expect(page.text()).toContain('<script>');
	});
});
