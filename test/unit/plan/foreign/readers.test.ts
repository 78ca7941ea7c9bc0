import { expect, test } from 'vitest';
import { detectForeign } from '../../../../src/core/plan/foreign/detectForeign.ts';
import type { ForeignPlan } from '../../../../src/core/plan/foreign/foreignPlan.ts';
import { readForeign } from '../../../../src/core/plan/foreign/readForeign.ts';
import { foreignFixture } from '../../../support/foreignFixture.ts';

/** Detects and reads a fixture; `id < dependencies` a task, `id: tasks` a group. */
function read(name: string): { format: string; plan: ForeignPlan; tasks: string[]; groups: string[] } {
	const file = foreignFixture(name);
	const format = detectForeign(name, file.text);
	if (format === null) {
		throw new Error(`${name} is not recognised`);
	}
	const plan = readForeign(format, [file]);
	return {
		format,
		plan,
		tasks: plan.tasks.map(({ id, dependencies }) =>
			dependencies.length === 0 ? id : `${id} < ${dependencies.map(({ value }) => value).join(' ')}`,
		),
		groups: plan.groups.map(({ id, tasks }) => `${id}: ${tasks.map(({ value }) => value).join(' ')}`),
	};
}

test('Orca: slugs, numbers and ids; "all previous" and what does not exist', () => {
	const { format, tasks, groups, plan } = read('orca-plan.md');
	expect({ format, tasks, groups }).toEqual({
		format: 'orca',
		tasks: [
			'read-sensor',
			'task-2 < read-sensor',
			'draw_chart < task-2 read-sensor',
			'publish < read-sensor task-2 draw_chart the moon',
		],
		groups: ['phase-1: read-sensor task-2', 'phase-2: draw_chart publish'],
	});
	expect(plan.name).toBe('Weather Station');
	expect(plan.tasks.map(({ estimateMinutes }) => estimateMinutes)).toEqual([20, 60, 120, undefined]);
	expect(plan.tasks[0]?.acceptanceCriteria).toEqual([
		'A value arrives every minute',
		'A missing sensor is reported',
	]);
	expect(plan.tasks[1]).toMatchObject({ name: 'Store Values', priority: 'high', notes: { layer: '2' } });
});

test('Orca: the layers of a preview, without what a monitor prints below', () => {
	const { format, tasks, groups, plan } = read('orca-preview.md');
	expect({ format, tasks, groups }).toEqual({
		format: 'orca',
		tasks: ['read-sensor', 'choose-colours', 'draw-chart'],
		groups: ['layer-1: read-sensor choose-colours', 'layer-2: draw-chart'],
	});
	expect(plan.tasks.map(({ estimateMinutes }) => estimateMinutes)).toEqual([20, 10, 60]);
});

test('personas: batches, words that name tasks, and the wrong way left out', () => {
	const { format, tasks, groups, plan } = read('persona.md');
	expect({ format, tasks, groups }).toEqual({
		format: 'persona',
		tasks: ['sensor-driver', 'sensor-driver-tests', 'chart < sensor-driver', 'publish-the-page < chart'],
		groups: ['batch-1: sensor-driver sensor-driver-tests', 'batch-2: chart', 'batch-2-2: publish-the-page'],
	});
	expect(plan.tasks.map(({ persona }) => persona)).toEqual([
		'software-engineer',
		'sdet',
		'software-engineer',
		'devops',
	]);
	expect(plan.problems).toMatchObject([{ code: 'SY601', range: { start: { line: 17 } } }]);
	expect(plan.tasks[2]?.notes).toEqual({ needs: ['Weather balloon'] });
});

test('layers: components, streams, "all components" and what does not exist', () => {
	const { format, tasks, groups, plan } = read('DEPENDENCIES.md');
	expect({ format, tasks, groups }).toEqual({
		format: 'layers',
		tasks: [
			'sensor-driver',
			'storage < sensor-driver',
			'chart < sensor-driver Palette',
			'release < sensor-driver storage chart',
		],
		groups: ['layer-0: sensor-driver', 'layer-1: storage chart', 'layer-2: release'],
	});
	expect(plan.tasks[0]).toMatchObject({
		persona: 'Hardware',
		estimateMinutes: 960,
		notes: { components: 'driver, calibration' },
	});
});

test('a checklist: steps, "both", and what blocks what', () => {
	const { format, tasks, groups, plan } = read('checklist.md');
	expect({ format, tasks, groups }).toEqual({
		format: 'checklist',
		tasks: ['task-1', 'task-2 < task-1', 'task-3', 'task-4 < task-2 task-3', 'task-5'],
		groups: ['step-1: task-2 task-3', 'step-2: task-4', 'step-3: task-5'],
	});
	expect(plan.tasks.map(({ status }) => status)).toEqual([
		'done',
		'pending',
		'pending',
		'pending',
		'pending',
	]);
	expect(plan.tasks[1]).toMatchObject({
		name: 'Sensor Service',
		description: 'Sensor Service (driver, retries)',
	});
});

test('Task Master, flat: siblings, absolute ids and the faults as they are', () => {
	const { format, tasks, plan } = read('tasks-flat.json');
	expect({ format, tasks }).toEqual({
		format: 'taskmaster',
		tasks: ['1', '2 < 1 9 2', '2.1', '2.2 < 2.1 1.1', '2.3 < 2.2', '2'],
	});
	expect(plan.tasks[0]).toMatchObject({
		status: 'done',
		priority: 'high',
		description: 'Read it.\n\nWire it.',
	});
	expect(plan.tasks[1]?.notes).toEqual({ testStrategy: 'Look at it.' });
	expect(plan.tasks[4]?.parent).toBe('2');
	expect(plan.tasks[1]?.dependencies[1]?.range).toEqual({
		uri: 'file:///w/tasks-flat.json',
		start: { line: 3, character: 50 },
		end: { line: 3, character: 53 },
	});
});

test('Task Master, tagged: every tag but master is in front of its ids', () => {
	const { format, tasks, groups } = read('tasks-tagged.json');
	expect({ format, tasks, groups }).toEqual({
		format: 'taskmaster',
		tasks: ['1', 'chart-1', 'chart-2 < chart-1', 'chart-2.1 < chart-2'],
		groups: ['tag-master: 1', 'tag-chart: chart-1 chart-2 chart-2.1', 'tag-empty: '],
	});
});

test('devteam: both spellings of every name', () => {
	const { format, tasks, groups, plan } = read('devteam.json');
	expect({ format, tasks, groups }).toEqual({
		format: 'devteam',
		tasks: ['TASK-001', 'TASK-002 < TASK-001'],
		groups: ['SPRINT-001: TASK-001', 'SPRINT-002: TASK-002'],
	});
	expect(
		plan.tasks.map(({ name, type, estimateMinutes, acceptanceCriteria }) => [
			name,
			type,
			estimateMinutes,
			acceptanceCriteria,
		]),
	).toEqual([
		['Axes', 'frontend', 180, ['Both axes have units']],
		['Lines', 'frontend', undefined, ['One line a sensor']],
	]);
});

test('devteam: a sprint whose track requires a task of another', () => {
	const sprint = JSON.stringify({
		id: 'SPRINT-001',
		tasks: ['TASK-1', 'TASK-2'],
		dependencies: { sprints: ['SPRINT-000'] },
		parallelization: { track_2: { tasks: ['TASK-2'], requires: ['TASK-1'] } },
	});
	const plan = readForeign('devteam', [
		{ uri: 'file:///w/a.json', text: '{"id": "TASK-1"}' },
		{ uri: 'file:///w/b.json', text: '{"id": "TASK-2"}' },
		{ uri: 'file:///w/c.json', text: sprint },
	]);
	expect(plan.tasks[1]?.dependencies.map(({ value, range }) => [value, range.uri])).toEqual([
		['TASK-1', 'file:///w/c.json'],
	]);
	expect(plan.groups[0]?.dependencies.map(({ value }) => value)).toEqual(['SPRINT-000']);
});

test('spec-kit: [P] waits for the last task without it, a task without it for all since', () => {
	const { format, tasks, groups, plan } = read('speckit.md');
	expect({ format, tasks, groups }).toEqual({
		format: 'speckit',
		tasks: [
			'T001',
			'T002 < T001',
			'T003 < T001',
			'T004 < T002 T003 T001',
			'T005',
			'T005a < T005',
			'T005 < T005a',
		],
		groups: ['phase-1: T001 T002 T003 T004', 'phase-2: T005 T005a T005'],
	});
	expect(plan.tasks[4]).toMatchObject({ name: 'Read the sensor', notes: { story: 'US1', parallel: true } });
	expect(plan.tasks[0]?.status).toBe('done');
});

test('Backlog.md: front matter, sections, and ids without regard to case', () => {
	const { format, tasks, plan } = read('task-7 - chart.md');
	expect({ format, tasks }).toEqual({ format: 'backlog', tasks: ['task-7 < TASK-3'] });
	expect(plan.tasks[0]).toMatchObject({
		name: 'Draw the chart',
		status: 'To Do',
		parent: 'task-3',
		description: 'One line a sensor.',
		acceptanceCriteria: ['Both axes have units', 'It prints'],
		notes: { labels: ['web'] },
	});
	const other = { uri: 'file:///w/task-3.md', text: '---\nid: Task-3\nstatus: Done\n---\n' };
	const both = readForeign('backlog', [foreignFixture('task-7 - chart.md'), other]);
	expect(both.tasks[0]?.dependencies.map(({ value }) => value)).toEqual(['Task-3']);
});

test('beads: kinds of edges, and a line that is no issue', () => {
	const { format, tasks, plan } = read('issues.jsonl');
	expect({ format, tasks }).toEqual({ format: 'beads', tasks: ['w-1', 'w-2 < w-1', 'w-3', 'w-9'] });
	expect(plan.tasks[0]).toMatchObject({ priority: 'critical', estimateMinutes: 30 });
	expect(plan.tasks[1]).toMatchObject({ parent: 'w-9', notes: { related: ['w-3'] } });
	expect(plan.problems).toMatchObject([{ code: 'SY600', range: { start: { line: 3, character: 0 } } }]);
});

test.each([
	['README.md', '# Read me\n\n- [ ] buy milk\n'],
	['package.json', '{"name": "x", "scripts": {}}'],
	['ours.json', '{"plan": {"name": "X"}, "tasks": [{"id": "TASK-1", "name": "a"}]}'],
	['ours.json', '{"tasks": [{"id": "TASK-1", "title": "a", "run": ["true"]}]}'],
	['notes.md', '## Phase 1: Later\n\nText.\n'],
	['x.plan.yaml', 'tasks: [{id: A}]\n'],
	['data.jsonl', '{"x": 1}\n'],
])('%s is no plan of another tool', (name, text) => {
	expect(detectForeign(name, text)).toBeNull();
});
