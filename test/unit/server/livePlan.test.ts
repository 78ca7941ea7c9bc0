import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { BlockText } from '../../../src/core/plan/blocks/blockText.ts';
import { listNamesOf } from '../../../src/core/plan/blocks/livePart.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { PlanFileKind } from '../../../src/core/plan/planFiles.ts';
import type { Problem } from '../../../src/core/plan/problem.ts';
import type { PlanPart } from '../../../src/core/plan/readPart.ts';
import { readPart } from '../../../src/core/plan/readPart.ts';
import { readPlan } from '../../../src/core/plan/readPlan.ts';
import { applyPlanUpdate } from '../../../src/host/plans/applyPlanUpdate.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import type { PlanUpdate } from '../../../src/protocol/lsp.ts';
import { PlanLookup } from '../../../src/server/features/planLookup.ts';
import { LivePlan } from '../../../src/server/livePlan.ts';
import { planDelta } from '../../../src/server/planDelta.ts';
import { PlanFileStore } from '../../../src/server/planFileStore.ts';
import { toPlanViews } from '../../../src/server/planViews.ts';
import { TaskPlaces } from '../../../src/server/taskPlaces.ts';
import { plans } from '../../support/editedPlans.ts';
import type { Step } from '../../support/textEdits.ts';
import { EditedText, steps } from '../../support/textEdits.ts';

// Only the number of sequences decides how long this takes.
vi.setConfig({ testTimeout: 3_600_000 });

const numRuns = process.env['SWITCHYARD_LONG'] === '1' ? 10_000 : 1_000;

/** Prompts are looked for in the folder; which of them are there is known by their names here. */
const hasFile = (path: string) => path.endsWith('.md');

/** As another process gets it. */
function plain(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value));
}

/** Compares what another process would get; by its text first, since that is quick. */
function expectSame(found: unknown, wanted: unknown): void {
	if (JSON.stringify(found) !== JSON.stringify(wanted)) {
		expect(plain(found)).toEqual(plain(wanted));
	}
}

/** One file under edit, from the text to what the views are told. */
class Editing {
	readonly uri: string;
	readonly live: LivePlan;
	readonly edited: EditedText;
	readonly #blocks: BlockText;
	readonly #store = new PlanFileStore();
	readonly #group;
	readonly #kind: PlanFileKind;
	#version = 0;
	#shown: PlanModel | undefined;
	#whole: PlanModel | undefined;

	constructor(path: string, text: string) {
		this.uri = `file:///w/${path}`;
		const isFolder = path.startsWith('docs/');
		const id = { rootUri: 'file:///w', key: isFolder ? 'planning' : 'x' };
		this.#kind = isFolder ? 'task' : 'one-file';
		this.#group = { id, form: isFolder ? ('folder' as const) : ('file' as const), files: [this.uri] };
		this.live = new LivePlan(this.#group, {
			publish: () => {},
			sendUpdate: (update) => this.#take(plain(update) as PlanUpdate),
		});
		this.edited = new EditedText(text);
		this.#blocks = new BlockText(text, listNamesOf(this.#kind));
		const { uri } = this;
		const editing = this;
		this.#store.setOpen(path, {
			uri,
			blocks: this.#blocks,
			get version() {
				return editing.#version;
			},
			getText: () => this.#blocks.text,
		});
	}

	edit(step: Step): void {
		this.#blocks.edit(this.edited.take(step));
		this.#version++;
		expect(this.#blocks.text).toBe(this.edited.text);
		expect(this.#blocks.length).toBe(this.edited.text.length);
	}

	refresh(): void {
		const part = this.#store.part(this.uri);
		this.live.update(part === null ? [] : [part], {
			...{ agents: [], force: false, hasFile },
			moved: this.#store.takeMoves([this.uri]),
		});
	}

	/** Everything that was found out bit by bit equals what is found out at once. */
	compare(): void {
		const { id } = this.#group;
		const file = { uri: this.uri, text: this.edited.text };
		const { plan, problems } = readPlan(id, [file], { hasFile });
		const { lookup } = this.live;
		expectSame(lookup?.plan, plan);
		expectSame(lookup?.problems, problems);
		this.live.sendAll();
		expectSame(modelOf(this.#shown), modelOf(this.#whole));
		this.#shown = this.#whole;
		if (lookup !== null) {
			const parts = [readPart(file, this.#kind)];
			this.#compareViews(plan, problems, parts);
			this.#compareLookup(lookup, new PlanLookup({ plan, parts, problems, agents: [] }));
		}
	}

	/** What views have is what somebody would be told who opens the text now. */
	#compareViews(plan: Plan, problems: readonly Problem[], parts: readonly PlanPart[]): void {
		const after = toPlanViews(plan, problems, new TaskPlaces(parts));
		const all = planDelta(this.#group, { before: null, after, version: 0 });
		const model = all === null ? undefined : applyPlanUpdate(undefined, plain(all) as PlanUpdate);
		expectSame(modelOf(this.#whole), modelOf(model));
	}

	#compareLookup(lookup: PlanLookup, anew: PlanLookup): void {
		expectSame(lookup.agents, anew.agents);
		// Of things with one id the plan has only the first, its parts have all.
		expectSame(lookup.parts[0]?.tasks, anew.parts[0]?.tasks);
		expectSame(lookup.parts[0]?.sprints, anew.parts[0]?.sprints);
		for (const task of anew.plan.tasks) {
			expectSame(lookup.standingOf(task.id), anew.standingOf(task.id));
			expectSame(lookup.sprintOf(task.id), anew.sprintOf(task.id));
			expectSame(lookup.waitersOf(task.id), anew.waitersOf(task.id));
			expectSame(lookup.tasks.get(task.id), task);
			const { start } = task.dependencies[0]?.range ?? task.idRange;
			expectSame(lookup.ids.at(this.uri, start), anew.ids.at(this.uri, start));
		}
		for (const sprint of anew.plan.sprints) {
			expectSame(lookup.sprints.get(sprint.id), sprint);
		}
	}

	#take(update: PlanUpdate): void {
		if (update.reset) {
			this.#whole = applyPlanUpdate(undefined, update);
			this.#shown ??= this.#whole;
		} else {
			this.#shown = applyPlanUpdate(this.#shown, update);
		}
	}
}

/** What views have of a plan, in their order. */
function modelOf(model: PlanModel | undefined): unknown {
	return model && { ...model, version: 0, tasks: [...model.tasks], sprints: [...model.sprints] };
}

function follow(path: string, text: string, taken: readonly Step[]): void {
	const editing = new Editing(path, text);
	editing.refresh();
	editing.compare();
	for (const [index, step] of taken.entries()) {
		editing.edit(step);
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
