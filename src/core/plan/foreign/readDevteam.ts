import type { Located, PlanFile } from '../plan.ts';
import type { Problem } from '../problem.ts';
import { parseMinutes } from '../readEstimate.ts';
import { present } from '../readValues.ts';
import { SourceFile } from '../sourceFile.ts';
import type { ForeignGroup, ForeignPlan, ForeignTask } from './foreignPlan.ts';
import type { JsonValue } from './jsonValue.ts';
import { parseJson } from './jsonValue.ts';
import { notesOf } from './notesOf.ts';

/**
 * devteam 3.x JSON: files of one task, of one sprint, or of a whole plan with `tasks` (the plan dictionary of Orca has the
 * same shape). Both spellings of every name are read; `requires` of a track inside a sprint becomes a dependency of the
 * tasks of that track.
 */
export function readDevteam(files: readonly PlanFile[]): ForeignPlan {
	const tasks: ForeignTask[] = [];
	const groups: ForeignGroup[] = [];
	const problems: Problem[] = [];
	const requires = new Map<string, Located<string>[]>();
	let name: string | undefined;
	for (const { uri, text } of files) {
		const file = new SourceFile(uri, text);
		const root = parseJson(file);
		problems.push(...file.problems());
		name ??= root.get('feature', 'project', 'title')?.text();
		const list = root.isList ? root : root.get('tasks');
		if (isSprint(root)) {
			groups.push(readSprint(root));
			collectRequires(root, requires);
		} else if (list?.items().some((item) => item.isMap) === true) {
			tasks.push(...list.items().flatMap(readTask));
			groups.push(...(root.get('sprints')?.items() ?? []).filter((item) => item.isMap).map(readSprint));
		} else {
			tasks.push(...readTask(root));
		}
	}
	return {
		format: 'devteam',
		name: name ?? 'devteam',
		tasks: tasks.map((task) => withRequired(task, requires.get(task.id) ?? [])),
		groups: groups.length > 0 ? groups : groupBySprintNumber(tasks),
		problems,
	};
}

function isSprint(root: JsonValue): boolean {
	const tasks = root.get('tasks')?.items();
	return root.get('id') !== undefined && tasks?.every((item) => !item.isMap) === true;
}

const knownInTask = new Set([
	...['id', 'title', 'name', 'description', 'type', 'task_type', 'taskType', 'priority', 'status', 'sprint'],
	...['estimatedHours', 'estimated_hours', 'estimatedMinutes', 'estimated_minutes', 'duration'],
	...['dependencies', 'depends_on', 'dependsOn', 'acceptanceCriteria', 'acceptance_criteria'],
]);

function readTask(value: JsonValue): ForeignTask[] {
	const id = value.get('id', 'task_id');
	const text = id?.text();
	if (id === undefined || text === undefined) {
		return [];
	}
	return [
		{
			id: text,
			name: value.get('title', 'name')?.text() ?? text,
			...present('description', value.get('description')?.text()),
			...present('type', value.get('type', 'task_type', 'taskType')?.text()),
			...present('priority', value.get('priority')?.text()),
			...present('status', value.get('status')?.text()),
			...present('estimateMinutes', minutesOf(value)),
			acceptanceCriteria: criteriaOf(value.get('acceptanceCriteria', 'acceptance_criteria')),
			dependencies: referencesOf(value.get('dependencies', 'depends_on', 'dependsOn')),
			notes: { ...notesOf(value, knownInTask), ...sprintNote(value) },
			range: value.range,
			idRange: id.range,
		},
	];
}

function sprintNote(value: JsonValue): Readonly<Record<string, unknown>> {
	const sprint = value.get('sprint')?.text();
	return sprint === undefined ? {} : { sprint };
}

function minutesOf(value: JsonValue): number | undefined {
	const hours = value.get('estimatedHours', 'estimated_hours', 'duration')?.text();
	const minutes = value.get('estimatedMinutes', 'estimated_minutes')?.text();
	const found = hours !== undefined ? parseMinutes(hours, 'h') : parseMinutes(minutes ?? '', 'm');
	return found ?? undefined;
}

/** Criteria are sentences, or objects that hold one. */
function criteriaOf(value: JsonValue | undefined): string[] {
	const sentence = (item: JsonValue) =>
		(item.isMap ? item.get('description', 'text', 'criterion') : item)?.text();
	return (value?.items() ?? []).map(sentence).filter((text) => text !== undefined);
}

/** A list of ids; `none` is empty. */
function referencesOf(value: JsonValue | undefined): Located<string>[] {
	return (value?.texts() ?? []).filter((item) => item.value.toLowerCase() !== 'none');
}

const knownInSprint = new Set(['id', 'name', 'title', 'goal', 'tasks', 'dependencies', 'quality_gates']);

function readSprint(value: JsonValue): ForeignGroup {
	const id = value.get('id')?.text() ?? 'SPRINT';
	const dependencies = value.get('dependencies');
	const gates = value.get('quality_gates', 'qualityGates')?.plain();
	return {
		id,
		name: value.get('name', 'title')?.text() ?? id,
		...present('goal', value.get('goal')?.text()),
		tasks: value.get('tasks')?.texts() ?? [],
		dependencies: referencesOf(dependencies?.isMap === true ? dependencies.get('sprints') : dependencies),
		notes: { ...notesOf(value, knownInSprint), ...(gates !== undefined && { quality_gates: gates }) },
		range: value.range,
	};
}

function collectRequires(sprint: JsonValue, requires: Map<string, Located<string>[]>): void {
	for (const [, track] of sprint.get('parallelization')?.fields() ?? []) {
		const needed = track.get('requires')?.texts() ?? [];
		for (const { value } of track.get('tasks')?.texts() ?? []) {
			requires.set(value, [...(requires.get(value) ?? []), ...needed]);
		}
	}
}

function withRequired(task: ForeignTask, required: readonly Located<string>[]): ForeignTask {
	const present = new Set([task.id, ...task.dependencies.map(({ value }) => value)]);
	const added = required.filter(({ value }) => !present.has(value));
	return added.length === 0 ? task : { ...task, dependencies: [...task.dependencies, ...added] };
}

/** A plan in one file may say the sprint in each task. */
function groupBySprintNumber(tasks: readonly ForeignTask[]): ForeignGroup[] {
	const groups = new Map<string, ForeignTask[]>();
	for (const task of tasks) {
		const sprint = task.notes['sprint'];
		if (typeof sprint === 'string') {
			groups.set(sprint, [...(groups.get(sprint) ?? []), task]);
		}
	}
	return [...groups].flatMap(([sprint, members]) => {
		const first = members[0];
		const id = /^\d+$/.test(sprint) ? `SPRINT-${sprint.padStart(3, '0')}` : sprint;
		const listed = members.map((task) => ({ value: task.id, range: task.idRange }));
		return first === undefined
			? []
			: [{ id, name: `Sprint ${sprint}`, track: 1, tasks: listed, dependencies: [], range: first.range }];
	});
}
