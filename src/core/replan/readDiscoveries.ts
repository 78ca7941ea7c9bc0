import * as z from 'zod/mini';
import type { Discovery, FoundTask } from '../run/discovery.ts';

/** More of one attempt is not read: a worker that writes thousands of them is broken, and says so with the first. */
const mostOfAttempt = 100;
const longestText = 2_000;

const texts = z.optional(z.union([z.array(z.string()), z.string()]));

const taskShape = z.object({
	title: z.optional(z.string()),
	name: z.optional(z.string()),
	description: z.optional(z.string()),
	type: z.optional(z.string()),
	estimate_hours: z.optional(z.number()),
	estimated_hours: z.optional(z.number()),
	priority: z.optional(z.number()),
	agent: z.optional(z.string()),
	persona: z.optional(z.string()),
	run: texts,
	acceptance_criteria: texts,
	depends_on: texts,
	dependencies: texts,
	blocks: texts,
	split_of: z.optional(z.string()),
	splits: z.optional(z.string()),
});

const changeShape = z.object({
	task: z.string(),
	priority: z.optional(z.number()),
	depends_on: texts,
});

/**
 * What a worker's `report.json` says of more work (R1, T7): `new_subtasks` become tasks, `recommendations` that name a task
 * become changes of it, everything else is a sentence that is kept. Empty for a text that is no such report; never throws.
 */
export function readDiscoveries(text: string): readonly Discovery[] {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return [];
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return [];
	}
	const report = value as Readonly<Record<string, unknown>>;
	return [
		...listOf(report['new_subtasks']).map(toTask),
		...listOf(report['recommendations']).map(toChange),
		...listOf(report['discoveries']).map(toNote),
	]
		.filter((each) => each !== null)
		.slice(0, mostOfAttempt);
}

/** One discovery of a file that holds a task as in `new_subtasks`, or lists of a report. */
export function readDiscoveryFile(text: string): readonly Discovery[] {
	const found = readDiscoveries(text);
	if (found.length > 0) {
		return found;
	}
	try {
		const value: unknown = JSON.parse(text);
		return listOf(value).flatMap((each) => toTask(each) ?? []);
	} catch {
		return [];
	}
}

function listOf(value: unknown): readonly unknown[] {
	return value === undefined || value === null || value === '' ? [] : Array.isArray(value) ? value : [value];
}

function toTask(value: unknown): Discovery | null {
	if (typeof value === 'string') {
		return value.trim() === ''
			? null
			: { kind: 'task', title: cut(firstLine(value)), dependsOn: [], blocks: [] };
	}
	const parsed = taskShape.safeParse(value);
	const title = parsed.success ? (parsed.data.title ?? parsed.data.name ?? '').trim() : '';
	if (!parsed.success || title === '') {
		// What cannot be understood is not dropped: a person reads it as it is.
		return toNote(value);
	}
	return { ...fieldsOf(parsed.data), title: cut(firstLine(title)) };
}

function fieldsOf(data: z.infer<typeof taskShape>): Omit<FoundTask, 'title'> {
	const estimate = data.estimate_hours ?? data.estimated_hours;
	const splits = data.split_of ?? data.splits;
	return {
		kind: 'task',
		...defined('description', data.description === undefined ? undefined : cut(data.description)),
		...defined('type', data.type),
		...defined('estimateHours', estimate !== undefined && estimate >= 0 ? estimate : undefined),
		...defined('priority', data.priority),
		...defined('agent', data.agent),
		...defined('persona', data.persona),
		...defined('run', data.run),
		...defined(
			'acceptanceCriteria',
			data.acceptance_criteria === undefined ? undefined : list(data.acceptance_criteria),
		),
		dependsOn: [...list(data.depends_on), ...list(data.dependencies)],
		blocks: list(data.blocks),
		...defined('splits', splits),
	};
}

/** The field, or nothing where it is not said. */
function defined<K extends string, V>(key: K, value: V | undefined): { readonly [name in K]?: V } {
	return value === undefined ? {} : ({ [key]: value } as { readonly [name in K]?: V });
}

function toChange(value: unknown): Discovery | null {
	const parsed = changeShape.safeParse(value);
	if (!parsed.success || (parsed.data.priority === undefined && parsed.data.depends_on === undefined)) {
		return toNote(value);
	}
	const { task, priority, depends_on } = parsed.data;
	return {
		kind: 'change',
		target: task,
		...(priority !== undefined && { priority }),
		dependsOn: list(depends_on),
	};
}

function toNote(value: unknown): Discovery | null {
	const title = typeof value === 'object' && value !== null && 'title' in value ? value.title : value;
	const text = typeof title === 'string' ? title : (JSON.stringify(value) ?? '');
	return text.trim() === '' ? null : { kind: 'note', text: cut(text.trim()) };
}

function list(value: readonly string[] | string | undefined): readonly string[] {
	const all = value === undefined ? [] : typeof value === 'string' ? [value] : value;
	return all.map((each) => each.trim()).filter((each) => each !== '');
}

function firstLine(text: string): string {
	return text.trim().split(/\r?\n/)[0] ?? '';
}

function cut(text: string): string {
	return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
