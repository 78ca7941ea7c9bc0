import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readSimple } from '../../../../src/core/plan/simple/readSimple.ts';
import { planText } from '../../../bench/planText.ts';
import { plans } from '../../../support/editedPlans.ts';
import { differenceOf } from '../../../support/simpleNodes.ts';
import { EditedText, steps } from '../../../support/textEdits.ts';

vi.setConfig({ testTimeout: 600_000 });

const numRuns = process.env['SWITCHYARD_LONG'] === '1' ? 20_000 : 1_000;

/** Written as people write, with everything that the quick reader takes. */
const text = `plan:
  name: 'A plan'
  jobs: 3
tasks:
- id: T1
  name: "In quotes: all of it"
  estimated_hours: 1.50
  idempotent: true
  agent: ~
  description: |
    First line
      further in

    last line
  prompt: >-
    folded
    text

    in two parts
  run: [npm, run, "build:x", -1, 0x1F]
  env: {PORT: 8080, DEEP: {a: [b, []]}}
  dependencies: []
  empty:
  verify:
    - run: [npm, test]
      name: tests
- id: T2
  touches:
  - src/**
  - docs/a.md
`;

test('texts as nearly all plans are written are read by it', () => {
	const shop = filesBelow('samples').filter((path) => path.endsWith('.yaml'));
	const texts = [text, planText(20).text, ...shop.map((path) => readFileSync(path, 'utf8'))];
	expect(texts.filter((each) => readSimple(each) !== null).length).toBeGreaterThan(texts.length * 0.8);
	expect(readSimple(text)).not.toBeNull();
	expect(texts.map(differenceOf).filter((found) => found !== null)).toEqual([]);
});

test.each([
	'a: b: c\n',
	'a: b #c\n',
	'a: &x b\n',
	'a: !t b\n',
	'a: "x\\n"\n',
	'a: b\n  c\n',
	'a: [b,\n c]\n',
	'a: |+\n  b\n\n',
	'a:\n    b: c\n  d: e\n',
	'- - a\n',
	'? a\n',
	'a: b\n---\nc: d\n',
	'a:\tb\n',
	'a: [b, ]\n',
	'a: {b}\n',
])('%j is left to the parser', (odd) => {
	expect(readSimple(odd)).toBeNull();
});

test('after any edits of a plan it gives the nodes of the parser, or leaves the text to it', () => {
	fc.assert(
		fc.property(fc.oneof(plans, fc.constant(text)), steps, (plan, taken) => {
			const edited = new EditedText(plan);
			for (const step of taken) {
				edited.take(step);
				expect(differenceOf(edited.text)).toBeNull();
			}
		}),
		{ numRuns },
	);
});

test('any pieces that values are made of are read as by the parser', () => {
	const pieces = [
		...['a', 'true', 'null', '~', '0', '007', '1.0', '.5', '1e3', '0o7', '.inf', '-', '+1', '=', '<<'],
		...[' ', ': ', ':', ' #', '#', ', ', ',', '[', ']', '{', '}', '"', "'", '|', '>', '%', '@', '\u00A0'],
	];
	const value = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((each) => each.join(''));
	const places = [
		(each: string) => `k: ${each}\n`,
		(each: string) => `- ${each}\n- b`,
		(each: string) => `k: [x, ${each}]\n`,
		(each: string) => `k: {x: ${each}, y: z}\n`,
		(each: string) => `k:\n  ${each}: x\n`,
		(each: string) => `k: ${each}\n\n   \nl: |\n  ${each}\n\n  x ${each}\nm: >\n  ${each}\n  y\n\n\n  z\n`,
	];
	fc.assert(
		fc.property(value, fc.constantFrom(...places), (each, place) => {
			expect(differenceOf(place(each))).toBeNull();
		}),
		{ numRuns: 10 * numRuns },
	);
});

function filesBelow(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		return entry.isDirectory() ? filesBelow(path) : [path];
	});
}
