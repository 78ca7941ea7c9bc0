import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jsonSchemas } from '../../../src/core/plan/jsonSchemas.ts';
import { planGlobs } from '../../../src/core/plan/planFiles.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const contributed: readonly { fileMatch: string | string[]; url: string }[] = [
	...manifest.contributes.yamlValidation,
	...manifest.contributes.jsonValidation,
];

test('the schemas in media are those of the field tables (npm run schemas)', () => {
	const schemas = jsonSchemas();
	expect(readdirSync('media/schemas').sort()).toEqual(Object.keys(schemas).sort());
	for (const [name, schema] of Object.entries(schemas)) {
		expect([name, JSON.parse(readFileSync(`media/schemas/${name}`, 'utf8'))]).toEqual([name, schema]);
	}
});

test('every schema is contributed', () => {
	const urls = new Set(contributed.map(({ url }) => url));
	expect([...urls].sort()).toEqual(
		Object.keys(jsonSchemas())
			.map((name) => `./media/schemas/${name}`)
			.sort(),
	);
});

test('each field has words for a hover', () => {
	const fields = Object.values(jsonSchemas()).flatMap((schema) => Object.values(schema['properties'] ?? {}));
	expect(fields.length).toBeGreaterThan(20);
	expect(fields.filter(({ markdownDescription }) => !markdownDescription)).toEqual([]);
});

test('schemas are for planning files only', () => {
	const patterns = contributed.flatMap(({ fileMatch }) => fileMatch);
	const known = planGlobs.flatMap((glob) => expandBraces(glob.replace('**/', '')));
	expect(patterns.filter((pattern) => !known.includes(pattern))).toEqual([]);
});

/** Every pattern that a glob with `{a,b}` stands for. */
function expandBraces(glob: string): string[] {
	const [whole, words] = /\{([^{}]*)\}/.exec(glob) ?? [];
	return whole === undefined || words === undefined
		? [glob]
		: words.split(',').flatMap((word) => expandBraces(glob.replace(whole, word)));
}

test('every reference in a schema leads to a definition of the same file', () => {
	for (const [file, schema] of Object.entries(jsonSchemas())) {
		const names = [...JSON.stringify(schema).matchAll(/"#\/definitions\/(\w+)"/g)].map(([, name]) => name);
		expect([file, Object.keys(schema['definitions'] ?? {})]).toEqual([file, expect.arrayContaining(names)]);
	}
});
