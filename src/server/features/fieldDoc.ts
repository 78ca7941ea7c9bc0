import { knownValues } from '../../core/plan/cursor/knownValues.ts';
import type { MappingKind } from '../../core/plan/cursor/placeAt.ts';
import type { Field } from '../../core/plan/fields.ts';
import { asCode } from './wording.ts';

/** What the schema says of a field, as Markdown: meaning, type, known values, other names. */
export function fieldDoc(mapping: MappingKind, { name, field }: { name: string; field: Field }): string {
	const values = knownValues(mapping, name).map(({ value }) => asCode(value));
	const also = (field.also ?? []).map(asCode);
	return [
		`**${name}** — ${field.doc}`,
		...(field.expects === 'anything' ? [] : [`Must be ${field.expects}.`]),
		...(values.length === 0 ? [] : [`Known: ${values.join(', ')}.`]),
		...(field.pending === undefined ? [] : [`Not carried out by this version: ${field.pending}.`]),
		...(also.length === 0 ? [] : [`Also written ${also.join(', ')}.`]),
	].join('\n\n');
}
