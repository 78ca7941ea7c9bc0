import { afterEach, expect, test } from 'vitest';
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver/node';
import type { PlanWish } from '../../../../src/protocol/lsp.ts';
import { editPlanRequest } from '../../../../src/protocol/lsp.ts';
import type { MarkedWindow } from '../../../support/markedFiles.ts';
import { openMarked, root } from '../../../support/markedFiles.ts';

let window: MarkedWindow;
afterEach(() => window.client.dispose());

const files = {
	'docs/planning/tasks/T-2.yaml': 'id: ‸T-2 # two\nrun: [x]\n',
	'docs/planning/tasks/T-4.yaml': 'id: T-4\nrun: [x]\ndependencies: [T-2]\n',
	'docs/sprints/S1.yaml': 'id: S1\ntasks: [T-2, T-4]\n',
	'docs/sprints/S2.yaml': 'id: S2\n',
	'docs/planning/.project-state.yaml': 'tasks:\n  T-4:\n    status: completed\n',
};

async function after(wish: PlanWish): Promise<unknown> {
	window = await openMarked(files);
	const plan = { rootUri: root, key: 'planning' };
	const reply = await window.client.ask<{ edit: WorkspaceEdit | null } | { fault: string }>(
		editPlanRequest.method,
		{ plan, wish },
	);
	return 'fault' in reply ? reply.fault : window.after(reply.edit);
}

test('a view moves a task to another sprint', async () => {
	expect(await after({ kind: 'move-to-sprint', task: 'T-4', sprint: 'S2' })).toEqual({
		'docs/sprints/S1.yaml': 'id: S1\ntasks: [T-2]\n',
		'docs/sprints/S2.yaml': 'id: S2\ntasks: [T-4]\n',
	});
});

test('a view adds a task and a dependency, and is told what cannot be', async () => {
	expect(await after({ kind: 'add-task', name: 'New', sprint: 'S2' })).toEqual({
		'docs/planning/tasks/T-5.yaml': 'id: T-5\nname: New\n',
		'docs/sprints/S2.yaml': 'id: S2\ntasks: [T-5]\n',
	});
	window.client.dispose();
	const circle = { kind: 'dependency', task: 'T-2', needs: 'T-4', isNeeded: true } as const;
	expect(await after(circle)).toMatch(/would close a circle/);
});

test('new numbers leave what was completed alone', async () => {
	expect(await after({ kind: 'renumber', keep: [] })).toEqual({
		'docs/planning/tasks/T-1.yaml': 'id: T-1 # two\nrun: [x]\n',
		'docs/planning/tasks/T-4.yaml': 'id: T-4\nrun: [x]\ndependencies: [T-1]\n',
		'docs/sprints/S1.yaml': 'id: S1\ntasks: [T-1, T-4]\n',
	});
});

test('on the id of a task the editor offers what else may be done with it', async () => {
	window = await openMarked(files);
	const range = { start: window.position, end: window.position };
	const actions = await window.ask<CodeAction[]>('textDocument/codeAction', {
		range,
		context: { diagnostics: [], only: ['refactor'] },
	});
	expect(actions.map(({ title }) => title)).toEqual(['Move T-2 to a sprint…', 'Add a dependency to T-2…']);
});
