import type { YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import { completedTasks } from './completedTasks.ts';
import { headerFileFields, oneFileFields } from './headerFields.ts';
import type { ReadContext } from './mapReader.ts';
import { describe, MapReader } from './mapReader.ts';
import { parseYaml } from './parseYaml.ts';
import type { AgentDefinition, Located, PlanFile, Sprint, Task, Track } from './plan.ts';
import type { PlanFileKind } from './planFiles.ts';
import type { Problem } from './problem.ts';
import { readGates } from './readGates.ts';
import type { HeaderPart } from './readHeader.ts';
import { readAgents, readPlanFields, readTracks } from './readHeader.ts';
import { readSprint } from './readSprint.ts';
import { readTiers, readWorkflows } from './readSteps.ts';
import type { SummaryClaim } from './readSummary.ts';
import { readSummary } from './readSummary.ts';
import { readTask } from './readTask.ts';
import { present } from './readValues.ts';
import { SourceFile } from './sourceFile.ts';
import { baseName } from './uris.ts';
import type { Entry } from './yamlNodes.ts';
import { scalarText, YamlNodes } from './yamlNodes.ts';

/** What one file adds to a plan. It depends on the file's text alone, so it can be kept until that changes. */
export interface PlanPart {
	readonly uri: string;
	readonly kind: PlanFileKind;
	readonly header: HeaderPart;
	readonly agents: readonly AgentDefinition[];
	/** Names of declared agents, also of those that cannot be run. */
	readonly agentNames: readonly string[];
	readonly tracks: readonly Track[];
	readonly sprints: readonly Sprint[];
	readonly tasks: readonly Task[];
	/** Figures that a summary states. */
	readonly claims?: readonly SummaryClaim[];
	/** Tasks that a state file calls completed. */
	readonly completed?: readonly Located<string>[];
	/** Where a problem of the file as a whole is shown. */
	readonly start: Task['range'];
	readonly problems: readonly Problem[];
	/** False when something of the file could be missing here. */
	readonly complete: boolean;
	/** Ids that an incomplete file probably holds: a reference to one of them is not called dangling. */
	readonly likelyIds: ReadonlySet<string>;
}

type Content = Partial<Pick<PlanPart, 'header' | 'agents' | 'agentNames' | 'tracks' | 'sprints' | 'tasks'>>;

/** Reads one file of a plan. Never throws. */
export function readPart({ uri, text, fault }: PlanFile, kind: PlanFileKind): PlanPart {
	const file = new SourceFile(uri, kind === 'state' ? trackInfoOf(text) : text);
	if (fault !== undefined) {
		file.report(fault.code, file.range(0, 0), fault.message);
	}
	const isText = fault === undefined && kind !== 'summary';
	const { content, complete } = isText ? readText(file, kind) : { content: {}, complete: kind === 'summary' };
	return {
		uri,
		kind,
		header: {},
		agents: [],
		agentNames: [],
		tracks: [],
		sprints: [],
		tasks: [],
		...content,
		...(kind === 'summary' && { claims: readSummary({ uri, text }) }),
		...(kind === 'state' && { completed: completedTasks(uri, text) }),
		start: file.range(0, 1),
		// The state file is Switchyard's own and is rebuilt from the journal: its faults are nobody's to repair.
		problems: kind === 'state' ? [] : file.problems(),
		complete,
		likelyIds: complete ? new Set() : guessIds(uri, file.text),
	};
}

function readText(file: SourceFile, kind: PlanFileKind): { content: Content; complete: boolean } {
	const { root, complete } = parseYaml(file);
	try {
		const nodes = new YamlNodes(file, root);
		const context: ReadContext = { file, nodes };
		const map = nodes.resolve(root);
		if (isMap(map)) {
			return { content: readContent(context, map, kind), complete: complete && !nodes.hasBomb };
		}
		if (kind !== 'state') {
			reportRoot(context, { root: map, kind, complete });
		}
		return { content: {}, complete: complete && !nodes.hasBomb };
	} catch (error) {
		// A fault of ours in one file must not take the other files of the plan with it, nor the editor's server.
		const reason = error instanceof Error ? error.message : String(error);
		file.report('SY100', file.range(0, 1), `This file cannot be read: ${reason}. Simplify it and try again.`);
		return { content: {}, complete: false };
	}
}

function readContent(context: ReadContext, map: YAMLMap, kind: PlanFileKind): Content {
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
function readItems<T>(
	context: ReadContext,
	entry: Entry | undefined,
	read: (context: ReadContext, map: YAMLMap) => T | null,
): T[] {
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
		const node = context.nodes.resolve(item);
		const value = isMap(node) ? read(context, node) : null;
		if (value !== null) {
			found.push(value);
		} else if (!isMap(node)) {
			const message = `Every item of \`${entry.key}\` must have fields, such as {id: …}, but this is ${describe(node)}.`;
			context.file.report('SY202', context.nodes.range(item ?? entry.keyNode), message, {
				data: { field: entry.key },
			});
		}
	}
	return found;
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

/** A state file grows with its plan and is written after every task, so that only the part with the tracks is parsed. */
function trackInfoOf(text: string): string {
	return /^parallel_tracks:.*(?:\r?\n(?:[ \t#].*)?)*/m.exec(text)?.[0] ?? '';
}

function reportRoot(
	{ file, nodes }: ReadContext,
	{
		root,
		kind,
		complete,
	}: { readonly root: unknown; readonly kind: PlanFileKind; readonly complete: boolean },
): void {
	const noun = kind === 'prd' ? 'project' : kind === 'header' || kind === 'one-file' ? 'plan' : kind;
	if (root !== null) {
		const message = `A ${noun} is written as fields, one \`name: value\` a line, but this file is ${describe(root)}.`;
		file.report('SY107', nodes.range(root), message);
	} else if (complete && file.problems().length === 0) {
		const example = noun === 'plan' ? '`tasks:`' : noun === 'project' ? '`project:`' : '`id:`';
		const message = `This file is empty. Begin with ${example}, or delete the file.`;
		file.report('SY106', file.range(0, 1), message);
	}
}

function guessIds(uri: string, text: string): Set<string> {
	const ids = new Set([baseName(uri).replace(/\.\w+$/, '')]);
	for (const match of text.matchAll(/(?:^|[\s{,])["']?id["']?[ \t]*:[ \t]*["']?([^\s"',}#]+)/g)) {
		ids.add(match[1] ?? '');
	}
	return ids;
}
