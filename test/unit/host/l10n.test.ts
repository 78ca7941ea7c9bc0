import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { expect, it } from 'vitest';
import {
	phaseNames,
	questionTable,
	refusals,
	requirementTexts,
} from '../../../src/core/prd/questionTable.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const bundleFile = `${root}media/l10n/bundle.l10n.json`;

/** The questions of a new plan, which are asked in a terminal as well. */
const questionTexts = [
	...questionTable.flatMap(({ text, help }) => [text, help]),
	...[...phaseNames, ...Object.values(requirementTexts), ...Object.values(refusals)],
];

/** Every text that is given to `l10n.t` as a literal, and those that are given by name: words of states, questions. */
function textsInUse(): string[] {
	const sources = globSync(['src/host/**/*.ts', 'src/extension.ts'], { cwd: root, absolute: true });
	const found = sources.flatMap((file) => {
		const text = readFileSync(file, 'utf8');
		return [...text.matchAll(/(?:\bt\(\s*|\bwords:[^\n]*?)'((?:[^'\\]|\\.)*)'/g)].map((match) =>
			(match[1] ?? '').replace(/\\'/g, "'"),
		);
	});
	return [...new Set([...found, 'begun', 'not started', ...questionTexts])].sort();
}

it('every text of the host is in the bundle that translators start from', () => {
	const texts = textsInUse();
	if (process.env['UPDATE_L10N'] === '1') {
		const bundle = Object.fromEntries(texts.map((text) => [text, text]));
		writeFileSync(bundleFile, `${JSON.stringify(bundle, null, '\t')}\n`);
	}
	expect(Object.keys(JSON.parse(readFileSync(bundleFile, 'utf8')))).toEqual(texts);
	expect(texts.length).toBeGreaterThan(70);
});
