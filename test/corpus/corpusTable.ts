import { join } from 'node:path';
import { detectForeign } from '../../src/core/plan/foreign/detectForeign.ts';
import { importPlan } from '../../src/core/plan/foreign/importPlan.ts';
import { readForeign } from '../../src/core/plan/foreign/readForeign.ts';
import { readInPlace } from '../../src/core/plan/foreign/readInPlace.ts';
import { filesBelow, planFile, shortPath } from './corpusFolder.ts';
import { figuresOf } from './figures.ts';

const id = { rootUri: 'file:///corpus', key: 'corpus' };
const headings = [
	...['file', 'format', 'tasks', 'dependencies', 'dangling', 'circles', 'layers', 'largest'],
	...['problems', 'repairs', 'import twice'],
];

/** One line for each file of the collection that holds a plan: what was counted in it, and what an import makes of it. */
export function corpusTable(corpus: string): string {
	const rows = filesBelow(corpus).flatMap((path) => rowOf(corpus, path) ?? []);
	return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function rowOf(corpus: string, path: string): readonly string[][] | null {
	const file = planFile(join(path));
	const format = /\.(json|jsonl|md)$/.test(path) ? detectForeign(path, file.text) : null;
	if (format === null) {
		return null;
	}
	const { tasks } = readForeign(format, [file]);
	const { dependencies, dangling, cycles, layers, width } = figuresOf(
		tasks,
		new Set(tasks.map((task) => task.id)),
	);
	const { problems } = readInPlace(id, [file]);
	const first = importPlan(format, [file]);
	const isSame = importPlan(format, [file]).yaml === first.yaml;
	const figures = [tasks.length, dependencies, dangling, cycles, layers, width];
	return [
		[
			...[shortPath(corpus, path), format, ...figures.map(String)],
			...[tally(problems.map(({ code }) => code)), tally(first.repairs.map(({ kind }) => kind))],
			isSame ? 'no change' : 'CHANGES',
		],
	];
}

/** `2 SY302, 1 SY304` */
function tally(words: readonly string[]): string {
	const counts = new Map<string, number>();
	for (const word of words) {
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const parts = [...counts].sort().map(([word, count]) => `${count} ${word}`);
	return parts.length === 0 ? 'none' : parts.join(', ');
}
