import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Task } from '../support/engineWorkspace.ts';
import { dist, EngineWorkspace } from '../support/engineWorkspace.ts';

let ws: EngineWorkspace;

const worker = ['sh', 'worker.sh'];

beforeEach(() => {
	ws = new EngineWorkspace();
	// Leaves the report that stands ready for its task, as an agent would.
	ws.write(
		'worker.sh',
		'echo "$SWITCHYARD_TASK" >> done\nif [ -f "reports/$SWITCHYARD_TASK.json" ]; then cp "reports/$SWITCHYARD_TASK.json" "$SWITCHYARD_OUT/report.json"; fi\n',
	);
});

afterEach(() => ws.dispose());

/** The ten subtasks that seed 001 has after its first analysis. */
const shop: readonly Task[] = [
	['TASK-001', 'Initial scope analysis', []],
	['TASK-002', 'User Service', ['TASK-001']],
	['TASK-003', 'Product Service', ['TASK-001']],
	['TASK-004', 'Cart Service', ['TASK-002', 'TASK-003']],
	['TASK-005', 'Order Service', ['TASK-004']],
	['TASK-006', 'Payment integration', ['TASK-005']],
	['TASK-007', 'Admin Dashboard', ['TASK-002']],
	['TASK-008', 'Frontend components', ['TASK-003']],
	['TASK-009', 'Integration testing', ['TASK-006', 'TASK-007', 'TASK-008']],
	['TASK-010', 'Documentation', ['TASK-009']],
].map(([id, name, dependencies]) => ({
	id: String(id),
	name,
	estimated_hours: 4,
	dependencies,
	run: worker,
}));

const sub = (title: string, more: object = {}) => ({ title, run: worker, estimate_hours: 1, ...more });

/** What its workers find, by the task that they work on: seven pivots, thirteen subtasks. */
const finds: readonly (readonly [task: string, report: object])[] = [
	[
		'TASK-002',
		{
			discoveries: ['Need email verification flow'],
			new_subtasks: [
				sub('Email Service', { priority: 10, blocks: ['TASK-009'] }),
				sub('RBAC Middleware', { blocks: ['TASK-007'] }),
				sub('Rate Limiting'),
			],
		},
	],
	[
		'TASK-012',
		{ new_subtasks: [sub('Roles of administrators', { blocks: ['TASK-007'] }), sub('Audit log')] },
	],
	['TASK-003', { new_subtasks: [sub('Caching layer for the catalog', { blocks: ['TASK-008'] })] }],
	[
		'TASK-004',
		{
			new_subtasks: [
				sub('Refunds', { depends_on: ['Payment Service'] }),
				sub('Payment Service', { split_of: 'TASK-006' }),
			],
		},
	],
	[
		'TASK-005',
		{
			new_subtasks: [sub('Checkout flow, second design', { blocks: ['TASK-009'] }), sub('Guest checkout')],
			recommendations: [{ task: 'TASK-008', priority: 5 }],
		},
	],
	['TASK-006', { new_subtasks: [sub('Monitoring'), sub('Logging')] }],
	[
		'TASK-007',
		{
			new_subtasks: [sub('Bulk changes of products', { depends_on: ['RBAC Middleware'] })],
			recommendations: [{ task: 'TASK-002', priority: 9 }],
		},
	],
];

const titles = finds.flatMap(([, report]) =>
	(report as { new_subtasks: { title: string }[] }).new_subtasks.map(({ title }) => title),
);

const cycle = (task: string, titles: readonly object[]) =>
	ws.write(`reports/${task}.json`, JSON.stringify({ new_subtasks: titles }));

describe('R3: who decides', () => {
	test('`auto` replans while the run goes on; S1 `dynamic`: after each worker, so that what it blocks waits', async () => {
		cycle('TASK-001', [sub('Second', { blocks: ['TASK-002'] })]);
		cycle('TASK-003', [sub('Third')]);
		const tasks = [
			{ id: 'TASK-001', run: worker },
			{ id: 'TASK-002', run: worker, approval: 'before', dependencies: ['TASK-001'] },
		];
		ws.plan(tasks, { plan: { replan: 'auto' } });
		const { code, err } = await ws.cli('run');
		expect([code, err]).toEqual([3, expect.stringContaining('Replan 2 applied')]);
		expect(ws.read('done').trim().split('\n')).toEqual(['TASK-001', 'TASK-003', 'TASK-004']);
		const { replans } = await ws.table();
		expect(replans.applied.map(({ by, trigger }) => [by, trigger])).toEqual([
			['replan: auto', ['TASK-001']],
			['replan: auto', ['TASK-003']],
		]);
		expect(ws.read('demo.plan.yaml')).toContain('"dependencies":["TASK-001", TASK-003]');
	});

	test('`auto` with three engines: all of them wait for one decision, go by the plan it made, and nobody is asked', async () => {
		cycle('TASK-001', [sub('Fourth', { blocks: ['TASK-002'] })]);
		cycle('TASK-002', [sub('Fifth', { blocks: ['TASK-003'] })]);
		const after = [[], ['TASK-001'], ['TASK-002']];
		const tasks = after.map((dependencies, index) => ({
			id: `TASK-00${index + 1}`,
			run: worker,
			dependencies,
		}));
		ws.plan(tasks, { plan: { replan: 'auto' } });
		const engines = [1, 2, 3].map(() => ws.start('run'));
		const codes = (await Promise.all(engines.map(({ ended }) => ended))).map(({ code }) => code);
		expect(codes).toEqual([0, 0, 0]);
		const order = ['TASK-001', 'TASK-004', 'TASK-002', 'TASK-005', 'TASK-003'];
		expect(ws.read('done').trim().split('\n')).toEqual(order);
		const { replans } = await ws.table();
		expect([...replans.left]).toEqual([]);
		expect(replans.applied.map(({ trigger }) => trigger)).toEqual([['TASK-001'], ['TASK-002']]);
	});

	test('five new tasks at once ask although the plan says `auto`; `off` changes nothing', async () => {
		cycle(
			'TASK-001',
			[1, 2, 3, 4, 5].map((number) => sub(`New ${number}`)),
		);
		const tasks = [{ id: 'TASK-001', run: worker }];
		ws.plan(tasks, { plan: { replan: 'auto' } });
		const before = ws.read('demo.plan.yaml');
		const { code, err } = await ws.cli('run');
		expect([code, err]).toEqual([0, expect.stringContaining('A person is asked: 5 new tasks at once')]);
		const status = await ws.cli('status', '--json');
		expect([status.code, JSON.parse(status.out).questions]).toMatchObject([
			3,
			[
				{
					kind: 'replan',
					sentence:
						'TASK-001 found more to do: New 1, New 2, New 3 and 2 more. A person is asked: 5 new tasks at once.',
				},
			],
		]);
		expect(ws.read('demo.plan.yaml')).toBe(before);
		const part = await ws.cli('replan', '--only', 'TASK-003', '--apply');
		expect([part.code, part.err]).toEqual([0, '']);
		expect(ws.read('demo.plan.yaml')).toContain('name: New 2');
		expect((await ws.table()).replans.open()).toHaveLength(4);

		ws.plan(tasks, { plan: { replan: 'off' } });
		const again = await ws.cli('run', '--new');
		expect(again.err).not.toContain('replan');
		const off = await ws.cli('replan');
		expect([off.code, off.out]).toEqual([0, expect.stringContaining('`replan: off`')]);
	});
});

test('R1: `switchyard discover` in a task, and files in its folder, are discoveries of its attempt', async () => {
	const say = `"${process.execPath}" "${dist}/cli.js" discover --title "From the terminal" --shell true --depends-on A --hours 2`;
	const leave =
		'mkdir "$SWITCHYARD_OUT/discoveries"; echo \'{"title":"From a file"}\' > "$SWITCHYARD_OUT/discoveries/1.json"';
	ws.plan([{ id: 'A', run: ['sh', '-c', `${leave}; ${say}`] }]);
	expect((await ws.cli('run')).code).toBe(0);
	const found = (await ws.table()).replans.open();
	expect(found.map(({ task, attempt, via, what }) => [task, attempt, via, what])).toEqual([
		[
			'A',
			1,
			'command',
			expect.objectContaining({ title: 'From the terminal', dependsOn: ['A'], estimateHours: 2 }),
		],
		['A', 1, 'file', expect.objectContaining({ title: 'From a file' })],
	]);
	const outside = await ws.cli('discover', '--title', 'X');
	expect([outside.code, outside.err]).toEqual([2, expect.stringContaining('no task of a run')]);
});

describe('R1–R3: seed 001', () => {
	test('ten subtasks grow to 23 over seven replans; none is dropped, and what is completed stays as it is', async () => {
		for (const [task, report] of finds) {
			ws.write(`reports/${task}.json`, JSON.stringify(report));
		}
		ws.plan(shop, { plan: { version: 1 } }).write(
			'demo.plan.yaml',
			`# Kept.\n${ws.read('demo.plan.yaml')}# The end.\n`,
		);
		const before = ws.read('demo.plan.yaml');
		for (const [task] of finds) {
			const run = await ws.cli('run', '--task', task, '--with-deps');
			expect([run.code, run.err]).toEqual([0, expect.any(String)]);
			const finished = [...(await ws.table()).planTasks()].filter(({ status }) => status === 'completed');
			const lines = ws.read('demo.plan.yaml').split('\n');
			const replan = await ws.cli('replan', '--apply', '--by', 'Kim');
			expect([replan.code, replan.err]).toEqual([0, '']);
			const after = ws.read('demo.plan.yaml').split('\n');
			for (const id of finished.map((state) => state.task.id)) {
				const line = lines.find((each) => each.includes(`"id":"${id}"`));
				expect(line === undefined || after.includes(line), id).toBe(true);
			}
		}
		const text = ws.read('demo.plan.yaml');
		expect(text.startsWith('# Kept.\nplan: {"name":"Demo"')).toBe(true);
		expect(text.endsWith('# The end.\n')).toBe(true);
		expect(text.length).toBeGreaterThan(before.length);
		expect(text).toContain('"version":8');
		expect(text).toMatch(/"priority": 5,.*"id":"TASK-008"/);
		expect(text).toMatch(/"id":"TASK-009".*"dependencies":\["TASK-006".*, TASK-019\]/);

		const last = await ws.cli('run');
		expect([last.code, last.out]).toEqual([0, expect.stringContaining('23/23 completed')]);
		const table = await ws.table();
		const states = [...table.planTasks()];
		expect(states).toHaveLength(23);
		expect(states.every(({ attempts }) => attempts.length === 1)).toBe(true);
		expect(ws.read('done').trim().split('\n').toSorted()).toEqual(
			states.map(({ task }) => task.id).toSorted(),
		);
		expect(table.replans.applied.map(({ number, version }) => [number, version])).toEqual(
			[1, 2, 3, 4, 5, 6, 7].map((number) => [number, number + 1]),
		);
		expect(table.replans.applied.flatMap(({ added }) => added)).toHaveLength(13);
		expect(new Set(states.map(({ task }) => task.name))).toEqual(
			new Set([...shop.map(({ name }) => name), ...titles]),
		);

		// What could not be placed stays open until a person says so.
		const left = await ws.cli('replan');
		expect([left.code, left.out]).toEqual([
			3,
			expect.stringContaining('NOT PLACED Change of TASK-002: TASK-002 is completed and stays as it is.'),
		]);
		const rejected = await ws.cli('replan', '--reject', 'It is done.');
		expect([rejected.code, rejected.out]).toEqual([0, expect.stringContaining('Rejected: It is done.')]);
		expect((await ws.table()).replans.open()).toEqual([]);
		const run = (await ws.runLog())?.fold.created?.run ?? '';
		const folder = `.work/milestones/${run.replace('exec-', '')}/replans`;
		const summary = ws.read(`${folder.replace('/replans', '')}/EXECUTION-SUMMARY.md`);
		expect(summary).toContain('- **Total Subtasks Executed**: 23 (started with 10)');
		expect(summary).toContain('- **Replanning Cycles**: 7');
		expect(summary).toContain('| shell | 23 | 23 |');
		expect(summary).toContain('3. Caching layer for the catalog (version 4, 1 new');
		expect(ws.read(`${folder}/007.md`)).toContain('- **Version**: 7 → 8');
		expect(ws.read(`${folder}/001.md`)).toContain('- **Decided by**: Kim');
		expect(ws.read(`${folder}/004.md`)).toContain('TASK-006');
	});

	test('`auto`: one run with real workers grows by itself from 10 subtasks to 23 over seven replans, one after each worker', async () => {
		for (const [task, report] of finds) {
			ws.write(`reports/${task}.json`, JSON.stringify(report));
		}
		ws.plan(shop, { plan: { version: 1, strategy: 'dynamic', replan: 'auto', jobs: 1 } });
		const before = ws.read('demo.plan.yaml').split('\n');
		const run = await ws.cli('run');
		expect([run.code, run.out]).toEqual([0, expect.stringContaining('23/23 completed')]);
		const table = await ws.table();
		const states = [...table.planTasks()];
		expect(states.map(({ attempts }) => attempts.length)).toEqual(states.map(() => 1));
		expect(ws.read('done').trim().split('\n').toSorted()).toEqual(
			states.map(({ task }) => task.id).toSorted(),
		);
		expect(new Set(states.map(({ task }) => task.name))).toEqual(
			new Set([...shop.map(({ name }) => name), ...titles]),
		);
		const { applied } = table.replans;
		expect(applied.map(({ number, version, by }) => [number, version, by])).toEqual(
			[1, 2, 3, 4, 5, 6, 7].map((number) => [number, number + 1, 'replan: auto']),
		);
		// What was finished when the first replan came stands in the plan as it did, and nothing new was finished before it was there.
		const after = ws.read('demo.plan.yaml').split('\n');
		const finished = (at: number) =>
			states.filter(({ completedAt }) => completedAt !== null && completedAt <= at);
		for (const { task } of finished(applied[0]?.at ?? 0)) {
			expect(after).toContain(before.find((line) => line.includes(`"id":"${task.id}"`)));
		}
		for (const { added, at } of applied) {
			expect(finished(at).filter(({ task }) => added.includes(task.id))).toEqual([]);
		}
		const why = await ws.cli('why', applied[0]?.added[0] ?? '');
		expect(why.out).toMatch(
			/Replan 1 added it \(version 2 of the plan, decided by replan: auto\), because .* TASK-00\d\.\n/,
		);
		expect(why.out).toMatch(/ {4}\S+ \S+ {2}replan-applied/);
	});
});
