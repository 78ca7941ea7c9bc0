import { nearest } from '../plan/nearest.ts';
import type { PrdField, PrdFields } from '../plan/prdFields.ts';
import { prdFields } from '../plan/prdFields.ts';
import { requirementId } from './prd.ts';
import type { PrdDocument, PrdPath } from './prdDocument.ts';

/** Something in a file of answers that cannot be taken; lines and columns count from 1. */
export interface AnswerFault {
	readonly line: number;
	readonly column: number;
	readonly message: string;
}

/**
 * Takes the answers of a file, which has the fields of a PRD, into a PRD: only where it says nothing yet, because what
 * stands there was answered before. Returns what is wrong with the file; nothing is taken then.
 */
export function applyAnswers(document: PrdDocument, answers: PrdDocument): AnswerFault[] {
	const faults: AnswerFault[] = [];
	const taken: Answer[] = [];
	for (const { path, value, field, siblings } of leavesOf(answers.value, prdFields, [])) {
		const message = field === undefined ? unknownField(path, siblings) : wrongType(path, field, value);
		if (message !== null) {
			faults.push({ ...answers.placeOf(path), message });
		} else if (!isNothing(value)) {
			taken.push({ path, value });
		}
	}
	if (faults.length === 0) {
		for (const { path, value } of taken) {
			take(document, path, value);
		}
	}
	return faults;
}

interface Answer {
	readonly path: PrdPath;
	readonly value: unknown;
}

/** A value that is no mapping of known fields; `field` is what should stand there. */
interface Leaf extends Answer {
	readonly field: PrdField | undefined;
	readonly siblings: PrdFields;
}

function leavesOf(value: unknown, fields: PrdFields, path: PrdPath): Leaf[] {
	return Object.entries(isRecord(value) ? value : {}).flatMap(([name, item]) => {
		const place = [...path, name];
		const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
		return field?.kind === 'map' && isRecord(item)
			? leavesOf(item, field.fields, place)
			: [{ path: place, value: item, field, siblings: fields }];
	});
}

function take(document: PrdDocument, path: PrdPath, value: unknown): void {
	const isRequirements = path[0] === 'requirements' && path[1] !== 'out_of_scope';
	if (isNothing(document.get(path)) && path[0] !== 'interview') {
		document.set(path, isRequirements ? numbered(document, path, value) : value);
	}
}

/** Requirements need ids, which people leave out when they answer. */
function numbered(document: PrdDocument, path: PrdPath, value: unknown): unknown {
	const other = document.get(['requirements', path[1] === 'must_have' ? 'should_have' : 'must_have']);
	const list: readonly unknown[] = Array.isArray(value) ? value : [value];
	const used = new Set([...list, ...(Array.isArray(other) ? other : [])].map(idOf));
	let next = 0;
	return list.map((item) => {
		if (idOf(item) !== null) {
			return item;
		}
		while (used.has(requirementId(next))) {
			next++;
		}
		const id = requirementId(next++);
		const priority = path[1] === 'must_have' ? 'critical' : 'high';
		return isRecord(item) ? { id, priority, ...item } : { id, description: item, priority };
	});
}

function idOf(item: unknown): unknown {
	return isRecord(item) ? (item['id'] ?? null) : null;
}

function unknownField(path: PrdPath, fields: PrdFields): string | null {
	const name = String(path.at(-1));
	const near = nearest(name, Object.keys(fields));
	const help = near === null ? `Known are: ${Object.keys(fields).join(', ')}.` : `Did you mean \`${near}\`?`;
	return `There is no answer \`${path.join('.')}\`. ${help}`;
}

function wrongType(path: PrdPath, field: PrdField, value: unknown): string | null {
	if (isNothing(value)) {
		return null;
	}
	const items: readonly unknown[] = Array.isArray(value) ? value : [value];
	switch (field.kind) {
		case 'text':
			return isText(value) ? null : `\`${path.join('.')}\` is one text.`;
		case 'texts':
			return items.every(isText) ? null : `\`${path.join('.')}\` is a list of texts.`;
		case 'map':
			return isRecord(value)
				? null
				: `\`${path.join('.')}\` holds ${Object.keys(field.fields).join(', ')}, each in a line of its own.`;
		case 'records':
			return items.every((item) => isText(item) || isRecord(item))
				? null
				: `\`${path.join('.')}\` is a list of entries with ${Object.keys(field.fields).join(', ')}.`;
	}
}

function isText(value: unknown): boolean {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isNothing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
