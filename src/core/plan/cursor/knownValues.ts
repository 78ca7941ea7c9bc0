import { knownPersonas } from '../checkPersonas.ts';
import { strategyNames } from '../headerFields.ts';
import type { MappingKind } from './placeAt.ts';

/** A value that a field may have, with what it means. */
export interface KnownValue {
	readonly value: string;
	readonly doc: string;
}

const words = (...values: readonly string[]): KnownValue[] => values.map((value) => ({ value, doc: '' }));

const flag: readonly KnownValue[] = words('true', 'false');

const personas = words(...knownPersonas);

const isolation: readonly KnownValue[] = [
	{ value: 'worktree', doc: 'A checkout of its own.' },
	{ value: 'none', doc: 'In place.' },
];

const known: Readonly<Record<string, readonly KnownValue[]>> = {
	'task.type': words(
		'backend',
		'frontend',
		'database',
		'fullstack',
		'testing',
		'infrastructure',
		'documentation',
	),
	'task.priority': words('critical', 'high', 'medium', 'low'),
	'task.shell': flag,
	'task.idempotent': flag,
	'task.persona': personas,
	'task.isolation': isolation,
	'task.approval': [
		{ value: 'before', doc: 'A person agrees before it starts.' },
		{ value: 'after', doc: 'A person agrees before it counts as completed.' },
	],
	'task.tier': words('T1', 'T2'),
	'defaults.tier': words('T1', 'T2'),
	'defaults.isolation': isolation,
	'check.shell': flag,
	'check.persona': personas,
	'agent.shell': flag,
	'plan.strategy': strategyNames.map((value) => ({
		value,
		doc: 'How tasks are spread over agents and time.',
	})),
	'plan.replan': words('review', 'auto', 'off'),
	'sprint.dependencies': [{ value: 'none', doc: 'It waits for no other sprint.' }],
};

/** The values that are known for a field, in the order in which to offer them; other values may be allowed as well. */
export function knownValues(mapping: MappingKind, field: string): readonly KnownValue[] {
	return known[`${mapping}.${field}`] ?? [];
}
