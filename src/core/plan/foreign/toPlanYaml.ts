import { Document, isMap, isSeq, visit } from 'yaml';
import type { ForeignGroup, ForeignTask } from './foreignPlan.ts';
import { formatNames } from './foreignPlan.ts';
import { withMark } from './importMark.ts';
import type { RepairedPlan } from './repairForeign.ts';

/**
 * A one-file plan (FORMATS 1.2) of what another tool wrote: strict, with the fields in a fixed order, the same text for the
 * same input. What has no place in a plan stands under `notes`.
 */
export function toPlanYaml({ plan, repairs }: RepairedPlan): string {
	const groups = plan.groups.filter((group) => group.tasks.length > 0);
	const hasTracks = groups.some((group) => group.track !== undefined);
	const notes = repairs.map(({ message }) => message);
	const value = {
		plan: { name: plan.name, version: 1 },
		...(notes.length > 0 && { notes: { repairs: notes } }),
		...(hasTracks && { tracks: { 1: { name: plan.name } } }),
		...(groups.length > 0 && { sprints: sprintsOf(groups) }),
		tasks: plan.tasks.map(taskOf),
	};
	const body = stringify(value);
	return withMark(body, formatNames[plan.format]);
}

function sprintsOf(groups: readonly ForeignGroup[]): readonly Readonly<Record<string, unknown>>[] {
	const inTrack = new Map<number, number>();
	return groups.map((group) => {
		const number = (inTrack.get(group.track ?? 0) ?? 0) + 1;
		inTrack.set(group.track ?? 0, number);
		return {
			id: group.id,
			name: oneLine(group.name),
			...(group.track !== undefined && { track: group.track, sprint_number: number }),
			...(group.goal !== undefined && { goal: group.goal }),
			tasks: group.tasks.map(({ value }) => value),
			...(group.dependencies.length > 0 && { dependencies: group.dependencies.map(({ value }) => value) }),
			...filled('notes', group.notes ?? {}),
		};
	});
}

function taskOf(task: ForeignTask): Readonly<Record<string, unknown>> {
	const priority = priorityOf(task.priority);
	const notes = {
		...(task.parent !== undefined && { part_of: task.parent }),
		...(task.priority !== undefined && priority === undefined && { priority: task.priority }),
		...task.notes,
	};
	return {
		id: task.id,
		name: oneLine(task.name),
		...(task.description !== undefined && { description: task.description }),
		...(task.type !== undefined && { type: task.type }),
		...(task.persona !== undefined && { persona: task.persona }),
		...(priority !== undefined && { priority }),
		...estimateOf(task.estimateMinutes),
		...(task.status !== undefined && { status: task.status }),
		...(task.dependencies.length > 0 && { dependencies: task.dependencies.map(({ value }) => value) }),
		...(task.acceptanceCriteria.length > 0 && { acceptance_criteria: [...task.acceptanceCriteria] }),
		...filled('notes', notes),
	};
}

const priorityWords = new Set(['critical', 'highest', 'urgent', 'high', 'medium', 'normal', 'low', 'lowest']);

function priorityOf(text: string | undefined): string | number | undefined {
	const word = text?.toLowerCase() ?? '';
	return priorityWords.has(word) ? word : /^-?\d+$/.test(word) ? Number(word) : undefined;
}

function estimateOf(minutes: number | undefined): Readonly<Record<string, number>> {
	if (minutes === undefined) {
		return {};
	}
	return minutes >= 60 && minutes % 15 === 0
		? { estimated_hours: minutes / 60 }
		: { estimated_minutes: minutes };
}

function filled(key: string, value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return Object.keys(value).length > 0 ? { [key]: value } : {};
}

function oneLine(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

function stringify(value: unknown): string {
	const document = new Document(withoutControls(value), { aliasDuplicateObjects: false });
	// Lists of ids read best on one line; everything else is in blocks.
	visit(document, {
		Pair: (_, pair) => {
			const key = String(pair.key);
			if ((key === 'dependencies' || key === 'tasks') && isSeq(pair.value) && !pair.value.items.some(isMap)) {
				pair.value.flow = true;
			}
		},
	});
	return document.toString({ lineWidth: 110, flowCollectionPadding: false });
}

/** YAML forbids control characters, and one of them would make the whole plan unreadable. */
function withoutControls(value: unknown): unknown {
	if (typeof value === 'string') {
		// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters YAML forbids.
		return value.replace(/\r\n?/g, '\n').replace(/[\0-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]/g, '');
	}
	if (Array.isArray(value)) {
		return value.map(withoutControls);
	}
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([key, one]) => [String(withoutControls(key)), withoutControls(one)]),
		);
	}
	return value;
}
