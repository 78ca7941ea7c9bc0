import fc from 'fast-check';
import { test, vi } from 'vitest';
import { plans } from '../../support/editedPlans.ts';
import { PlanUnderEdit } from '../../support/planUnderEdit.ts';
import type { Step } from '../../support/textEdits.ts';
import { steps } from '../../support/textEdits.ts';

// Only the number of sequences decides how long this takes.
vi.setConfig({ testTimeout: 3_600_000 });

const numRuns = process.env['SWITCHYARD_LONG'] === '1' ? 10_000 : 1_000;

function follow(path: string, text: string, taken: readonly Step[]): void {
	const editing = new PlanUnderEdit({ [path]: text });
	editing.open(path);
	editing.refresh();
	editing.compare();
	for (const [index, step] of taken.entries()) {
		editing.edit(path, step);
		// Editors send several changes before anybody looks.
		if (index % 3 !== 1) {
			editing.refresh();
			editing.compare();
		}
	}
	editing.refresh();
	editing.compare();
}

test('after any edits of a plan in one file all that is known of it equals what a full reading gives', () => {
	fc.assert(
		fc.property(plans, steps, (text, taken) => follow('x.plan.yaml', text, taken)),
		{ numRuns },
	);
});

test('so it does for a file with many tasks in the folder form', () => {
	fc.assert(
		fc.property(plans, steps, (text, taken) => follow('docs/planning/tasks/all.yaml', text, taken)),
		{ numRuns: numRuns / 10 },
	);
});

const step = (kind: Step['kind'], at: number, text: string): Step => ({ kind, at, size: 1, text });

test('a sprint that gets another id while a file begins to be read as a whole leaves no view behind', () => {
	const text = 'plan: {name: x}\nsprints:\n  - id: S1\n    track: 1\n    tasks: []\n    estimated_hours: 8\n';
	follow('x.plan.yaml', text, [
		step('insert', 0, 'a'),
		step('end', 0, '    id: T5\n'),
		step('insert', 0, '<<: *a\n'),
	]);
});

test('a remark before a task moves it in the views', () => {
	const task = (id: string) => `- {id: ${id}, run: [npm, test], dependencies: []}\n`;
	const text = `plan: {name: x}\ntasks:\n${task('T1')}${task('T2')}`;
	for (let at = 0; at <= 1; at += 0.02) {
		follow('docs/planning/tasks/all.yaml', text, [
			step('insert', at, '  # remark\n'),
			step('insert', 0, 'a'),
		]);
	}
});

test('a line end that goes and comes at the end of the file moves nothing', () => {
	const text = 'plan: {name: x}\nsprints:\n- id: S1\n  tasks: []\n';
	follow('x.plan.yaml', text, [step('delete', 0.99, ''), step('undo', 0, ''), step('insert', 0, 'a')]);
});

test('an edit of the second of two tasks with one id, or sprints, leaves the views with the first', () => {
	const tasks = 'tasks:\n- {id: T1, run: [x]}\n- {id: T1, run: [y]}\n';
	const sprints = 'sprints:\n- {id: S1, tasks: [T1]}\n- {id: S1, tasks: [T1]}\n';
	for (let at = 0; at <= 1; at += 0.02) {
		follow('x.plan.yaml', `plan: {name: x}\n${tasks}${sprints}`, [step('insert', at, ' ')]);
	}
});
