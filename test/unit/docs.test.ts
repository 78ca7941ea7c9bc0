import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders = ['src', 'test', 'webview-ui', 'scripts', 'media', 'samples'];

/** What stands in backquotes and names a place in the repository: a file at its top, or anything below its folders. */
function pathsIn(document: string): string[] {
	const spans = [...document.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
	const isPath = (text: string) =>
		folders.includes(text.split('/')[0] ?? '') || /^[\w.-]+\.(?:mjs|json|md)$/.test(text);
	const made = new Set(['EVIDENCE.md', 'observed.json', 'results.json', 'result.json', 'spec.json']);
	return spans.filter((text) => isPath(text) && !made.has(text));
}

describe.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s', (name) => {
	const paths = pathsIn(readFileSync(`${root}${name}`, 'utf8'));

	test('names places', () => {
		expect(paths.length).toBeGreaterThan(10);
	});

	test.each(paths)('%s exists', (path) => {
		expect(existsSync(`${root}${path}`)).toBe(true);
	});
});
