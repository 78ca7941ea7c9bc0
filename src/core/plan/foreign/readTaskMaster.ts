import type { PlanFile } from '../plan.ts';
import { parseMinutes } from '../readEstimate.ts';
import { present } from '../readValues.ts';
import { SourceFile } from '../sourceFile.ts';
import type { ForeignGroup, ForeignPlan, ForeignTask } from './foreignPlan.ts';
import type { JsonValue } from './jsonValue.ts';
import { parseJson } from './jsonValue.ts';
import { notesOf } from './notesOf.ts';

/**
 * Task Master's `tasks.json`: flat, tagged, or a tag that is a bare list. Tags are plans of their own that may reuse ids,
 * so ids of all tags but `master` get their tag in front. Ids are text; in a subtask a bare number is a sibling if there
 * is one, else the task of that id; `5.2` is absolute.
 */
export function readTaskMaster({ uri, text }: PlanFile): ForeignPlan {
	const file = new SourceFile(uri, text);
	const root = parseJson(file);
	const tags = tagsOf(root);
	const tasks: ForeignTask[] = [];
	const groups: ForeignGroup[] = [];
	for (const { tag, list, range } of tags) {
		const read = new TagReader(tag).read(list);
		tasks.push(...read);
		if (tags.length > 1) {
			const members = read.map(({ id, idRange }) => ({ value: id, range: idRange }));
			groups.push({ id: `tag-${tag}`, name: tag, tasks: members, dependencies: [], range });
		}
	}
	const meta = root.get('meta', 'metadata');
	const name = (meta ?? root).get('projectName', 'project', 'name')?.text() ?? 'Task Master';
	return { format: 'taskmaster', name, tasks, groups, problems: file.problems() };
}

interface Tag {
	readonly tag: string;
	readonly list: readonly JsonValue[];
	readonly range: JsonValue['range'];
}

function tagsOf(root: JsonValue): Tag[] {
	const flat = root.isList ? root : root.get('tasks');
	if (flat?.isList === true) {
		return [{ tag: 'master', list: flat.items(), range: flat.range }];
	}
	const found: Tag[] = [];
	for (const [tag, value] of root.fields()) {
		const list = value.isList ? value : value.get('tasks');
		if (list?.isList === true) {
			found.push({ tag, list: list.items(), range: value.range });
		}
	}
	return found;
}

const known = new Set([
	'id',
	'title',
	'name',
	'description',
	'details',
	'priority',
	'status',
	'dependencies',
	'subtasks',
	'estimatedHours',
	'parentId',
	'parentTaskId',
]);

/** Reads the tasks of one tag, with its subtasks as tasks of their own. */
class TagReader {
	readonly #prefix: string;

	constructor(tag: string) {
		this.#prefix = tag === 'master' ? '' : `${tag}-`;
	}

	read(list: readonly JsonValue[]): ForeignTask[] {
		return list.flatMap((item, index) => this.#task(item, `${index + 1}`));
	}

	#task(value: JsonValue, fallback: string): ForeignTask[] {
		if (!value.isMap) {
			return [];
		}
		const id = value.get('id')?.text() ?? fallback;
		const task = this.#make(value, id, (bare) => bare);
		return [task, ...this.#subtasks(value, id)];
	}

	#subtasks(value: JsonValue, parent: string): ForeignTask[] {
		const items = (value.get('subtasks')?.items() ?? []).filter((item) => item.isMap);
		const absolute = (id: string) => (id.startsWith(`${parent}.`) ? id : `${parent}.${id}`);
		const ids = items.map((item, index) => absolute(item.get('id')?.text() ?? `${index + 1}`));
		const siblings = new Set(ids);
		const resolve = (bare: string) => {
			const sibling = absolute(bare);
			return !bare.includes('.') && siblings.has(sibling) ? sibling : bare;
		};
		return items.flatMap((item, index) => {
			const id = ids[index] ?? '';
			const subtask = { ...this.#make(item, id, resolve), parent: `${this.#prefix}${parent}` };
			return [subtask, ...this.#subtasks(item, id)];
		});
	}

	#make(value: JsonValue, id: string, resolve: (bare: string) => string): ForeignTask {
		const texts = [value.get('description')?.text(), value.get('details')?.text()];
		const description = texts.filter((text) => text !== undefined).join('\n\n');
		const hours = value.get('estimatedHours')?.text();
		const idValue = value.get('id');
		return {
			id: `${this.#prefix}${id}`,
			name: value.get('title', 'name')?.text() ?? id,
			...(description !== '' && { description }),
			...present('priority', value.get('priority')?.text()),
			...present('status', value.get('status')?.text()),
			...present(
				'estimateMinutes',
				hours === undefined ? undefined : (parseMinutes(hours, 'h') ?? undefined),
			),
			acceptanceCriteria: [],
			dependencies: (value.get('dependencies')?.texts() ?? []).map((dependency) => ({
				value: `${this.#prefix}${resolve(dependency.value)}`,
				range: dependency.range,
			})),
			notes: notesOf(value, known),
			range: value.range,
			idRange: idValue?.range ?? value.range,
		};
	}
}
