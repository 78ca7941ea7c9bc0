import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EngineWorkspace } from '../support/engineWorkspace.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
	ws.write('other.sh', 'echo "other $SWITCHYARD_TASK" >> told\n');
});

afterEach(() => ws.dispose());

const other = { run: ['sh', 'other.sh'] };
const told = () => ws.read('told').trim().split('\n');
const outcomes = async (id: string) =>
	(await ws.table()).tasks.get(id)?.attempts.map(({ agent, outcome }) => `${agent} ${outcome}`);

describe('T3: the fallback of an agent', () => {
	test('takes over at once where its program is missing, in all of its tasks, and `why` says so', async () => {
		const agents = { ghost: { run: ['./not-there', '-p'], fallback: 'other' }, other };
		const tasks = ['A', 'B'].map((id) => ({
			id,
			agent: 'ghost',
			prompt: 'x',
			dependencies: id === 'B' ? ['A'] : [],
		}));
		// A wait before another try would show: there is none.
		const plan = { defaults: { backoff_seconds: 600 } };
		const { code } = await ws.plan(tasks, { agents, plan }).cli('run');
		expect([code, told()]).toEqual([0, ['other A', 'other B']]);
		expect([await outcomes('A'), await outcomes('B')]).toEqual([
			['ghost infrastructure', 'other ok'],
			['other ok'],
		]);
		const why = (await ws.cli('why', 'B')).out;
		expect(why).toContain('other works on attempt 1 in place of ghost, which could not work: ./not-there -p');
		expect(why).toContain('attempt-ended');
	});

	test('takes over after three new tries where something around it fails', async () => {
		ws.write('cut.sh', 'echo try >> tries; echo "ECONNREFUSED 127.0.0.1:443"; exit 1\n');
		const agents = { cut: { run: ['sh', 'cut.sh'], fallback: 'other' }, other };
		const plan = { defaults: { backoff_seconds: 0.01 } };
		const { code } = await ws.plan([{ id: 'A', agent: 'cut', prompt: 'x' }], { agents, plan }).cli('run');
		expect([code, told(), ws.read('tries').trim().split('\n')]).toEqual([
			0,
			['other A'],
			Array(4).fill('try'),
		]);
	});

	test('judges where who was meant to judge is missing, and the work is not done again', async () => {
		const criteria = ['It adds up'];
		const verdict = {
			verdict: 'PASS',
			criteria: [{ criterion: criteria[0], verdict: 'PASS', finding: 'yes' }],
		};
		ws.write('verdict.json', JSON.stringify(verdict));
		ws.write('judge.sh', 'cat verdict.json > "$SWITCHYARD_OUT/verdict.json"; echo judged >> told\n');
		const agents = { ghost: { run: ['./not-there'], fallback: 'judge' }, judge: { run: ['sh', 'judge.sh'] } };
		const check = { agent: 'ghost', persona: 'requirements-validator', criteria };
		const task = { id: 'A', run: ['sh', '-c', 'echo worked >> told'], verify: [check] };
		const { code } = await ws.plan([task], { agents }).cli('run');
		expect([code, told()]).toEqual([0, ['worked', 'judged']]);
	});

	test('where the last one is missing as well, the task fails and says what was looked for', async () => {
		const agents = { ghost: { run: ['./not-there'], fallback: 'spirit' }, spirit: { run: ['./nor-this'] } };
		const plan = { defaults: { backoff_seconds: 0.01 } };
		const { code, out } = await ws
			.plan([{ id: 'A', agent: 'ghost', prompt: 'x' }], { agents, plan })
			.cli('run');
		expect([code, out]).toEqual([1, expect.stringContaining('./nor-this')]);
	});
});
