import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/base/ports.ts';
import type { PlanChange } from '../../../src/host/plans/planStore.ts';
import { PlanStore } from '../../../src/host/plans/planStore.ts';
import type { PlanUpdate } from '../../../src/protocol/lsp.ts';
import { sprintView, taskView } from './planViews.ts';

const id = { rootUri: 'file:///ws', key: 'planning' };

function update(version: number, part: Partial<PlanUpdate> = {}): PlanUpdate {
	return {
		plan: id,
		version,
		reset: false,
		removed: false,
		name: 'Shop',
		form: 'folder',
		files: [],
		errors: 0,
		warnings: 0,
		tracks: [],
		tasks: [],
		removedTasks: [],
		taskOrder: null,
		sprints: [],
		removedSprints: [],
		sprintOrder: null,
		...part,
	};
}

function openStore() {
	const changes: PlanChange[] = [];
	let asked = 0;
	const store = new PlanStore({
		requestPlans: async () => {
			asked += 1;
		},
		logger: silentLogger,
	});
	store.onDidChange((change) => changes.push(change));
	store.apply(
		update(1, {
			reset: true,
			tasks: [taskView('A'), taskView('B')],
			taskOrder: ['A', 'B'],
			sprints: [sprintView('S', ['A'])],
		}),
	);
	return { store, changes, asked: () => asked };
}

describe('the plan store', () => {
	it('merges what changed and says which tasks', () => {
		const { store, changes } = openStore();
		store.apply(update(2, { tasks: [taskView('B', { name: 'New' })] }));
		expect(changes[1]).toMatchObject({ kind: 'updated', reset: false, structure: false });
		expect(changes[1]).toMatchObject({ tasks: new Set(['B']) });
		expect([...(store.get(id)?.tasks.values() ?? [])].map(({ name }) => name)).toEqual(['Name of A', 'New']);
	});

	it('says that the structure changed where a task comes at the end, which needs no new order', () => {
		const { store, changes } = openStore();
		store.apply(update(2, { tasks: [taskView('C')] }));
		expect(changes[1]).toMatchObject({ kind: 'updated', reset: false, structure: true });
		expect([...(store.get(id)?.tasks.keys() ?? [])]).toEqual(['A', 'B', 'C']);
	});

	it('follows the order, and drops what was removed', () => {
		const { store } = openStore();
		store.apply(update(2, { tasks: [taskView('C')], removedTasks: ['A'], taskOrder: ['C', 'ghost', 'B'] }));
		expect([...(store.get(id)?.tasks.keys() ?? [])]).toEqual(['C', 'B']);
	});

	it('asks for everything, once, when a version is missing, and applies nothing until then', () => {
		const { store, changes, asked } = openStore();
		store.apply(update(3, { tasks: [taskView('C')] }));
		store.apply(update(4, { tasks: [taskView('D')] }));
		expect([asked(), changes.length, store.get(id)?.version]).toEqual([1, 1, 1]);
		store.apply(update(9, { reset: true, tasks: [taskView('Z')] }));
		expect([...(store.get(id)?.tasks.keys() ?? [])]).toEqual(['Z']);
	});

	it('keeps plans visible while the server is gone, and takes no delta of the next one before a reset', () => {
		const { store, asked } = openStore();
		store.forgetVersions();
		store.apply(update(2, { name: 'Other' }));
		expect([store.get(id)?.name, asked()]).toEqual(['Shop', 1]);
	});

	it('forgets a removed plan', () => {
		const { store, changes } = openStore();
		store.apply(update(2, { removed: true }));
		expect([store.plans, changes.at(-1)?.kind]).toEqual([[], 'removed']);
	});
});
