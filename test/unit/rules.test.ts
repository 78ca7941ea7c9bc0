import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** How many rules each letter has: planning, strategies, tasks, gates, replanning, durability. */
const letters = { P: 7, S: 5, T: 7, G: 4, R: 3, D: 7 };
const numbers = Object.entries(letters).flatMap(([letter, count]) =>
	Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
);

interface NamedTest {
	readonly file: string;
	readonly title: string;
}

/** The rules of the document with their clauses, and the tests that stand beside each clause. */
const rules = readFileSync(join(root, 'docs/rules.md'), 'utf8')
	.split(/^### /m)
	.slice(1)
	.map((section) => ({ rule: section.slice(0, section.indexOf(':')), clauses: clausesIn(section) }));

function clausesIn(section: string): readonly { readonly clause: string; readonly tests: NamedTest[] }[] {
	return section.split('\n').flatMap((line) => {
		const [, clause = '', cell = ''] = /^\| (.+?) \| (.+) \|$/.exec(line) ?? [];
		const tests = [...cell.matchAll(/`([^`]+\.ts)` “([^”]+)”/g)].map(([, file = '', title = '']) => {
			return { file: `test/${file}`, title };
		});
		return clause === '' || clause === 'clause' ? [] : [{ clause, tests }];
	});
}

/** What a test or a group of tests is called, and the first cell of a case that a title is made of. */
const titles = [
	/\b(?:describe|test|it)(?:\.\w+)*(?:\([^()\n]*\))?\(\s*(?<quote>['`])(?<title>.*?)\k<quote>/g,
	/\)\(\s*(?<quote>['`])(?<title>.*?)\k<quote>/g,
	/\[\s*(?<quote>['`])(?<title>[PSTGRD]\d: .*?)\k<quote>/g,
];

function titlesIn(file: string): readonly string[] {
	const text = readFileSync(join(root, file), 'utf8');
	return titles.flatMap((pattern) =>
		[...text.matchAll(pattern)].map(({ groups }) => (groups?.['title'] ?? '').replaceAll('\\`', '`')),
	);
}

/** The rules that a title names, also as a span: `T1–T4`. */
function rulesIn(title: string): readonly string[] {
	const spans = [...title.matchAll(/\b([PSTGRD])(\d)–\1(\d)\b/g)].flatMap(([, letter, from, to]) =>
		Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => `${letter}${Number(from) + index}`),
	);
	return [...spans, ...(title.match(/\b[PSTGRD]\d\b/g) ?? [])];
}

test('docs/rules.md has every rule of planning and of a run, in their order', () => {
	expect(rules.map(({ rule }) => rule)).toEqual(numbers);
});

test.each(rules)(
	'$rule: a test in its list names it, and every clause has tests, which are there',
	({ rule, clauses }) => {
		expect(clauses).not.toEqual([]);
		for (const { clause, tests } of clauses) {
			expect(tests, `“${clause}” of ${rule} has no test`).not.toEqual([]);
			for (const { file, title } of tests) {
				expect(existsSync(join(root, file)), `${file} of ${rule} is not there`).toBe(true);
				expect(titlesIn(file), `${file} of ${rule}, “${clause}”`).toContain(title);
			}
		}
		const files = [...new Set(clauses.flatMap(({ tests }) => tests.map(({ file }) => file)))];
		const naming = files.filter((file) => titlesIn(file).some((title) => rulesIn(title).includes(rule)));
		expect(naming, `no test names ${rule}`).not.toEqual([]);
	},
);
