import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PlanFile } from '../../src/core/plan/plan.ts';

const beside = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

/** The folder with plans of the public, which is no part of this repository; null where it is not there. */
export function corpusFolder(): string | null {
	const folder = process.env['SWITCHYARD_CORPUS'] ?? beside;
	return existsSync(join(folder, 'README.md')) ? folder : null;
}

/** All files below a folder, sorted by path. */
export function filesBelow(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

/** A file as a reader takes it. */
export function planFile(path: string): PlanFile {
	return { uri: pathToFileURL(path).href, text: readFileSync(path, 'utf8') };
}

/** The tables of the corpus' README: rows by their headings. */
export function tablesOf(folder: string): Readonly<Record<string, string>>[][] {
	const tables: Record<string, string>[][] = [];
	let headings: string[] | null = null;
	for (const line of readFileSync(join(folder, 'README.md'), 'utf8').split('\n')) {
		const cells = line.startsWith('|')
			? line
					.split('|')
					.slice(1, -1)
					.map((cell) => cell.trim())
			: null;
		if (cells === null) {
			headings = null;
		} else if (headings === null) {
			headings = cells;
			tables.push([]);
		} else if (!cells.every((cell) => /^-+$/.test(cell))) {
			const names: readonly string[] = headings;
			tables.at(-1)?.push(Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
		}
	}
	return tables;
}

/** A path for messages. */
export function shortPath(folder: string, path: string): string {
	return relative(folder, path);
}
