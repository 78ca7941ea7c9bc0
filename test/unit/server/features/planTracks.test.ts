import { afterEach, expect, test } from 'vitest';
import type { PlanTracksReply, PlanTracksWish } from '../../../../src/protocol/lsp.ts';
import { planTracksRequest } from '../../../../src/protocol/lsp.ts';
import type { MarkedWindow } from '../../../support/markedFiles.ts';
import { openMarked, root } from '../../../support/markedFiles.ts';

let window: MarkedWindow;
afterEach(() => window.client.dispose());

const files = {
	'docs/planning/tasks/A1.yaml': 'id: ‸A1\nrun: [x]\ntype: backend\nestimated_hours: 4\n',
	'docs/planning/tasks/A2.yaml': 'id: A2\nrun: [x]\ntype: backend\nestimated_hours: 4\ndependencies: [A1]\n',
	'docs/planning/tasks/B1.yaml': 'id: B1\nrun: [x]\ntype: frontend\nestimated_hours: 2\n',
	'docs/planning/tasks/B2.yaml': 'id: B2\nrun: [x]\ntype: frontend\nestimated_hours: 2\ndependencies: [B1]\n',
	'docs/sprints/SPRINT-001-02.yaml':
		'# mine\nid: SPRINT-001-02\nname: Pages\ntrack: 2\nsprint_number: 1\ntasks: [B1]\n',
};

async function ask(
	wish: Omit<PlanTracksWish, 'plan'>,
	more: Readonly<Record<string, string>> = {},
): Promise<PlanTracksReply> {
	window = await openMarked({ ...files, ...more });
	const plan = { rootUri: root, key: 'planning' };
	return await window.client.ask<PlanTracksReply>(planTracksRequest.method, { plan, ...wish });
}

test('a view is told what there is to choose from', async () => {
	expect(await ask({})).toEqual({
		kind: 'choices',
		width: 2,
		choices: [
			{ tracks: 1, split: false, makespanMinutes: 720, isRecommended: false },
			{ tracks: 2, split: false, makespanMinutes: 480, isRecommended: true },
		],
	});
});

test('a view is shown each file before and after, and what a hand wrote is called so', async () => {
	const reply = await ask({ tracks: 2, split: false });
	expect(reply).toMatchObject({ kind: 'changes', tracks: 2, makespanMinutes: 480 });
	const changes = reply.kind === 'changes' ? reply.changes : [];
	expect(changes.map(({ uri, kind }) => `${kind} ${uri.slice(root.length + 1)}`)).toEqual([
		'new docs/planning/switchyard.yaml',
		'new docs/sprints/SPRINT-001-01.yaml',
		'overwrite docs/sprints/SPRINT-001-02.yaml',
		'new docs/planning/TASK_SUMMARY.md',
		'new docs/planning/task-dependency-graph.md',
		'new docs/sprints/SPRINT_OVERVIEW.md',
	]);
	expect(changes[2]).toMatchObject({
		before: files['docs/sprints/SPRINT-001-02.yaml'],
		after: expect.stringMatching(
			/^# mine\nid: SPRINT-001-02\nname: Pages\ntrack: 2\nsprint_number: 1\ntasks: \[B1, B2\]\n/,
		),
	});
});

test('what finished runs took stands for missing estimates', async () => {
	const more = { 'docs/planning/tasks/C1.yaml': 'id: C1\nrun: [x]\ntype: docs\n' };
	const samples = [80, 90, 100].map((minutes) => ({
		...{ run: 'exec-1', task: 'D', type: 'docs', agent: 'shell', tier: 'T1', minutes },
		...{ estimateMinutes: null, costUsd: null },
	}));
	const reply = await ask({ tracks: 1, split: false, samples }, more);
	expect(reply).toMatchObject({
		makespanMinutes: 720 + 90,
		notes: ['C1 has no estimate and is counted with 1.5 hours. From 3 finished docs tasks by shell on T1.'],
	});
});

test('a view is told why nothing can be planned', async () => {
	const circle = { 'docs/planning/tasks/A1.yaml': 'id: ‸A1\nrun: [x]\ndependencies: [A2]\n' };
	expect(await ask({ tracks: 2 }, circle)).toEqual({
		kind: 'fault',
		message: 'A1 → A2 → A1 wait for each other in a circle. Remove one of these dependencies.',
	});
});
