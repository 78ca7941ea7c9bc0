import { checkFields } from '../checkFields.ts';
import type { Field, Fields } from '../fields.ts';
import {
	agentFields,
	defaultsFields,
	headerFileFields,
	oneFileFields,
	planFields,
	trackFields,
} from '../headerFields.ts';
import type { PlanFileKind } from '../planFiles.ts';
import { sprintFields } from '../sprintFields.ts';
import { taskFields } from '../taskFields.ts';
import type { CursorNode } from './nodeAt.ts';

/** The kinds of mappings that a plan is made of. */
export type MappingKind =
	| 'task'
	| 'sprint'
	| 'head'
	| 'one-file'
	| 'plan'
	| 'defaults'
	| 'agent'
	| 'track'
	| 'check';

/** What may be written at a node: a field of a mapping, or the value of one. */
export type CursorPlace =
	| { readonly role: 'field'; readonly mapping: MappingKind }
	| {
			readonly role: 'value';
			readonly mapping: MappingKind;
			/** The field's own name, whatever other name of it is written. */
			readonly field: string;
			readonly inList: boolean;
	  };

/** The fields of one kind of mapping, without their literal names. */
export interface MappingFields {
	readonly fields: Fields;
	readonly names: ReadonlyMap<string, string>;
}

const tables: Readonly<Record<MappingKind, MappingFields>> = {
	task: taskFields,
	sprint: sprintFields,
	head: headerFileFields,
	'one-file': oneFileFields,
	plan: planFields,
	defaults: defaultsFields,
	agent: agentFields,
	track: trackFields,
	check: checkFields,
};

/** Which mapping is below a field; `*` stands for a name that the user chose. */
const children: Readonly<Partial<Record<MappingKind, Readonly<Record<string, MappingKind>>>>> = {
	task: { 'verify.[]': 'check', verify: 'check' },
	head: { plan: 'plan', 'agents.*': 'agent', 'tracks.*': 'track', 'tracks.[]': 'track' },
	'one-file': {
		plan: 'plan',
		'agents.*': 'agent',
		'tracks.*': 'track',
		'tracks.[]': 'track',
		'tasks.[]': 'task',
		'sprints.[]': 'sprint',
	},
	plan: { defaults: 'defaults' },
	defaults: { 'verify.[]': 'check', verify: 'check' },
};

const roots: Readonly<Record<PlanFileKind, MappingKind | null>> = {
	task: 'task',
	sprint: 'sprint',
	header: 'head',
	'one-file': 'one-file',
	prd: null,
	state: null,
	summary: null,
};

/** The fields of one kind of mapping. */
export function fieldsOf(mapping: MappingKind): MappingFields {
	return tables[mapping];
}

/** The field of a mapping behind any of its names; undefined for a name that nobody knows. */
export function fieldOf(mapping: MappingKind, name: string): { name: string; field: Field } | undefined {
	const { fields, names } = tables[mapping];
	const own = names.get(name);
	const field = own === undefined ? undefined : fields[own];
	return own === undefined || field === undefined ? undefined : { name: own, field };
}

/** What belongs at a node of a planning file; null where Switchyard has nothing to say. */
export function placeAt(kind: PlanFileKind, { path, role }: CursorNode): CursorPlace | null {
	const root = roots[kind];
	if (root === null || role === 'text') {
		return null;
	}
	const isListOfTasks = kind === 'task' && path[0] === 'tasks' && path[1] === '[]';
	const place = descend(root, isListOfTasks ? path.slice(2) : path, role);
	if (role === 'key') {
		return place?.role === 'field' ? place : null;
	}
	return role === 'value' && place?.role === 'field' ? null : place;
}

function descend(root: MappingKind, path: readonly string[], role: CursorNode['role']): CursorPlace | null {
	let mapping = root;
	let at = 0;
	while (at < path.length) {
		const step = stepInto(mapping, path.slice(at), role);
		if (step === null) {
			return valuePlace(mapping, tables[mapping].names.get(path[at] ?? ''), path.slice(at + 1));
		}
		mapping = step.mapping;
		at += step.length;
	}
	return { role: 'field', mapping };
}

/** The mapping that the next one or two steps lead into; null where they lead to a value. */
function stepInto(
	mapping: MappingKind,
	[first = '', next]: readonly string[],
	role: CursorNode['role'],
): { readonly mapping: MappingKind; readonly length: number } | null {
	const own = tables[mapping].names.get(first);
	const below = children[mapping] ?? {};
	const child = next === undefined ? undefined : (below[`${own}.${next}`] ?? below[`${own}.*`]);
	if (child !== undefined) {
		return { mapping: child, length: 2 };
	}
	const direct = own === undefined || next === '[]' ? undefined : below[own];
	const isInside = direct !== undefined && (next !== undefined || beginsMapping(role, direct));
	return isInside ? { mapping: direct, length: 1 } : null;
}

/** Where a field name is being written, or may begin. Below `verify` a list is what most people write. */
function beginsMapping(role: CursorNode['role'], mapping: MappingKind): boolean {
	return role === 'key' || (role === 'open' && mapping !== 'check');
}

function valuePlace(
	mapping: MappingKind,
	own: string | undefined,
	rest: readonly string[],
): CursorPlace | null {
	if (own === undefined || rest.length > 1 || (rest[0] !== undefined && rest[0] !== '[]')) {
		return null;
	}
	return { role: 'value', mapping, field: own, inList: rest.length === 1 };
}
