import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { summariseGates } from '../../src/core/run/summariseGate.ts';
import { EngineWorkspace } from '../support/engineWorkspace.ts';
import { waitFor } from '../support/waitFor.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
	// An agent that says what it did, and whose repairs leave a file that the performance validator looks for.
	ws.write('agent.sh', agentScript);
});

afterEach(() => ws.dispose());

const agentScript = `
prompt=$(cat)
echo "start $SWITCHYARD_TASK $SWITCHYARD_ATTEMPT $(date +%s%N)" >> "$SWITCHYARD_ROOT/log"
case "$SWITCHYARD_TASK" in
TASK-FIX*) echo "$prompt" > "$SWITCHYARD_ROOT/repair-prompt"; echo quick > "$SWITCHYARD_ROOT/api.txt" ;;
product-api) echo slow > "$SWITCHYARD_ROOT/api.txt" ;;
esac
echo '{"status": "complete", "cost_usd": 0.25}' > "$SWITCHYARD_OUT/report.json"
echo "end $SWITCHYARD_TASK $SWITCHYARD_ATTEMPT $(date +%s%N)" >> "$SWITCHYARD_ROOT/log"
`;

/** Fails until somebody has repaired, in the words of the verdict schema. */
const judgeScript = `
cat > /dev/null
echo "judge $SWITCHYARD_TASK $SWITCHYARD_ATTEMPT $(date +%s%N)" >> "$SWITCHYARD_ROOT/log"
if test -f "$SWITCHYARD_ROOT/repair-prompt"; then
echo '{"verdict": "PASS", "criteria": [{"criterion": "No secret is stored", "verdict": "PASS", "finding": "login.txt is clean", "gap": ""}]}'
else
echo '{"verdict": "FAIL", "criteria": [{"criterion": "No secret is stored", "verdict": "FAIL", "finding": "login.txt holds a password", "gap": "Take it out"}]}'
fi > "$SWITCHYARD_OUT/verdict.json"
`;

const shell = (line: string) => ({ run: ['sh', '-c', line] });
const noted = (line = 'true') =>
	shell(`echo "judge $SWITCHYARD_TASK $SWITCHYARD_ATTEMPT $(date +%s%N)" >> log; ${line}`);

/** Seed 000: two sprints, batches, an integration after each, four validators, and a deployment at the end. */
function ecommerce() {
	const ids = [
		...['testing-setup', 'database-schema', 'payment-config', 'auth-middleware'],
		...['product-api', 'product-api-tests', 'user-api', 'user-api-tests', 'order-api', 'order-api-tests'],
		...['shopping-cart', 'cart-tests', 'checkout-flow', 'checkout-tests'],
	];
	const needs: Record<string, string[]> = {
		'shopping-cart': ['product-api', 'user-api'],
		'checkout-flow': ['shopping-cart', 'order-api', 'payment-config'],
	};
	for (const id of ids.slice(4, 10)) {
		needs[id] = ['database-schema'];
	}
	const tasks = ids.map((id) => ({
		id,
		agent: 'engineer',
		dependencies: needs[id] ?? [],
		...(id === 'product-api' ? { touches: ['api.txt'] } : {}),
	}));
	const validation = {
		pm: noted(),
		test: noted(),
		performance: noted('grep -q quick api.txt || { echo "api.txt: products answer too slowly"; exit 1; }'),
		security: noted(),
	};
	const integration = { name: 'Integration', ...noted() };
	return ws.plan(tasks, {
		plan: { name: 'E-Commerce', strategy: 'batches', jobs: 4 },
		agents: { engineer: { run: ['sh', 'agent.sh'] } },
		sprints: [
			{ id: 'sprint-001', tasks: ids.slice(0, 10), integration, validation },
			{
				id: 'sprint-002',
				tasks: ids.slice(10),
				dependencies: ['sprint-001'],
				integration,
				validation,
				after: [{ name: 'deploy', ...noted() }],
			},
		],
	});
}

/** The same in small: one task a sprint, and the validator that finds it slow. */
function twoSprints() {
	const slow = noted('grep -q quick api.txt || exit 1');
	return ws.plan(
		[
			{ id: 'product-api', agent: 'engineer' },
			{ id: 'cart', agent: 'engineer' },
		],
		{
			agents: { engineer: { run: ['sh', 'agent.sh'] } },
			sprints: [
				{ id: 'sprint-001', track: 1, tasks: ['product-api'], validation: { performance: slow } },
				{ id: 'sprint-002', track: 1, tasks: ['cart'], validation: { pm: noted() } },
			],
		},
	);
}

const evidenceOf = (ids: readonly string[]) =>
	ids.flatMap((id) => [`implementation/${id}/EVIDENCE.md`, `implementation/${id}/results.json`]);
const reports = ['performance-report.md', 'pm-signoff.md', 'security-audit.md', 'test-results.md'];

describe('G1: the sprint pipeline of seeds 000 and 003', () => {
	test('batches, integration, four validators, a repair, everything again, then the next sprint and its deployment', async () => {
		const { code, out } = await ecommerce().cli('run');
		expect([code, out.split('\n').at(-2)]).toEqual([
			0,
			expect.stringContaining('14/14 completed, 4/4 gates passed'),
		]);
		const order = ws.log.filter(({ kind }) => kind !== 'start').map(({ task }) => task);
		const at = (id: string) => order.indexOf(id);
		const sprint = (slot: string) => at(`sprint-001:${slot}`);
		// Batch 2 begins after the integration of batch 1; the validators after that of the sprint.
		expect(at('auth-middleware')).toBeLessThan(sprint('batch-1:integration'));
		expect(sprint('batch-1:integration')).toBeLessThan(at('product-api'));
		expect(at('order-api-tests')).toBeLessThan(sprint('integration'));
		for (const slot of ['pm', 'test', 'performance', 'security']) {
			expect(sprint('integration')).toBeLessThan(sprint(slot));
			// Every verdict is there before anything is repaired, and all are given again.
			expect(sprint(slot)).toBeLessThan(at('TASK-FIX-sprint-001-1-1'));
			expect(sprint('integration@2')).toBeLessThan(sprint(`${slot}@2`));
			expect(sprint(`${slot}@2`)).toBeLessThan(at('shopping-cart'));
		}
		expect(at('sprint-002:security')).toBeLessThan(at('sprint-002:deploy'));
		expect(new Set(order).size).toBe(order.length);

		const [milestone = ''] = readdirSync(join(ws.root, '.work/milestones'));
		expect(milestone).toMatch(/^\d{8}-e-commerce$/);
		const base = `.work/milestones/${milestone}`;
		const found = ws
			.filesBelow(`${base}/sprint-001`)
			.map((file) => file.replace(/-name-of-[^/]+|-repair-[^/]+/, ''));
		expect(found.sort()).toEqual(
			[
				...['fixes/cycle-1/summary.md', 'fixes/cycle-1/tasks.md'],
				...['EVIDENCE.md', 'results.json'].map(
					(name) => `fixes/cycle-1/evidence/TASK-FIX-sprint-001-1-1/${name}`,
				),
				...evidenceOf(['testing-setup', 'database-schema', 'payment-config', 'auth-middleware']),
				...evidenceOf(['product-api', 'product-api-tests', 'user-api', 'user-api-tests']),
				...evidenceOf(['order-api', 'order-api-tests']),
				...['integration/INTEGRATION-REPORT.md', 'integration/results.json'],
				...reports.flatMap((name) => [`validation/${name}`, `validation-2/${name}`]),
			].sort(),
		);
		expect(readdirSync(join(ws.root, base)).sort()).toEqual([
			'EXECUTION-SUMMARY.md',
			'sprint-001',
			'sprint-002',
		]);

		const report = ws.read(`${base}/sprint-001/integration/INTEGRATION-REPORT.md`);
		expect(report).toContain('## Integration of batch 1 of sprint-001\n');
		expect(report).toContain('## Integration, cycle 2\n');
		expect(ws.read(`${base}/sprint-001/validation/performance-report.md`)).toContain('| Verdict | FAIL |');
		expect(ws.read(`${base}/sprint-001/validation-2/performance-report.md`)).toContain('| Verdict | PASS |');
		expect(ws.read(`${base}/sprint-001/fixes/cycle-1/summary.md`)).toContain(
			'Result: **everything passed**.',
		);
		expect(ws.read('repair-prompt')).toContain('It printed: api.txt: products answer too slowly');
		// The engine, not the agent, says whose repair it is: the task that touches the file.
		expect(ws.read(`${base}/sprint-001/fixes/cycle-1/tasks.md`)).toContain('repair product-api');
	});

	test('--dry-run shows the commands of gates, and what nobody configured', async () => {
		ws.plan([{ id: 'A' }], {
			gates: [{ name: 'lint', at: 'sprint', checks: [{ run: ['npm', 'run', 'lint'] }], advisory: true }],
			sprints: [
				{
					id: 'S1',
					tasks: ['A'],
					integration: { run: ['make', 'all'], verify: [{ run: ['npm', 'test'] }] },
					validation: { pm: { run: ['npm', 'run', 'stories'] }, security: null },
					after: { name: 'deploy', run: ['npm', 'run', 'deploy'] },
				},
			],
		});
		const { code, out } = await ws.cli('run', '--dry-run');
		expect(code).toBe(0);
		expect(out.slice(out.indexOf('Gate')).trimEnd().split('\n')).toEqual([
			...['Gate of S1', '  after   A', '  merge   make all', '  verify  npm test'],
			...['  judge   npm run lint (advice)', '  judge   npm run stories', '  then    npm run deploy'],
			...['  judge   security: not configured', '  repair  none: no agent works here'],
		]);
	});

	test('a validator that never passes: three cycles, then exit 3 and a person, and the next sprint stays closed', async () => {
		ws.write('agent.sh', agentScript.replace('echo quick', 'echo slow'));
		const { code, out } = await twoSprints().cli('run', 'all');
		expect(code).toBe(3);
		expect(out).toContain('3 cycles of repairs did not help');
		expect(ws.log.filter(({ task }) => task.startsWith('TASK-FIX') && task.endsWith('-1'))).toHaveLength(6);
		const status = await ws.cli('status', '--json');
		expect(status.code).toBe(3);
		expect(JSON.parse(status.out)).toMatchObject({
			tasks: { cart: { status: 'blocked' } },
			gates: {
				'sprint-001:gate': { status: 'failed', cycle: 4, units: {} },
				'sprint-002:gate': { status: 'blocked' },
			},
		});
		// A person repairs it by hand and runs it again: all is judged once more, without another repair.
		ws.write('api.txt', 'quick');
		const again = await ws.cli('run', 'all');
		expect(again.code).toBe(0);
		expect(ws.log.filter(({ task }) => task.startsWith('TASK-FIX-sprint-001-4'))).toEqual([]);
		const table = await ws.table();
		expect(summariseGates(table).map(({ status: gate, cycle }) => `${gate} ${cycle}`)).toEqual([
			'passed 5',
			'passed 1',
		]);
	});

	test('D3: an engine that is killed while validators run loses no verdict, and none is given twice', async () => {
		const slow = noted('sleep 0.6');
		ws.plan([{ id: 'A' }, { id: 'B', dependencies: ['A'] }], {
			sprints: [
				{ id: 'S1', track: 1, tasks: ['A'], validation: { pm: slow, test: slow, security: slow } },
				{ id: 'S2', track: 1, tasks: ['B'] },
			],
		});
		const first = ws.start('run');
		await waitFor('three validators', () => ws.log.filter(({ kind }) => kind === 'judge').length === 3);
		first.kill('SIGKILL');
		await first.ended;
		const { code } = await ws.cli('run');
		expect(code).toBe(0);
		expect(
			ws.log
				.filter(({ kind }) => kind === 'judge')
				.map(({ task }) => task)
				.sort(),
		).toEqual(['S1:pm', 'S1:security', 'S1:test']);
		expect(ws.count('end')).toEqual({ A: 1, B: 1 });
		expect(ws.orphans).toEqual([]);
	});

	test('G3: an agent that judges has attempts of its own; what it finds is repaired, and no answer is no pass', async () => {
		ws.write('judge.sh', judgeScript);
		ws.plan([{ id: 'login', agent: 'engineer', touches: ['login.txt'] }], {
			agents: { engineer: { run: ['sh', 'agent.sh'] }, reviewer: { run: ['sh', 'judge.sh'] } },
			sprints: [
				{
					id: 'S1',
					tasks: ['login'],
					max_fix_cycles: 1,
					validation: {
						security: { agent: 'reviewer', persona: 'security-engineer', criteria: ['No secret is stored'] },
					},
				},
			],
		});
		expect((await ws.cli('run')).code).toBe(0);
		expect(ws.log.filter(({ kind }) => kind === 'judge').map(({ task }) => task)).toEqual([
			'S1:security',
			'S1:security@2',
		]);
		expect(ws.read('repair-prompt')).toContain('login.txt holds a password');
		const table = await ws.table();
		expect(table.tasks.get('S1:security')?.status).toBe('failed');
		// What was judged by name is told by name, also where it is met.
		const [milestone = ''] = readdirSync(join(ws.root, '.work/milestones'));
		const audit = (cycle: string) =>
			ws.read(`.work/milestones/${milestone}/s1/validation${cycle}/security-audit.md`);
		expect(audit('')).toContain(
			'| No secret is stored | FAIL | login.txt holds a password Take it out | check 1 |',
		);
		expect(audit('-2')).toContain('| No secret is stored | PASS | login.txt is clean | check 1 |');
		// A validator that says nothing has not passed anything.
		ws.write('judge.sh', 'cat > /dev/null; echo "all good, PASS"');
		const { code, out } = await ws.cli('run', '--new');
		expect([code, out]).toEqual([
			3,
			expect.stringContaining('Gate of S1 did not pass: Security audit of S1.'),
		]);
	});

	test('S2: a person who judges at a gate is asked while others judge; no is repaired, yes opens the next sprint', async () => {
		ws.plan(
			[
				{ id: 'product-api', agent: 'engineer' },
				{ id: 'cart', agent: 'engineer' },
			],
			{
				agents: { engineer: { run: ['sh', 'agent.sh'] } },
				sprints: [
					{
						id: 'S1',
						track: 1,
						tasks: ['product-api'],
						validation: { pm: { approve: 'the stories of the sprint' }, test: noted() },
					},
					{ id: 'S2', track: 1, tasks: ['cart'] },
				],
			},
		);
		const first = await ws.cli('run');
		expect([first.code, first.out]).toEqual([
			3,
			expect.stringContaining('Waits for your approval: the stories of the sprint.'),
		]);
		expect(ws.log.map(({ kind, task }) => `${kind} ${task}`)).toEqual([
			...['start product-api', 'end product-api', 'judge S1:test'],
		]);
		expect((await ws.cli('reject', 'S1:pm', '--reason', 'Prices are missing')).code).toBe(0);
		const second = await ws.cli('run');
		expect([second.code, ws.read('repair-prompt')]).toEqual([
			3,
			expect.stringMatching(/PM sign-off of S1: Rejected by [^:]+: Prices are missing/),
		]);
		// Everybody judges the repair, also the one who was content before.
		expect(ws.log.filter(({ kind }) => kind === 'judge').map(({ task }) => task)).toEqual([
			...['S1:test', 'S1:test@2'],
		]);
		expect((await ws.cli('approve', 'S1:pm@2')).code).toBe(0);
		expect((await ws.cli('run')).code).toBe(0);
		expect(ws.count('end')).toEqual({ 'product-api': 1, 'TASK-FIX-S1-1-1': 1, cart: 1 });
		const [milestone = ''] = readdirSync(join(ws.root, '.work/milestones'));
		const report = (cycle: string) =>
			ws.read(`.work/milestones/${milestone}/s1/validation${cycle}/pm-signoff.md`);
		expect(report('')).toContain('| Verdict | FAIL |');
		expect(report('-2')).toContain('| Verdict | PASS |');
	});

	test('the older layout of seed 003: three streams of one sprint, their integration, no date', async () => {
		const tasks = ['auth-implementation', 'auth-tests', 'auth-security'].map((id) => ({ id, name: id }));
		ws.plan(tasks, {
			plan: { name: 'Auth', evidence_layout: 'sprints' },
			sprints: [{ id: 'SPRINT-001', tasks: tasks.map(({ id }) => id), integration: noted() }],
		});
		expect((await ws.cli('run')).code).toBe(0);
		expect(ws.filesBelow('.work/sprints')).toEqual(
			[
				'EXECUTION-SUMMARY.md',
				...evidenceOf(tasks.map(({ id }) => id)).map((file) => `sprint-001/${file}`),
				'sprint-001/integration/INTEGRATION-REPORT.md',
				'sprint-001/integration/results.json',
			].sort(),
		);
		const streams = ws.log.filter(({ kind }) => kind === 'start').map(({ task }) => task);
		expect(streams.sort()).toEqual(['auth-implementation', 'auth-security', 'auth-tests']);
	});
});
