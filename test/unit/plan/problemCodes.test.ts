import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { problemCodes } from '../../../src/core/plan/problemCodes.ts';

const document = readFileSync('docs/problems.md', 'utf8');

test('docs/problems.md has one section for every code, in order and with its title', () => {
	const sections = [...document.matchAll(/^### (SY\d+) (.+)$/gm)].map(([, code, title]) => [code, title]);
	expect(sections).toEqual(Object.entries(problemCodes).map(([code, { title }]) => [code, title]));
});

test('each section begins with the severity of its code', () => {
	const sections = [...document.matchAll(/^### (SY\d+) .+\n(\w+)/gm)].map(([, code, word]) => [
		code,
		word?.toLowerCase(),
	]);
	expect(sections).toEqual(Object.entries(problemCodes).map(([code, { severity }]) => [code, severity]));
});
