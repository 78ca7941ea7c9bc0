import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { detectForeign } from '../../../../src/core/plan/foreign/detectForeign.ts';
import type { ForeignFormat } from '../../../../src/core/plan/foreign/foreignPlan.ts';
import { formatNames } from '../../../../src/core/plan/foreign/foreignPlan.ts';
import { importPlan } from '../../../../src/core/plan/foreign/importPlan.ts';
import { readInPlace } from '../../../../src/core/plan/foreign/readInPlace.ts';
import { readPlan } from '../../../../src/core/plan/readPlan.ts';
import { foreignFixture, foreignFixtures } from '../../../support/foreignFixture.ts';

vi.setConfig({ testTimeout: 600_000 });

const runs = process.env['SWITCHYARD_LONG'] === undefined ? 150 : 20_000;

/** What edits, wrong encodings and other tools leave in such files. */
const piece = fc.oneof(
	fc.string({ maxLength: 5 }),
	fc.string({ unit: 'binary', maxLength: 3 }),
	fc.constantFrom(
		'\n',
		'\r\n',
		'\t',
		'"',
		'{',
		'}',
		'[',
		']',
		'```\n',
		'---\n',
		'# ',
		'### Task: ',
		'- [ ] T001 ',
		'**Dependencies**: ',
		'Task: @x - y (needs ',
		'"id": ',
		'__proto__',
		'"subtasks": [',
		', ',
		': ',
		'\u0000',
		'\uFEFF',
		'1. [ ] ',
	),
);

const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(30), put: piece });

function mutate(text: string, edits: readonly { at: number; cut: number; put: string }[]): string {
	return edits.reduce((current, { at, cut, put }) => {
		const start = Math.floor(at * current.length);
		return current.slice(0, start) + put + current.slice(start + cut);
	}, text);
}

/** Whatever a file holds: nothing throws, and what an import writes is a plan that can be read again. */
function checkAny(format: ForeignFormat, name: string, text: string): void {
	const file = { uri: `file:///w/${encodeURIComponent(name)}`, text };
	detectForeign(name, text);
	readInPlace({ rootUri: 'file:///w', key: 'k' }, [file]);
	const preview = importPlan(format, [file]);
	const { plan, problems } = readPlan({ rootUri: 'file:///w', key: 'x' }, [
		{ uri: 'file:///w/x.plan.yaml', text: preview.yaml },
	]);
	expect(plan.tasks).toHaveLength(preview.tasks);
	const broken = problems.filter(({ code }) => /^SY(1|20[2-9]|21[013]|30[012356])/.test(code));
	expect(broken.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
}

test.each(foreignFixtures)('edits of %s', (name) => {
	const { text } = foreignFixture(name);
	const format = detectForeign(name, text) ?? 'orca';
	fc.assert(
		fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
			checkAny(format, name, mutate(text, edits));
		}),
		{ numRuns: runs },
	);
});

test('any text as any format', () => {
	const formats = Object.keys(formatNames) as ForeignFormat[];
	fc.assert(
		fc.property(fc.constantFrom(...formats), fc.array(piece, { maxLength: 30 }), (format, pieces) => {
			checkAny(format, 'x.md', pieces.join(''));
		}),
		{ numRuns: runs * 2 },
	);
});

test('lines of any length end: no pattern goes over them again and again', () => {
	const gap = ' '.repeat(100_000);
	const lines = [
		`- [ ] T001 a${gap}b`,
		`${gap}x`,
		`# a${gap}b`,
		`### Task: a${gap}b`,
		`**Dependencies**: a${gap}b (${gap}`,
		`Task: @x - a${gap}b (needs${gap}c`,
		`1. [ ] a${gap}b`,
		`- a${gap}: b (blocks${gap}c`,
		`├──${gap}a`,
		`Layer 1${gap}tasks${gap}x`,
		'('.repeat(50_000),
		'*'.repeat(50_000),
		'- '.repeat(50_000),
	];
	const text = `# x\n## Layer 1: a\n### Task: b\n${lines.join('\n')}\nExecution Order\n${lines.join('\n')}\n`;
	for (const format of Object.keys(formatNames) as ForeignFormat[]) {
		checkAny(format, 'x.md', text);
	}
});
