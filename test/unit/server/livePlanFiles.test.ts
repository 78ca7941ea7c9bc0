import fc from 'fast-check';
import { test, vi } from 'vitest';
import { folders, moves, take } from '../../support/editedFolders.ts';
import { PlanUnderEdit } from '../../support/planUnderEdit.ts';

// Only the number of sequences decides how long this takes.
vi.setConfig({ testTimeout: 3_600_000 });

const numRuns = process.env['SWITCHYARD_LONG'] === '1' ? 2_000 : 100;

test('after edits of several files in turn, opened, closed, copied and deleted, a plan is what a full reading gives', () => {
	fc.assert(
		fc.property(folders, fc.boolean(), moves, (files, isOpen, taken) => {
			const plan = new PlanUnderEdit(files);
			for (const path of isOpen ? plan.paths : []) {
				plan.open(path);
			}
			plan.refresh();
			plan.compare();
			for (const [index, move] of taken.entries()) {
				take(plan, move);
				// Editors send several changes before anybody looks.
				if (index % 3 !== 1) {
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

test('a file that is closed before anybody looked at its last edits leaves no view in a wrong line', () => {
	const path = 'docs/planning/tasks/all.yaml';
	const plan = new PlanUnderEdit({ [path]: '# one\ntasks:\n- {id: T1, run: [npm, test]}\n' });
	const step = { at: 0, size: 1, text: '# two\n' };
	plan.open(path);
	plan.refresh();
	plan.compare();
	plan.edit(path, { ...step, kind: 'lines' });
	plan.close(path);
	plan.refresh();
	plan.compare();
});
