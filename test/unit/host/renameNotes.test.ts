import { expect, test } from 'vitest';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import type { PlanStore } from '../../../src/host/plans/planStore.ts';
import { RenameNotes } from '../../../src/host/runs/renameNotes.ts';
import type { RunStore } from '../../../src/host/runs/runStore.ts';
import { planModel, taskView } from './planViews.ts';

/** A window with a run of the plan: what it writes into the journal when the plan becomes these tasks, one after another. */
function notesOf(...versions: readonly string[]): string[] {
	const notes: string[] = [];
	let listener = (_change: { kind: 'updated'; plan: PlanModel }): void => {};
	const onDidChange = (each: typeof listener) => {
		listener = each;
		return { dispose: () => {} };
	};
	const watcher = new RenameNotes({
		plans: { onDidChange } as unknown as PlanStore,
		runs: { current: () => ({ folder: '/run' }) } as unknown as RunStore,
		logger: console as never,
		note: (folder, from, to, by) => {
			notes.push(`${folder} ${from}→${to} ${by}`);
			return Promise.resolve();
		},
	});
	const { id } = planModel({});
	watcher.offered({ plan: id, from: 'A', to: 'X' });
	watcher.offered({ plan: id, from: 'A', to: 'B' });
	for (const version of versions) {
		const tasks = version.split(' ').map((task) => taskView(task));
		listener({ kind: 'updated', plan: planModel({ tasks }) });
	}
	watcher.dispose();
	return notes;
}

test('a rename is noted once the plan has it, and again when it is undone', () => {
	expect(notesOf('A C', 'B C', 'B C D')).toEqual(['/run A→B editor']);
	expect(notesOf('B C', 'A C', 'B C')).toEqual(['/run A→B editor', '/run B→A editor', '/run A→B editor']);
});

test('one that was only looked at is not', () => {
	expect(notesOf('A C', 'A C D', 'X C')).toEqual([]);
});
