import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { tidyText } from '../../../../src/core/plan/cursor/tidyText.ts';

/** Pieces that texts are put together from: what is white space in one place is part of a value in another. */
const pieces = [
	'a: ',
	'- ',
	'  ',
	' ',
	'\t',
	'\n',
	'\r\n',
	'# c ',
	'|\n',
	'>-\n',
	'"x \n y" ',
	"'x  '",
	'word',
	'[a, ',
	']',
	'{',
	'}',
	'&a ',
	'*a',
	'---\n',
	': ',
	',',
];

test('tidying changes no value and no comment, and a second time nothing', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
			const text = parts.join('');
			const after = tidy(text);
			const before = meaning(text);
			if (before !== null) {
				expect(meaning(after)).toEqual(before);
			}
			expect(after.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
			expect(tidy(after)).toBe(after);
		}),
		{ numRuns: 2_000 },
	);
});

function tidy(text: string): string {
	let result = text;
	for (const { start, end, text: replacement } of [...tidyText(text)].reverse()) {
		result = result.slice(0, start) + replacement + result.slice(end);
	}
	return result;
}

/** All values of a text; null for a text that is not YAML. */
function meaning(text: string): unknown {
	const documents = [...parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' })];
	try {
		return documents.every(({ errors }) => errors.length === 0)
			? documents.map((document) => document.toJS() as unknown)
			: null;
	} catch {
		return null;
	}
}
