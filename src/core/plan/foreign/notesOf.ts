import type { JsonValue } from './jsonValue.ts';

/** The fields of a mapping that were not read, by their names; empty ones are left out. */
export function notesOf(value: JsonValue, known: ReadonlySet<string>): Readonly<Record<string, unknown>> {
	const notes: Record<string, unknown> = {};
	for (const [key, field] of value.fields()) {
		const plain = field.plain();
		const isEmpty = plain === null || plain === '' || (Array.isArray(plain) && plain.length === 0);
		if (!known.has(key) && !isEmpty && key !== '__proto__') {
			notes[key] = plain;
		}
	}
	return notes;
}
