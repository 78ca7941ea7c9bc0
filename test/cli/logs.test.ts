import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EngineWorkspace } from '../support/engineWorkspace.ts';
import { waitFor } from '../support/waitFor.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

const says = (text: string, exit = 0) => ({ run: ['sh', '-c', `echo "${text}"; exit ${exit}`] });

describe('switchyard logs', () => {
	test('shows what work, steps and checks printed, each under its heading, and how the attempt ended', async () => {
		const steps = [
			{ name: 'design', ...says('a design'), verify: [says('the design is sound')] },
			{ name: 'build', ...says('a building') },
		];
		await ws.plan([{ id: 'A', steps, verify: [says('it stands')] }]).cli('run');
		const { code, out } = await ws.cli('logs', 'A');
		expect(code).toBe(0);
		const lines = out.split('\n').filter((line) => line !== '');
		expect(lines.map((line) => line.replace(/ · \d.*| \$ .*/, ''))).toEqual([
			'A Name of A: design',
			expect.stringMatching(/^\$ sh -c/),
			'Step 1 Name of A: design',
			'a design',
			'Check 1 of step 1',
			'the design is sound',
			'✔ passed · exit 0',
			'Step 2 Name of A: build',
			'a building',
			'Check 1 of 1',
			'it stands',
			'✔ passed · exit 0',
			'✔ completed · exit 0',
		]);
	});

	test('shows an earlier attempt, and ends as that ended', async () => {
		ws.plan([
			{
				id: 'A',
				run: ['sh', '-c', 'echo "try $SWITCHYARD_ATTEMPT"; test $SWITCHYARD_ATTEMPT = 2'],
				retries: 1,
			},
		]);
		await ws.cli('run');
		expect(await ws.cli('logs', 'A')).toMatchObject({ code: 0, out: expect.stringContaining('try 2') });
		const first = await ws.cli('logs', 'A', '--attempt', '1');
		expect(first).toMatchObject({ code: 1, out: expect.stringContaining('try 1') });
		expect((await ws.cli('logs', 'A', '--attempt', '3')).err).toContain('A has 2 attempts.');
		expect((await ws.cli('logs', 'B')).err).toContain('has no task B. It has: A.');
	});

	test('follows an attempt while it runs', async () => {
		ws.plan([
			{ id: 'A', run: ['sh', '-c', 'echo waiting; until test -f go; do sleep 0.05; done; echo gone'] },
		]);
		const run = ws.start('run');
		const status = async () => (await ws.runLog())?.fold.table?.tasks.get('A')?.status;
		await waitFor('A runs', async () => (await status()) === 'running');
		const logs = ws.start('logs', 'A');
		await waitFor('its words', () => logs.out.includes('waiting'));
		ws.write('go', '');
		expect(await logs.ended).toMatchObject({ code: 0, out: expect.stringContaining('gone') });
		await run.ended;
	});

	test('takes lines with secrets out, also with those that only an agent was given', async () => {
		ws.write('bot.sh', 'echo "I have $BOT_API_KEY"; printf "and %s" "$API_TOKEN"\n');
		const agents = { bot: { run: ['sh', 'bot.sh'], env: { BOT_API_KEY: 'planted-in-agent' } } };
		const task = { id: 'A', agent: 'bot', prompt: 'x', env: { API_TOKEN: 'planted-in-task' } };
		await ws.plan([task], { agents }).cli('run');
		const { out } = await ws.cli('logs', 'A');
		expect(out).not.toMatch(/planted/);
		expect(out.match(/line redacted/g)).toHaveLength(2);
	});
});
