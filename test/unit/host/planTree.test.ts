import { describe, expect, it } from 'vitest';
import type { TaskSummary } from '../../../src/core/run/runState.ts';
import type { GateSummary } from '../../../src/core/run/summariseGate.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import { planKey } from '../../../src/host/plans/planModel.ts';
import { StatedProgress } from '../../../src/host/plans/statedProgress.ts';
import type { PlanTreeElement } from '../../../src/host/tree/planTreeModel.ts';
import { PlanTreeModel } from '../../../src/host/tree/planTreeModel.ts';
import { presentRow } from '../../../src/host/tree/presentRow.ts';
import { planModel, sprintView, summary, taskView } from './planViews.ts';

function treeOf(
	plans: readonly PlanModel[],
	summaries: readonly TaskSummary[] = [],
	gates: readonly GateSummary[] = [],
) {
	const run = new Map(summaries.map((task) => [task.id, task]));
	const source = {
		plans,
		plan: (id: PlanModel['id']) => plans.find((plan) => planKey(plan.id) === planKey(id)),
		run: () => (summaries.length === 0 ? null : { task: (id: string) => run.get(id), gates }),
	};
	const model = new PlanTreeModel(source);
	const t = (message: string, ...args: (string | number)[]) =>
		message.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)]));
	const row = (element: PlanTreeElement) => presentRow(element, { model, source, t, now: 100_000 });
	const lines = (elements: readonly PlanTreeElement[], depth = 0): string[] =>
		elements.flatMap((element) => {
			const { label, description } = row(element);
			const line = `${'  '.repeat(depth)}${label}${description === '' ? '' : ` | ${description}`}`;
			return [line, ...lines(model.children(element), depth + 1)];
		});
	return { model, row, text: () => lines(model.roots()) };
}

const shop = planModel({
	tasks: ['A', 'B', 'C', 'D'].map((id) => taskView(id, { estimateMinutes: 90 })),
	sprints: [
		sprintView('S1', ['A', 'B', 'missing']),
		sprintView('S2', ['C'], { track: 2 }),
		sprintView('S3', [], { track: null }),
	],
	tracks: [{ number: 1, name: 'Backend' }],
});

describe('the plan tree', () => {
	it('shows tracks, sprints and tasks with progress, and what is in no sprint', () => {
		expect(treeOf([shop], [summary('A', { status: 'completed' })]).text()).toEqual([
			'Backend | 50 % · 3 h',
			'  S1 Name of S1 | 1/2 · 3 h',
			'    A Name of A | 1.5 h',
			'    B Name of B | 1.5 h',
			'Track 2 | 0 % · 1.5 h',
			'  S2 Name of S2 | 0/1 · 1.5 h',
			'    C Name of C | 1.5 h',
			'S3 Name of S3 | 0/0',
			'Unscheduled | 0/1 · 1.5 h',
			'  D Name of D | 1.5 h',
		]);
	});

	it('tells of the gate of a sprint: who judged, who did not, and what is not configured', () => {
		const unit = (name: string, status: 'completed' | 'failed') => ({
			...summary(`S1:${name}`, { status }),
			...{ name, role: 'validation' as const, slot: name, cycle: 2, advisory: false },
		});
		const gate: GateSummary = {
			...{ id: 'S1:gate', name: 'Gate of S1', level: 'sprint', sprint: 'S1', track: 1, number: null },
			...{ status: 'failed', cycle: 2, reason: 'It did not pass.', needsPerson: true, passedAt: null },
			unconfigured: ['performance'],
			units: [unit('PM sign-off', 'completed'), unit('Security audit', 'failed')],
		};
		const { model, row, text } = treeOf([shop], [summary('A', { status: 'completed' })], [gate]);
		expect(text()[1]).toBe('  S1 Name of S1 | 1/2 · 3 h · gate failed (cycle 2)');
		const sprint = model.children(model.roots()[0] as PlanTreeElement)[0] as PlanTreeElement;
		expect(row(sprint).look.words).toBe('needs you');
		expect(row(sprint).context).toBe('sprint run');
		expect(row(sprint).reason).toBe(
			'It did not pass. · PM sign-off: passed · Security audit: failed · performance: not configured',
		);
	});

	it('offers to run a sprint whose tasks are done and whose gate is open', () => {
		const gate: GateSummary = {
			...{ id: 'S2:gate', name: 'Gate of S2', level: 'sprint', sprint: 'S2', track: 2, number: null },
			...{ status: 'failed', cycle: 4, reason: '', needsPerson: true, passedAt: null },
			...{ unconfigured: [], units: [] },
		};
		const done = [summary('C', { status: 'completed' })];
		const context = (gates: readonly GateSummary[]) => {
			const { model, row } = treeOf([shop], done, gates);
			const track = model.roots().find(({ target }) => target.track === 2) as PlanTreeElement;
			return row(model.children(track)[0] as PlanTreeElement).context;
		};
		expect([context([]), context([gate])]).toEqual(['sprint', 'sprint run']);
		expect(context([{ ...gate, status: 'passed' }])).toBe('sprint');
	});

	it('shows tasks directly in a plan without sprints, and a row for each of several plans', () => {
		const first = planModel({ key: 'a', tasks: [taskView('A', { name: 'A', estimateMinutes: null })] });
		const second = planModel({ key: 'b' });
		expect(treeOf([first]).text()).toEqual(['A']);
		expect(treeOf([first, second]).text()).toEqual(['Plan a | 0/1', '  A', 'Plan b | 0/0']);
	});

	it('knows the parents of every row, and hands out the same row for the same id', () => {
		const { model } = treeOf([shop]);
		const visit = (elements: readonly PlanTreeElement[], parent: PlanTreeElement | undefined) => {
			for (const element of elements) {
				expect(model.parent(element)).toBe(parent);
				visit(model.children(element), element);
			}
		};
		visit(model.roots(), undefined);
		expect(model.rowOf({ plan: planKey(shop.id), task: 'B' })).toBe(model.rowsOfTask(shop.id, 'B')[0]);
		expect(model.rowOf({ plan: planKey(shop.id), task: 'nobody' })).toBeUndefined();
	});

	it('opens ten thousand tasks closed and builds rows only where somebody looks', () => {
		const ids = Array.from({ length: 10_000 }, (_, n) => `T${n}`);
		const large = planModel({
			tasks: ids.map((id) => taskView(id)),
			sprints: [sprintView('S1', ids.slice(0, 5000)), sprintView('S2', ids.slice(5000))],
		});
		const { model, row } = treeOf([large]);
		const [track] = model.roots();
		const sprints = model.children(track!);
		expect(sprints.map((sprint) => row(sprint).collapsible)).toEqual(['collapsed', 'collapsed']);
		expect(model.children(sprints[0]!)).toHaveLength(5000);
	});
});

describe('a task row', () => {
	const check = (state: Partial<TaskSummary>, expected: string) => {
		const { model, row } = treeOf([shop], [summary('A', state)]);
		const { look, description, context } = row(model.rowOf({ plan: planKey(shop.id), task: 'A' })!);
		expect(`${look.icon} | ${description} | ${context}`).toBe(expected);
	};

	it('says what the run says of it, and what may be done', () => {
		check({}, 'circle-outline | 1.5 h | task run');
		check({ status: 'ready' }, 'circle-large-outline | 1.5 h | task run');
		check(
			{ status: 'running', iteration: 2, startedAt: 35_000 },
			'loading~spin | 1.5 h · 1 min 05 s · attempt 2 | task stop terminal',
		);
		check(
			{
				status: 'completed',
				validation: 'checks',
				iteration: 1,
				startedAt: 10,
				endedAt: 8010,
				evidence: 'e',
			},
			'pass-filled | 1.5 h · 8 s | task evidence terminal',
		);
		check({ status: 'completed', validation: 'none' }, 'pass | 1.5 h | task');
		check({ status: 'failed', iteration: 1 }, 'error | 1.5 h | task retry skip terminal');
		check({ status: 'blocked', needsPerson: true }, 'bell-dot | 1.5 h | task retry skip');
		check({ status: 'cancelled' }, 'stop-circle | 1.5 h | task retry skip');
	});

	it('shows what the file of another tool says of a task, as its word and not as a run of ours', () => {
		const words = { A: 'done', B: 'In Progress', C: 'blocked', D: 'cancelled', E: 'pending', F: 'x' };
		const tasks = Object.entries(words).map(([id, stated]) =>
			taskView(id, { stated, estimateMinutes: null }),
		);
		const foreign = { ...planModel({ tasks }), foreign: 'taskmaster' as const, opened: true as const };
		const t = (message: string, ...args: (string | number)[]) => message.replace('{0}', String(args[0]));
		const source = {
			plans: [foreign],
			plan: () => foreign,
			run: () => new StatedProgress(foreign, t),
		};
		const model = new PlanTreeModel(source);
		const rows = [...model.roots(), ...model.roots().flatMap((root) => model.children(root))].map((element) =>
			presentRow(element, { model, source, t, now: 0 }),
		);
		expect(rows.map(({ look, description, reason }) => [look.icon, look.words, description, reason])).toEqual(
			[
				['project', 'begun', 'Task Master tasks · 2/6', ''],
				['pass', 'completed, unverified', 'done', 'Its file says “done”.'],
				['circle-large-filled', 'under way', 'In Progress', 'Its file says “In Progress”.'],
				['lock', 'blocked', 'blocked', 'Its file says “blocked”.'],
				['stop-circle', 'stopped', 'cancelled', 'Its file says “cancelled”.'],
				['circle-outline', 'not started', 'pending', 'Its file says “pending”.'],
				['pass', 'completed, unverified', '', 'Its file says “x”.'],
			],
		);
		expect(rows.map(({ context }) => context).slice(0, 2)).toEqual(['plan foreign opened', 'task foreign']);
	});

	it('gives a plan of another tool a row that says so, and offers nothing that runs', () => {
		const foreign = { ...planModel({ tasks: [taskView('1')] }), foreign: 'taskmaster' as const };
		const tree = treeOf([foreign]);
		expect(tree.text()).toEqual(['Plan planning | Task Master tasks · 1 · 1 h', '  1 Name of 1 | 1 h']);
		const [plan] = tree.model.roots();
		const [task] = plan === undefined ? [] : tree.model.children(plan);
		expect([plan, task].map((row) => row && tree.row(row).context)).toEqual(['plan foreign', 'task foreign']);
		expect(task && tree.model.parent(task)).toBe(plan);
	});
});
