import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EngineWorkspace } from '../support/engineWorkspace.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

/** A judge in a few lines of shell, which notes its name each time. `pass` is its verdict. */
function judge(name: string, script: string): { readonly run: string[] } {
	ws.write(
		`${name}.sh`,
		`echo ${name} >> judged\npass() { cat verdict.json > "$SWITCHYARD_OUT/verdict.json"; }\n${script}\n`,
	);
	return { run: ['sh', `${name}.sh`] };
}

const judged = () => ws.read('judged').trim().split('\n');

const criteria = ['The cart adds up'];
const verdict = {
	verdict: 'PASS',
	criteria: [{ criterion: criteria[0], verdict: 'PASS', finding: 'it does' }],
};

describe('T3: one that judges meets what is not its fault', () => {
	beforeEach(() => {
		ws.write('verdict.json', JSON.stringify(verdict));
	});

	const check = { agent: 'first', persona: 'requirements-validator', criteria };
	const task = { id: 'A', run: ['sh', '-c', 'echo worked >> worked'], verify: [{ run: ['true'] }, check] };
	const limit = 'echo "Usage limit reached. Try again in 2 seconds"; exit 1';

	test('its usage limit: the work is not done again, what passed stays, other work goes on, then it judges', async () => {
		const first = judge('first', `test -f other.done && { pass; exit 0; }\n${limit}`);
		const other = { id: 'B', run: ['sh', '-c', 'test -f judged && touch other.done'], dependencies: [] };
		const slow = { id: 'C', run: ['sh', '-c', 'while ! test -f judged; do sleep 0.05; done'] };
		const tasks = [task, slow, { ...other, dependencies: ['C'] }];
		const { code, out } = await ws.plan(tasks, { agents: { first }, plan: { jobs: 2 } }).cli('run');
		expect([code, out]).toEqual([0, expect.stringContaining('3/3 completed')]);
		expect(judged()).toEqual(['first', 'first']);
		expect(ws.read('worked')).toBe('worked\n');
		const state = (await ws.table()).tasks.get('A');
		expect(state).toMatchObject({ status: 'completed', validation: 'checks', used: 1 });
		expect(state?.attempts).toMatchObject([{ iteration: 1, checks: [{ passed: true }, { passed: true }] }]);
	});

	test('its usage limit, and another one is named: that one judges at once, by the same words', async () => {
		const first = { ...judge('first', limit), fallback: 'second' };
		const second = judge('second', 'pass');
		const { code } = await ws.plan([task], { agents: { first, second } }).cli('run');
		expect(code).toBe(0);
		expect(judged()).toEqual(['first', 'second']);
	});

	test('its line is cut: three more tries, later each time; then it has not judged, and the task fails', async () => {
		const first = judge('first', 'echo "connect ECONNREFUSED"; exit 1');
		const plan = { defaults: { backoff_seconds: 0.01 } };
		const { code, out } = await ws.plan([task], { agents: { first }, plan }).cli('run');
		expect([code, out]).toEqual([1, expect.stringContaining('requirements-validator did not judge')]);
		expect(judged()).toHaveLength(4);
		expect(ws.read('worked')).toBe('worked\n');
	});

	test('at a gate: no repair is asked for, and nothing that passed is judged again (G1)', async () => {
		const first = judge('first', `test -f once && { pass; exit 0; }\ntouch once\n${limit}`);
		const validation = { test: { run: ['sh', '-c', 'echo counted >> counted'] }, pm: check };
		const sprints = [{ id: 'SPRINT-001', tasks: ['A'], validation }];
		const { code, out } = await ws
			.plan([{ id: 'A', run: ['true'] }], { agents: { first }, sprints })
			.cli('run');
		expect([code, out]).toEqual([0, expect.stringContaining('1/1 gates passed')]);
		expect(judged()).toEqual(['first', 'first']);
		expect(ws.read('counted')).toBe('counted\n');
		expect((await ws.table()).cycles).toEqual([]);
	});
});
