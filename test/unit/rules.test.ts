import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** How many rules each letter has: strategies, tasks, gates, replanning, durability. */
const letters = { S: 5, T: 7, G: 4, R: 3, D: 7 };
const numbers = Object.entries(letters).flatMap(([letter, count]) =>
	Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
);

/** The rows of the table: the rule, and the test files that it names. */
const rows = readFileSync(join(root, 'docs/rules.md'), 'utf8')
	.split('\n')
	.flatMap((line) => {
		const [, rule, text = '', files = ''] = /^\| ([A-Z]\d) \| (.+) \| (.+) \|$/.exec(line) ?? [];
		return rule === undefined
			? []
			: [{ rule, text, files: [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file) }];
	});

/** What a test or a group of tests is called, and the first cell of a case that a title is made of. */
const titles = [
	/\b(?:describe|test|it)(?:\.\w+)*\(\s*(?<quote>['`])(?<title>.*?)\k<quote>/g,
	/\)\((?<quote>['`])(?<title>.*?)\k<quote>/g,
	/\[\s*(?<quote>['`])(?<title>[STGRD]\d: .*?)\k<quote>/g,
];

function titlesIn(file: string): readonly string[] {
	const text = readFileSync(join(root, file), 'utf8');
	return titles.flatMap((pattern) =>
		[...text.matchAll(pattern)].map(({ groups }) => groups?.['title'] ?? ''),
	);
}

/** The rules that a title names, also as a span: `T1–T4`. */
function rulesIn(title: string): readonly string[] {
	const spans = [...title.matchAll(/\b([STGRD])(\d)–\1(\d)\b/g)].flatMap(([, letter, from, to]) =>
		Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => `${letter}${Number(from) + index}`),
	);
	return [...spans, ...(title.match(/\b[STGRD]\d\b/g) ?? [])];
}

test('docs/rules.md has a row for every rule of a run, in their order', () => {
	expect(rows.map(({ rule }) => rule)).toEqual(numbers);
});

test.each(rows)('the tests of $rule name it in their titles', ({ rule, files }) => {
	expect(files).not.toEqual([]);
	for (const file of files) {
		expect(existsSync(join(root, file)), `${file} of ${rule} is not there`).toBe(true);
		expect(
			titlesIn(file).some((title) => rulesIn(title).includes(rule)),
			`${file} has no test that names ${rule}`,
		).toBe(true);
	}
});
