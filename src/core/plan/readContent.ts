import type { YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import { headerFileFields, oneFileFields } from './headerFields.ts';
import type { ReadContext } from './mapReader.ts';
import { describe, MapReader } from './mapReader.ts';
import type { Task, Track } from './plan.ts';
import type { PlanFileKind } from './planFiles.ts';
import { readGates } from './readGates.ts';
import type { HeaderPart } from './readHeader.ts';
import { readAgents, readPlanFields, readTracks } from './readHeader.ts';
import type { PlanPart } from './readPart.ts';
import { readSprint } from './readSprint.ts';
import { readTiers, readWorkflows } from './readSteps.ts';
import { readTask } from './readTask.ts';
import { present } from './readValues.ts';
import type { Entry } from './yamlNodes.ts';
import { scalarText } from './yamlNodes.ts';

/** What the fields of one file say. */
export type Content = Partial<
	Pick<PlanPart, 'header' | 'agents' | 'agentNames' | 'tracks' | 'sprints' | 'tasks'>
>;

/** Reads one item of a list; null for one without an id. */
type ItemReader<T> = (context: ReadContext, map: YAMLMap) => T | null;

/** Reads the fields of a file of a plan. */
export function readContent(context: ReadContext, map: YAMLMap, kind: PlanFileKind): Content {
	switch (kind) {
		case 'task':
			return { tasks: readTaskFile(context, map) };
		case 'sprint':
			return readSprintFile(context, map);
		case 'header':
			return readHead(context, new MapReader(context, map, { table: headerFileFields, what: 'this file' }));
		case 'one-file':
			return readOneFile(context, map);
		case 'prd':
			return { header: readPrd(context, map) };
		case 'summary':
			return {};
		case 'state':
			return { tracks: readState(context, map) };
	}
}

function readTaskFile(context: ReadContext, map: YAMLMap): Task[] {
	const entries = context.nodes.entries(map);
	const list = entries.find(({ key }) => key === 'tasks');
	// A task is never a list of tasks, so this file holds several.
	if (isSeq(list?.value) && !entries.some(({ key }) => key === 'id')) {
		return readItems(context, list, readTask);
	}
	const task = readTask(context, map);
	return task === null ? [] : [task];
}

function readSprintFile(context: ReadContext, map: YAMLMap): Content {
	const sprint = readSprint(context, map);
	return { sprints: sprint === null ? [] : [sprint] };
}

function readOneFile(context: ReadContext, map: YAMLMap): Content {
	const reader = new MapReader(context, map, { table: oneFileFields, what: 'a plan' });
	return {
		...readHead(context, reader),
		sprints: readItems(context, reader.entry('sprints'), readSprint),
		tasks: readItems(context, reader.entry('tasks'), readTask),
	};
}

function readHead(context: ReadContext, reader: MapReader<typeof headerFileFields.fields>): Content {
	const { agents, names } = readAgents(context, reader.entry('agents'));
	return {
		header: {
			...readPlanFields(context, reader.entry('plan')),
			...readHeadGates(context, reader.entry('gates')),
			...present('tiers', readTiers(context, reader.entry('tiers'))),
			...present('workflows', readWorkflows(context, reader.entry('workflows'))),
		},
		agents,
		agentNames: names,
		tracks: readTracks(context, reader.entry('tracks')),
	};
}

/** Left out where there is none, so that another file's word counts. */
function readHeadGates(context: ReadContext, entry: Entry | undefined): HeaderPart {
	const gates = readGates(context, entry);
	return gates.length === 0 ? {} : { gates };
}

/** Reads the items of a list that must be mappings; others are reported and left out. */
function readItems<T>(context: ReadContext, entry: Entry | undefined, read: ItemReader<T>): T[] {
	if (entry === undefined || entry.value === null) {
		return [];
	}
	if (!isSeq(entry.value)) {
		const range = context.nodes.range(entry.valueNode ?? entry.keyNode);
		const message = `\`${entry.key}\` must be a list, each item beginning with \`- id:\`, not ${describe(entry.value)}.`;
		context.file.report('SY202', range, message, { data: { field: entry.key } });
		return [];
	}
	const found: T[] = [];
	for (const item of entry.value.items) {
		const value = readItem(context, item, { entry, read });
		if (value !== null) {
			found.push(value);
		}
	}
	return found;
}

/** Reads one item of a list that must be a mapping; null for one that is not (then reported) or that has no id. */
export function readItem<T>(
	context: ReadContext,
	item: unknown,
	{ entry, read }: { readonly entry: Pick<Entry, 'key' | 'keyNode'>; readonly read: ItemReader<T> },
): T | null {
	const node = context.nodes.resolve(item);
	if (isMap(node)) {
		return read(context, node);
	}
	const message = `Every item of \`${entry.key}\` must have fields, such as {id: …}, but this is ${describe(node)}.`;
	context.file.report('SY202', context.nodes.range(item ?? entry.keyNode), message, {
		data: { field: entry.key },
	});
	return null;
}

/** The name that a PRD gives its project. Nothing else of it concerns a run. */
function readPrd(context: ReadContext, map: YAMLMap): HeaderPart {
	const entries = context.nodes.entries(map);
	for (const key of ['project', 'feature', 'issue', 'name', 'title']) {
		const value = entries.find((entry) => entry.key === key)?.value ?? null;
		const name = isMap(value)
			? context.nodes.entries(value).find((entry) => /^(name|title)$/.test(entry.key))?.value
			: value;
		if (isScalar(name) && scalarText(name).trim() !== '') {
			return { name: scalarText(name) };
		}
	}
	return {};
}

/** The track names of a state file (origins 1.6): the only part of it that is read as a plan. */
function readState(context: ReadContext, map: YAMLMap): Track[] {
	const parallel = context.nodes.entries(map).find(({ key }) => key === 'parallel_tracks')?.value;
	const info = isMap(parallel)
		? context.nodes.entries(parallel).find(({ key }) => key === 'track_info')
		: undefined;
	return readTracks(context, info).map(({ number, name }) => ({ number, name }));
}
