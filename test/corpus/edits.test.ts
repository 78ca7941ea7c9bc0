import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { detectForeign } from '../../src/core/plan/foreign/detectForeign.ts';
import { importPlan } from '../../src/core/plan/foreign/importPlan.ts';
import type { Folder } from '../support/editedFolders.ts';
import { folderAt, moves, take } from '../support/editedFolders.ts';
import { PlanUnderEdit } from '../support/planUnderEdit.ts';
import { corpusFolder, filesBelow, planFile, shortPath } from './corpusFolder.ts';

// Only the number of sequences decides how long this takes.
vi.setConfig({ testTimeout: 3_600_000 });

const folder = corpusFolder();
const numRuns = process.env['SWITCHYARD_LONG'] === '1' ? 1_000 : 20;

/** A full reading after each edit is what this costs: longer texts are for the long count alone. */
const longest = process.env['SWITCHYARD_LONG'] === '1' ? 120_000 : 40_000;

if (folder === null) {
	test.skip('the corpus is not here', () => undefined);
} else {
	testEdits(folder);
}

/** Plans in folders as they lie there, and every other plan as an import writes it, with the texts that people wrote. */
function plansOf(corpus: string): { readonly name: string; readonly files: Folder }[] {
	const paths = filesBelow(corpus);
	const roots = [
		...new Set(
			paths.flatMap((path) =>
				/\/docs\/planning\/tasks\//.test(path) ? [path.split('/docs/')[0] ?? ''] : [],
			),
		),
	];
	const inFolders = roots.map((root) => ({ name: shortPath(corpus, root), files: folderAt(root) }));
	const imported = paths.flatMap((path) => {
		const file = planFile(path);
		const format = /\.(json|jsonl|md)$/.test(path) ? detectForeign(path, file.text) : null;
		if (format === null || format === 'devteam') {
			return [];
		}
		const { yaml, tasks } = importPlan(format, [file]);
		const isShort = tasks > 0 && yaml.length <= longest;
		return isShort ? [{ name: shortPath(corpus, path), files: { 'x.plan.yaml': yaml } }] : [];
	});
	return [...inFolders, ...imported];
}

function testEdits(corpus: string): void {
	test('after any edits of the texts of real plans, what is known of them is what a full reading gives', () => {
		const plans = plansOf(corpus);
		expect(plans.length).toBeGreaterThan(40);
		expect(plans.filter(({ files }) => Object.keys(files).length > 10).length).toBeGreaterThan(1);
		fc.assert(
			fc.property(fc.constantFrom(...plans), moves, ({ files }, taken) => {
				const plan = new PlanUnderEdit(files);
				for (const path of plan.paths.slice(0, 5)) {
					plan.open(path);
				}
				plan.refresh();
				plan.compare();
				for (const [index, move] of taken.entries()) {
					take(plan, move);
					if (index % 3 === 2) {
						plan.refresh();
						plan.compare();
					}
				}
				plan.refresh();
				plan.compare();
			}),
			{ numRuns },
		);
	});
}
