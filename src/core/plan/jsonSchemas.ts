import * as z from 'zod/mini';
import { checkFields } from './checkFields.ts';
import type { Field, Fields } from './fields.ts';
import { gateFields, gateStepFields } from './gateFields.ts';
import { gateSetNames } from './gateSets.ts';
import { agentFields, defaultsFields, oneFileFields, planFields, trackFields } from './headerFields.ts';
import { prdSchema } from './prdSchema.ts';
import { sprintFields } from './sprintFields.ts';
import { taskFields } from './taskFields.ts';

/** A JSON Schema of draft 7, which is what editors read. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a mapping asks for beyond its single fields. */
interface MappingOptions {
	/** Schemas of fields that hold mappings of their own. */
	readonly nested?: Readonly<Record<string, JsonSchema>>;
	/** Rules that speak of several fields. */
	readonly rules?: JsonSchema;
}

/** One line of text is no command unless the shell is asked for (SY206). */
const lineNeedsShell: JsonSchema = {
	if: { not: { required: ['shell'], properties: { shell: { const: true } } } },
	// biome-ignore lint/suspicious/noThenProperty: this is the word of JSON Schema.
	then: { properties: { run: { type: ['array', 'null'] } } },
};

/**
 * The schemas of plan files, by file name in media/schemas. They are made from the tables that the readers use, and say no to
 * what is an error of type to them; unknown fields pass, because they are hints only. `npm run schemas` writes them.
 */
export function jsonSchemas(): Readonly<Record<string, JsonSchema>> {
	const check = mapping(checkFields, {
		rules: { ...requireOneOf(['run', 'agent', 'approve', 'persona']), ...lineNeedsShell },
	});
	const checks = { anyOf: [{ type: 'array', items: reference('check') }, reference('check')] };
	const task = mapping(taskFields, {
		nested: { verify: checks },
		rules: { required: ['id'], ...lineNeedsShell },
	});
	const step = mapping(gateStepFields, { nested: { verify: checks }, rules: lineNeedsShell });
	const steps = { anyOf: [{ type: 'array', items: step }, step] };
	const sprint = mapping(sprintFields, { nested: { after: steps }, rules: { required: ['id'] } });
	return {
		'task.schema.json': {
			...head('A task of a Switchyard plan'),
			if: { required: ['tasks'], not: { required: ['id'] } },
			// biome-ignore lint/suspicious/noThenProperty: this is the word of JSON Schema.
			then: {
				type: 'object',
				properties: { tasks: { description: 'The tasks.', type: 'array', items: reference('task') } },
			},
			else: reference('task'),
			definitions: { task, check },
		},
		'sprint.schema.json': {
			...head('A sprint of a Switchyard plan'),
			...sprint,
			definitions: { check },
		},
		'plan.schema.json': {
			...head('A Switchyard plan'),
			...mapping(oneFileFields, { nested: planParts(checks) }),
			definitions: { task, sprint, check },
		},
		'prd.schema.json': { ...head('A PRD of a Switchyard plan'), ...prdSchema() },
	};
}

function planParts(checks: JsonSchema): Readonly<Record<string, JsonSchema>> {
	const plan = mapping(planFields, {
		nested: { defaults: mapping(defaultsFields, { nested: { verify: checks } }) },
	});
	const agent = mapping(agentFields, {
		rules: { ...requireOneOf(['run', 'argv', 'command', 'extends']), ...lineNeedsShell },
	});
	const track = mapping(trackFields);
	const gate = mapping(gateFields);
	const text = { type: ['string', 'number', 'boolean', 'null'] };
	return {
		plan: { anyOf: [plan, text] },
		agents: { type: 'object', additionalProperties: agent },
		tracks: {
			anyOf: [
				{
					type: 'object',
					propertyNames: { pattern: '^\\s*([Tt][Rr][Aa][Cc][Kk][\\s_-]*)?\\d{1,3}\\s*$' },
					additionalProperties: { anyOf: [track, text] },
				},
				{ type: 'array', items: track },
			],
		},
		gates: { type: 'array', items: { anyOf: [gate, { enum: [...gateSetNames] }] } },
		sprints: { type: 'array', items: reference('sprint') },
		tasks: { type: 'array', items: reference('task') },
	};
}

function head(title: string): JsonSchema {
	return { $schema: 'http://json-schema.org/draft-07/schema#', title };
}

function reference(name: string): JsonSchema {
	return { $ref: `#/definitions/${name}` };
}

function requireOneOf(names: readonly string[]): JsonSchema {
	return { anyOf: names.map((name) => ({ required: [name] })) };
}

function mapping(
	table: { readonly fields: Fields },
	{ nested = {}, rules = {} }: MappingOptions = {},
): JsonSchema {
	const properties: Record<string, JsonSchema> = {};
	for (const [name, field] of Object.entries(table.fields)) {
		const value = nested[name] ?? leaf(field);
		const schema = name === 'id' ? value : orNothing(value);
		properties[name] = { ...describe(docOf(field)), ...schema };
		for (const other of field.also ?? []) {
			properties[other] = { ...describe(`The same as \`${name}\`. ${docOf(field)}`), ...schema };
		}
	}
	return { type: 'object', properties, ...rules };
}

function docOf({ doc, pending }: Field): string {
	return pending === undefined ? doc : `${doc} Not carried out by this version: ${pending}.`;
}

/** With and without backquotes: editors that know Markdown take the second. */
function describe(doc: string): JsonSchema {
	return { description: doc.replaceAll('`', '"'), markdownDescription: doc };
}

function leaf({ exact, schema }: Field): JsonSchema {
	const { $schema: _, ...json } = z.toJSONSchema(exact ?? schema, { target: 'draft-7', io: 'input' });
	return json;
}

/** A field without a value counts as not written. */
function orNothing(schema: JsonSchema): JsonSchema {
	if (Object.keys(schema).length === 0) {
		return schema;
	}
	const { anyOf, type } = schema;
	if (type !== undefined && Object.keys(schema).length === 1) {
		return { type: [type, 'null'].flat() };
	}
	return { anyOf: [...(Array.isArray(anyOf) ? anyOf : [schema]), { type: 'null' }] };
}
