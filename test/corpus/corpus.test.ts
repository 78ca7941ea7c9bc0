import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectForeign } from '../../src/core/plan/foreign/detectForeign.ts';
import { importPlan } from '../../src/core/plan/foreign/importPlan.ts';
import { readForeign } from '../../src/core/plan/foreign/readForeign.ts';
import { readPlan } from '../../src/core/plan/readPlan.ts';
import { corpusFolder, filesBelow, planFile, shortPath, tablesOf } from './corpusFolder.ts';
import { figuresOf, taskMasterFigures } from './figures.ts';

const folder = corpusFolder();
const id = { rootUri: 'file:///imported', key: 'imported' };

if (folder === null) {
	process.stderr.write(
		'The corpus is not here (SWITCHYARD_CORPUS names its folder): its tests are skipped.\n',
	);
	test.skip('the corpus is not here', () => undefined);
} else {
	testCorpus(folder);
}

function testCorpus(corpus: string): void {
	const [taskMaster = [], others = []] = tablesOf(corpus);
	const paths = filesBelow(corpus).filter((path) => /\.(json|jsonl|md)$/.test(path));

	test('both tables of figures are there', () => {
		expect(taskMaster.length).toBeGreaterThan(20);
		expect(others.length).toBeGreaterThan(8);
	});

	test.each(taskMaster)('Task Master: $file', (row) => {
		const path = join(corpus, 'taskmaster', row['file'] ?? '');
		const { text } = planFile(path);
		expect(detectForeign(path, text)).toBe('taskmaster');
		const plan = readForeign('taskmaster', [planFile(path)]);
		expect(plan.problems).toEqual([]);
		const { file: _file, form: _form, bytes: _bytes, ...figures } = row;
		expect(taskMasterFigures(plan)).toEqual(figures);
	});

	test.each(others.filter((row) => row['layers'] !== '-'))('$folder, $what', (row) => {
		expect(otherFigures(corpus, row)).toEqual({
			tasks: Number(row['tasks']),
			dependencies: Number(row['dependencies']),
			dangling: Number(row['dangling']),
			cycles: Number(row['cycles']),
			layers: Number(row['layers']),
			width: Number(row['width']),
		});
	});

	// The figures count `T001` once a file and no `T001a`; each of both is a task (docs/corpus.md).
	test.each(others.filter((row) => row['what']?.includes('tasks.md') === true))('$folder, $what', (row) => {
		const files = filesBelow(join(corpus, 'speckit', row['folder'] ?? '')).filter((path) =>
			path.endsWith('tasks.md'),
		);
		const plain = files.map((path) => {
			const { tasks, problems } = readForeign('speckit', [planFile(path)]);
			expect(problems).toEqual([]);
			return new Set(tasks.map((task) => task.id).filter((one) => /\d$/.test(one))).size;
		});
		expect(plain.reduce((sum, count) => sum + count, 0)).toBe(Number(row['tasks']));
	});

	describe('every file', () => {
		test.each(paths.map((path) => [shortPath(corpus, path), path]))('%s', (_name, path) => {
			const file = planFile(path);
			const format = detectForeign(path, file.text);
			if (format === null) {
				return;
			}
			const preview = importPlan(format, [file]);
			expect(importPlan(format, [file]).yaml).toBe(preview.yaml);
			const { plan, problems } = readPlan(id, [{ uri: `${id.rootUri}/x.plan.yaml`, text: preview.yaml }]);
			expect(plan.tasks).toHaveLength(preview.tasks);
			const circles = preview.repairs.filter(({ kind }) => kind === 'cycle').length;
			const errors = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
			expect(errors).toEqual(Array.from({ length: circles }, () => 'SY304'));
			// What the plan says is its author's; how it is written and what it refers to is ours.
			const odd = problems.filter(({ code }) => /^SY([12]|30[01235679]|31[01])/.test(code));
			expect(odd.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
		});
	});
}

function otherFigures(
	corpus: string,
	row: Readonly<Record<string, string>>,
): Readonly<Record<string, number>> {
	const name = row['folder'] ?? '';
	const what = row['what'] ?? '';
	const format = (['devteam', 'beads', 'backlog'] as const).find((one) => name.startsWith(one)) ?? 'devteam';
	const place = join(corpus, format, name);
	const isWanted = (path: string) => {
		const pattern = /^(docs\/[^\s;]+)/.exec(what)?.[1];
		return pattern === undefined
			? format === 'beads' || /task-\d+ - .*\.md$/.test(path)
			: new RegExp(`/${pattern.replaceAll('.', '\\.').replace('*', '[^/]+')}$`).test(path);
	};
	const plan = readForeign(format, filesBelow(place).filter(isWanted).map(planFile));
	const items = what.includes('sprints') ? plan.groups : plan.tasks;
	const { duplicates, self, ...figures } = figuresOf(items, new Set(items.map((item) => item.id)));
	expect({ duplicates, self, problems: plan.problems }).toEqual({ duplicates: 0, self: 0, problems: [] });
	return figures;
}
