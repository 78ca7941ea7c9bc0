import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { waitFor } from '../support/waitFor.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

/** An agent that says what it cost, where it says so, and whose work is to name itself. */
function agents() {
	ws.write(
		'bot.sh',
		`echo "$SWITCHYARD_TASK" >> worked
case "$(cat)" in *silent*) ;; *) echo '{"status": "done", "cost_usd": 4}' > "$SWITCHYARD_OUT/report.json";; esac
`,
	);
	return { bot: { run: ['sh', 'bot.sh'] } };
}

const bot = (id: string, more: object = {}) => ({ id, agent: 'bot', prompt: 'work', ...more });
const worked = () => (ws.exists('worked') ? ws.read('worked').trim().split('\n') : []);

describe('the budget of a run', () => {
	test('stops agents and nothing else, asks once with exit code 3, and goes on when a person says so', async () => {
		const chain = [
			bot('A'),
			...['B', 'C', 'D'].map((id, index) => bot(id, { dependencies: ['ABC'[index]] })),
		];
		const tasks = [...chain, { id: 'E', run: work(0.05) }];
		ws.plan(tasks, { agents: agents(), plan: { jobs: 1, budget: 8 } });
		const { code, out } = await ws.cli('run');
		expect([code, worked()]).toEqual([3, ['A', 'B']]);
		expect(out).toContain('Agents cost $8.00 of $8.00.');
		expect(out.match(/needs you: The budget of this run is spent: \$8\.00 of \$8\.00\./g)).toHaveLength(1);
		expect(out).toContain('3/5 completed, 2 waiting for a person');

		const status = await ws.cli('status');
		expect(status.code).toBe(3);
		expect(status.out).toContain('switchyard budget --continue');
		expect(status.out).not.toContain('switchyard run');
		const object = JSON.parse((await ws.cli('status', '--json')).out);
		expect(object).toMatchObject({
			state: 'idle',
			cost: { knownUsd: 8, unknown: 0, limitUsd: 8 },
			questions: [{ kind: 'budget', tasks: ['C'], onceUsd: 16 }],
		});
		expect((await ws.cli('why', 'C')).out).toContain('the budget of the run is spent: $8.00 of $8.00');

		// To run again changes nothing; a person has to say that it may cost more.
		expect([(await ws.cli('run')).code, worked()]).toEqual([3, ['A', 'B']]);
		expect((await ws.cli('budget', '--continue')).out).toContain('The run may spend $16.00.');
		expect((await ws.cli('run', '--resume')).code).toBe(0);
		expect(worked()).toEqual(['A', 'B', 'C', 'D']);
		expect((await ws.cli('budget')).out).toBe('Agents cost $16.00 of $16.00.\n');
		const summary = ws.filesBelow('.work').find((file) => file.endsWith('EXECUTION-SUMMARY.md')) ?? '';
		expect(ws.read(`.work/${summary}`)).toContain('**Budget**: $16.00 of $16.00');
	});

	test('a plan that is saved with a higher budget, and `run --budget`, let a run go on', async () => {
		const tasks = [bot('A'), bot('B'), bot('C')];
		const plan = (budget: number) => ws.plan(tasks, { agents: agents(), plan: { jobs: 1, budget } });
		expect([(await plan(4).cli('run')).code, worked()]).toEqual([3, ['A']]);
		expect([(await plan(8).cli('run')).code, worked()]).toEqual([3, ['A', 'B']]);
		expect([(await ws.cli('run', '--budget', '$20')).code, worked()]).toEqual([0, ['A', 'B', 'C']]);
		expect((await ws.cli('run', '--budget', 'much')).code).toBe(2);
	});

	test('holds for all engines of a run, and one that waits for its agents ends when nobody else works', async () => {
		const tasks = [bot('A'), bot('B', { dependencies: ['A'] }), { id: 'C', run: work(1) }];
		ws.plan(tasks, { agents: agents(), plan: { budget: 1 } });
		const first = ws.start('run', '--task', 'C');
		await waitFor('C runs', () => ws.log.some(({ task }) => task === 'C'));
		const second = await ws.cli('run');
		expect([second.code, worked(), (await first.ended).code]).toEqual([3, ['A'], 0]);
		expect((await ws.statuses())['C']).toBe('completed');
	});

	test('agents that do not say what they cost are counted as unknown, and not as nothing', async () => {
		const tasks = [bot('A', { prompt: 'silent' }), bot('B')];
		const { code, out } = await ws.plan(tasks, { agents: agents(), plan: { budget: 10 } }).cli('run');
		expect(code).toBe(0);
		expect(out).toContain(
			'Agents cost at least $4.00 of $10.00, and 1 job of an agent did not say what they cost.',
		);
	});
});
