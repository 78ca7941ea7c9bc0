import { describe, expect, test } from 'vitest';
import type { Proposal } from '../../../src/core/replan/proposal.ts';
import { addedTasks, whyAsk } from '../../../src/core/replan/proposal.ts';
import type { ReplanInput } from '../../../src/core/replan/proposeReplan.ts';
import { proposeReplan } from '../../../src/core/replan/proposeReplan.ts';
import { readDiscoveries } from '../../../src/core/replan/readDiscoveries.ts';
import type { Discovery } from '../../../src/core/run/discovery.ts';

const uri = 'file:///w/demo.plan.yaml';

const text = `# A plan.
plan:
  name: Demo # its name
tasks:
  - id: TASK-001
    name: Scope
    run: [make, scope]
  - id: TASK-002   # the big one
    name: 'Orders'
    dependencies: [TASK-001]
    run: [make, orders]
    estimated_hours: 2
  - id: TASK-003
    name: Docs
    dependencies:
      - TASK-002
    run: [make, docs]
# The end.
`;

function propose(
	whats: readonly Discovery[],
	more: Partial<ReplanInput> = {},
	plan = text,
): Promise<Proposal> {
	return proposeReplan({
		id: { rootUri: 'file:///w', key: 'demo' },
		files: [{ uri, text: plan }],
		discoveries: whats.map((what, index) => ({ id: `d${index + 1}`, task: 'TASK-001', what })),
		fixed: new Map([['TASK-001', 'TASK-001 is completed and stays as it is.']]),
		usedIds: [],
		...more,
	});
}

const task = (title: string, more: object = {}): Discovery => ({
	kind: 'task',
	title,
	run: ['make'],
	dependsOn: [],
	blocks: [],
	...more,
});

const textAfter = ({ changes }: Proposal) => changes[0]?.after ?? text;

/** The lines of the plan that a proposal leaves out. */
const lostLines = (proposal: Proposal) => {
	const after = new Set(textAfter(proposal).split('\n'));
	return text.split('\n').filter((line) => !after.has(line));
};

describe('R2: the proposal is a patch', () => {
	test('a new task gets the next free id, its edges and its fields, and no other byte changes', async () => {
		const proposal = await propose([
			task('Email: service', {
				blocks: ['TASK-003'],
				dependsOn: ['TASK-002'],
				estimateHours: 1,
				priority: 3,
			}),
		]);
		expect(proposal.unplaced).toEqual([]);
		expect(lostLines(proposal)).toEqual([]);
		expect(textAfter(proposal)).toContain(
			'  - id: TASK-004\n    name: "Email: service"\n    estimated_hours: 1\n    priority: 3\n    run: [make]\n    dependencies: [TASK-002]\n',
		);
		expect(textAfter(proposal)).toContain('      - TASK-002\n      - TASK-004\n');
		expect(textAfter(proposal)).toContain('  name: Demo # its name\n  version: 2\n');
		expect(proposal.version).toEqual({ before: 1, after: 2 });
	});

	test('an id that the run knows is not free, although the plan no longer has it', async () => {
		const proposal = await propose([task('One')], { usedIds: ['TASK-003', 'TASK-009'] });
		expect(addedTasks(proposal)).toEqual(['TASK-010']);
	});

	test('a split task waits for what the whole waits for, and what waits for the whole waits for it', async () => {
		const proposal = await propose([task('Refunds', { splits: 'TASK-002' })]);
		expect(textAfter(proposal)).toMatch(/name: Refunds\n.*run: \[make\]\n.*dependencies: \[TASK-001\]/);
		expect(textAfter(proposal)).toContain('      - TASK-002\n      - TASK-004\n');
		expect(lostLines(proposal)).toEqual([]);
	});

	test('discoveries find each other by title, whichever came first, and one that the plan has is not added twice', async () => {
		const proposal = await propose([
			task('Second', { dependsOn: ['first'] }),
			task('First'),
			task('FIRST'),
			task('Docs'),
		]);
		expect(addedTasks(proposal)).toEqual(['TASK-004', 'TASK-005']);
		expect(textAfter(proposal)).toMatch(/name: Second\n.*\n.*dependencies: \[TASK-005\]/);
		expect(proposal.done.filter(({ kind }) => kind === 'known').map((each) => each.task)).toEqual([
			'TASK-005',
			'TASK-003',
		]);
	});

	test('D3: files that were written before the journal said so are found as they are, and nothing is doubled', async () => {
		const whats = [task('Cache', { blocks: ['TASK-003'] }), task('Queue', { dependsOn: ['Cache'] })];
		const written = textAfter(await propose(whats));
		const again = await propose(whats, {}, written);
		expect([again.changes, again.unplaced, again.version]).toEqual([[], [], { before: 2, after: 2 }]);
		expect(again.done.map((each) => [each.kind, each.task])).toEqual([
			['known', 'TASK-004'],
			['known', 'TASK-005'],
		]);
	});

	test('another priority is written where the task is', async () => {
		const proposal = await propose([{ kind: 'change', target: 'TASK-002', priority: 7, dependsOn: [] }]);
		expect(textAfter(proposal)).toContain('  - id: TASK-002   # the big one\n    priority: 7\n');
		expect(lostLines(proposal)).toEqual([]);
	});

	test.each([
		['a completed task is never changed', task('X', { blocks: ['TASK-001'] }), 'TASK-001 is completed'],
		['an edge that closes a circle', task('X', { blocks: ['TASK-002'], dependsOn: ['TASK-003'] }), 'circle'],
		['a task that does not exist', task('X', { dependsOn: ['TASK-099'] }), 'There is no task `TASK-099`'],
		['a task that nobody can do', task('X', { run: undefined, agent: 'ghost' }), 'ghost'],
		[
			'a priority of a completed task',
			{ kind: 'change', target: 'TASK-001', priority: 1, dependsOn: [] },
			'stays',
		],
	] as const)('nothing is dropped silently: %s is listed with the reason', async (_, what, reason) => {
		const proposal = await propose([what as Discovery]);
		expect(proposal.unplaced).toEqual([
			expect.objectContaining({ discovery: 'd1', reason: expect.stringContaining(reason) }),
		]);
		expect(lostLines(proposal)).toEqual([]);
	});

	test('the timeline is what the scheduler makes of the plan before and after', async () => {
		const proposal = await propose([task('Long', { dependsOn: ['TASK-002'], estimateHours: 100 })]);
		const { before = 0, after = 0 } = proposal.minutes ?? {};
		expect(after).toBeGreaterThan(2 * before);
		expect(whyAsk(proposal)).toContain('twice as long');
	});
});

test('R2: in a folder a new task is a file of its own, joins the sprint of what it blocks, and the version gets a file', async () => {
	const at = (path: string) => `file:///w/docs/${path}`;
	const files = [
		{ uri: at('planning/PROJECT_PRD.yaml'), text: 'project:\n  name: Shop\n' },
		{ uri: at('planning/tasks/TASK-001.yaml'), text: 'id: TASK-001\nname: Scope\nrun: [make]\n' },
		{ uri: at('planning/tasks/TASK-002.yaml'), text: 'id: TASK-002\nname: Orders\nrun: [make]\n' },
		{ uri: at('sprints/SPRINT-001.yaml'), text: 'id: SPRINT-001\nname: One\ntasks:\n  - TASK-001\n' },
		{ uri: at('sprints/SPRINT-002.yaml'), text: 'id: SPRINT-002\nname: Two\ntasks:\n  - TASK-002\n' },
	];
	const id = { rootUri: 'file:///w', key: 'planning' };
	const proposal = await propose([task('Cache', { blocks: ['TASK-002'] })], { id, files });
	expect(proposal.unplaced).toEqual([]);
	expect(Object.fromEntries(proposal.changes.map(({ uri, after }) => [uri, after]))).toEqual({
		[at('planning/tasks/TASK-002.yaml')]: expect.stringContaining('dependencies: [TASK-003]'),
		[at('sprints/SPRINT-002.yaml')]: 'id: SPRINT-002\nname: Two\ntasks:\n  - TASK-002\n  - TASK-003\n',
		[at('planning/tasks/TASK-003.yaml')]: 'id: TASK-003\nname: Cache\nrun: [make]\ndependencies: []\n',
		[at('planning/switchyard.yaml')]: 'plan:\n  version: 2\n',
	});
});

test('R3: five new tasks at once always ask; four do not', async () => {
	const some = (count: number) => propose(Array.from({ length: count }, (_, at) => task(`New ${at}`)));
	expect(whyAsk(await some(5))).toBe('5 new tasks at once');
	expect(whyAsk({ ...(await some(4)), minutes: null })).toBeNull();
});

test('R1: a report becomes tasks, changes and notes; what cannot be understood is kept as a note', () => {
	const report = {
		discoveries: ['Needs a cache'],
		new_subtasks: ['Cache', { title: 'Queue', depends_on: 'TASK-001' }, { size: 4 }],
		recommendations: [{ task: 'TASK-002', priority: 2 }, 'Use Redis'],
	};
	expect(readDiscoveries(JSON.stringify(report)).map((each) => [each.kind, JSON.stringify(each)])).toEqual([
		['task', expect.stringContaining('Cache')],
		['task', expect.stringContaining('"dependsOn":["TASK-001"]')],
		['note', expect.stringContaining('size')],
		['change', expect.stringContaining('TASK-002')],
		['note', expect.stringContaining('Use Redis')],
		['note', expect.stringContaining('Needs a cache')],
	]);
	expect(['', '{', '[]', '7', 'null'].flatMap(readDiscoveries)).toEqual([]);
});
