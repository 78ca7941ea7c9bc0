import type { PrdField, PrdFields } from './prdFields.ts';
import { prdFields } from './prdFields.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const text = { type: ['string', 'number', 'boolean', 'null'] };

/** The properties of a PRD as JSON Schema: every field may be missing, empty, or be joined by others. */
export function prdSchema(): JsonSchema {
	return mapping(prdFields);
}

function mapping(fields: PrdFields): JsonSchema {
	const properties = Object.entries(fields).map(([name, field]) => [
		name,
		{
			description: field.doc.replaceAll('`', '"'),
			markdownDescription: field.doc,
			...schemaOf(field),
		},
	]);
	return { type: ['object', 'null'], properties: Object.fromEntries(properties) };
}

function schemaOf(field: PrdField): JsonSchema {
	switch (field.kind) {
		case 'text':
			return text;
		case 'texts':
			return { anyOf: [{ type: 'array', items: text }, text] };
		case 'map':
			return mapping(field.fields);
		case 'records':
			return {
				anyOf: [{ type: 'array', items: { anyOf: [mapping(field.fields), text] } }, { type: 'null' }],
			};
	}
}
