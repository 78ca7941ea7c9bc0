import * as z from 'zod/mini';

/** One field of a mapping: its schema, and what a person is told about it. */
export interface Field {
	readonly schema: z.ZodMiniType;
	/** What is read without complaint, where the reader can name a fault better than `schema`: for JSON Schemas. */
	readonly exact?: z.ZodMiniType;
	/** Completes "must be …" in a message. */
	readonly expects: string;
	/** What it means, for hovers, completion and JSON Schemas. */
	readonly doc: string;
	/** Other names of the field that other tools write. */
	readonly also?: readonly string[];
	/** A wrong value does not change what a run does: a warning, not an error. */
	readonly descriptive?: true;
	/** Understood, but nothing is done about it yet: what would be missing. */
	readonly pending?: string;
}

/** What a field may say besides its schema. */
type Extras = Partial<Omit<Field, 'schema' | 'doc'>>;

export type Fields = Readonly<Record<string, Field>>;

/** The fields of one kind of mapping, with every name that means one of them. */
export interface FieldTable<F extends Fields> {
	readonly fields: F;
	/** Each name, own or other, to the field's own name. */
	readonly names: ReadonlyMap<string, keyof F & string>;
}

/** Builds the table; keeps the literal names and the schema types. */
export function defineFields<const F extends Fields>(fields: F): FieldTable<F> {
	const names = new Map<string, keyof F & string>();
	for (const [name, field] of Object.entries(fields)) {
		for (const each of [name, ...(field.also ?? [])]) {
			names.set(each, name);
		}
	}
	return { fields, names };
}

/** The schema of a whole mapping: every field optional, further ones allowed. */
export function objectSchema(table: { readonly fields: Fields }) {
	const entries = Object.entries(table.fields).map(([name, field]) => [name, z.optional(field.schema)]);
	return z.looseObject(Object.fromEntries(entries) as Record<string, z.ZodMiniType>);
}

/** Text; a number or a boolean stands for the text it was written as. */
export const text = z.union([z.string(), z.number(), z.boolean()]);

/** Other tools write the items of lists as objects; the sentence in them is what counts. */
const sentence = z.union([
	text,
	...(['description', 'text', 'criterion', 'path'] as const).map((key) => z.looseObject({ [key]: text })),
]);

/** A number of zero or more, alone or in quotes. */
const amounts = z.union([z.number().check(z.minimum(0)), z.string().check(z.regex(/^\s*\d+(\.\d+)?\s*$/))]);

/** A whole number of at least `least`, alone or in quotes. */
export function wholeNumber(least: number) {
	return z.union([
		z.number().check(z.minimum(least), z.multipleOf(1)),
		z.string().check(z.regex(/^\s*\d+\s*$/)),
	]);
}

const unit = '([mMhHdDwW]|mins?|minutes?|hrs?|hours?|days?|weeks?)';

/** A number of zero or more, or a duration in words. */
export const durations = z.union([
	z.number().check(z.minimum(0)),
	z
		.string()
		.check(
			z.regex(new RegExp(`^\\s*\\d+(\\.\\d+)?\\s*(${unit}([\\s,]+\\d+(\\.\\d+)?\\s*${unit})*[\\s,]*)?$`)),
		),
]);

/** Text, or something that is plainly meant as text. */
export function textField(doc: string, more: Extras = {}) {
	return { schema: text, expects: 'text', doc, ...more };
}

/** A list of texts, or one text alone. */
export function textsField(doc: string, more: Extras = {}) {
	const exact = z.union([z.array(z.union([sentence, z.null()])), sentence]);
	return { schema: z.union([z.array(text), text]), exact, expects: 'a list of texts', doc, ...more };
}

/** A number of zero or more; a number in quotes is read too. */
export function amountField(doc: string, more: Extras = {}) {
	return {
		schema: z.union([z.number(), z.string()]),
		exact: amounts as z.ZodMiniType,
		expects: 'a number',
		doc,
		...more,
	};
}

export function flagField(doc: string, more: Extras = {}) {
	return { schema: z.boolean(), expects: '`true` or `false`', doc, ...more };
}

/** A field that is read node by node, because each part of it needs a range of its own. */
export function nodeField(schema: z.ZodMiniType, expects: string, doc: string, more: Extras = {}) {
	return { schema, expects, doc, ...more };
}

/** A field that other tools write and that Switchyard keeps but does not use. */
export function keptField(doc: string, more: Extras = {}) {
	return { schema: z.unknown(), expects: 'anything', doc, ...more };
}
