import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { stateFiles } from '../support/expectedState.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

/** An agent that repeats its prompt, its arguments and what the engine told it, and reports. */
const agentScript = `
const { readFileSync, writeFileSync } = require('node:fs');
const prompt = readFileSync(0, 'utf8');
const names = ['ROOT', 'RUN', 'TASK', 'ATTEMPT', 'OUT'].map((name) => 'SWITCHYARD_' + name);
const told = Object.fromEntries(names.map((name) => [name, process.env[name]]));
writeFileSync('agent.json', JSON.stringify({ prompt, args: process.argv.slice(2), told, mine: process.env.MINE }));
writeFileSync(process.env.SWITCHYARD_OUT + '/report.json', JSON.stringify({
	status: 'done', results: ['the cart adds up'], discoveries: ['tax is missing'],
}));
console.log('I am the agent');
`;

/** All files below a folder of the workspace, relative to it. */
function filesIn(path: string): string[] {
	return readdirSync(join(ws.root, path), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(join(ws.root, path).length + 1))
		.sort();
}

function evidence(task: string): { readonly markdown: string; readonly results: Record<string, unknown> } {
	const folder = filesIn('.work').find((file) => file.includes(`/${task}-`) && file.endsWith('EVIDENCE.md'));
	const place = join('.work', (folder ?? '').replace(/EVIDENCE\.md$/, ''));
	return {
		markdown: ws.read(join(place, 'EVIDENCE.md')),
		results: JSON.parse(ws.read(join(place, 'results.json'))) as Record<string, unknown>,
	};
}

describe('T6 and T7: agents', () => {
	test('any program is one: prompt on stdin, SWITCHYARD_* in its environment, its report in the evidence', async () => {
		ws.write('agent.cjs', agentScript);
		ws.write('prompts/cart.md', 'Make the cart.\nSecond line.\n');
		const { code, out } = await ws
			.plan(
				[
					{ id: 'CART', agent: 'mine', prompt: { file: 'prompts/cart.md' } },
					{
						id: 'DONE',
						agent: 'mine',
						prompt: 'Check it',
						dependencies: ['CART'],
						verify: [{ run: ['test', '-f', 'agent.json'] }],
					},
				],
				{ agents: { mine: { run: ['node', 'agent.cjs', '--flag', 'two words'], env: { MINE: 'yes' } } } },
			)
			.cli('run', '--task', 'CART');
		expect([code, out]).toEqual([0, expect.stringContaining('(unverified: it has no check)')]);
		const said = JSON.parse(ws.read('agent.json')) as Record<string, Record<string, string>>;
		expect(said).toMatchObject({
			prompt: 'Make the cart.\nSecond line.\n',
			args: ['--flag', 'two words'],
			mine: 'yes',
			told: { SWITCHYARD_ROOT: ws.root, SWITCHYARD_TASK: 'CART', SWITCHYARD_ATTEMPT: '1' },
		});
		expect(said['told']?.['SWITCHYARD_OUT']).toContain(
			`${ws.root}/.switchyard/runs/${said['told']?.['SWITCHYARD_RUN']}/`,
		);
		const { markdown, results } = evidence('CART');
		expect(markdown).toContain('the cart adds up');
		expect(markdown).toContain('tax is missing');
		expect(markdown).toContain('I am the agent');
		expect(results).toMatchObject({ validation: 'none' });
		const checked = await ws.cli('run');
		expect([checked.code, (await ws.table()).tasks.get('DONE')?.validation]).toEqual([0, 'checks']);
	});

	test('agents of the settings come in a file; one that nobody declared is refused before anything runs', async () => {
		ws.write('agent.cjs', agentScript).write(
			'agents.json',
			JSON.stringify({ robot: { run: ['node', 'agent.cjs'] } }),
		);
		ws.plan([{ id: 'A', agent: 'robot', prompt: 'go' }]);
		const refused = await ws.cli('run');
		expect(refused.code).toBe(1);
		expect(refused.err).toMatch(/demo\.plan\.yaml:3:\d+ error SY\d+ .*robot/);
		expect((await ws.cli('run', '--agents-file', 'agents.json')).code).toBe(0);
		expect(JSON.parse(ws.read('agent.json'))).toMatchObject({ prompt: 'go' });
	});

	test('T7: a run inside a task is refused', async () => {
		ws.env['NODE'] = process.execPath;
		const cli = resolve(import.meta.dirname, '../../dist/cli.js');
		const run = [
			'sh',
			'-c',
			`"$NODE" ${process.env['SWITCHYARD_DIST'] ?? resolve(cli, '..')}/cli.js run > inner.txt 2>&1; echo $? >> inner.txt`,
		];
		expect((await ws.plan([{ id: 'A', run }]).cli('run')).code).toBe(0);
		expect(ws.read('inner.txt')).toBe(
			'switchyard: This is a task of a run: it cannot start a run itself (T7). Use another terminal.\n2\n',
		);
	});

	test('S4: agents share the machine’s slots, over all runs, and an engine waits for one', async () => {
		ws.write('agent.cjs', `${agentScript}; setTimeout(() => {}, 600);`);
		const agents = { mine: { run: ['sh', '-c', 'cat > /dev/null; sh work.sh 0.4'], shell: false } };
		ws.plan(
			['A', 'B', 'C'].map((id) => ({ id, agent: 'mine', prompt: 'x' })),
			{ agents },
		);
		const other = new EngineWorkspace();
		try {
			other.env = ws.env;
			other.plan([{ id: 'X', agent: 'mine', prompt: 'x' }], { agents });
			const first = ws.start('run', '--agent-limit', '1');
			await ws.waitForLog('start', 'A');
			const second = await other.cli('run', '--agent-limit', '1');
			expect([second.code, other.count('end'), (await first.ended).code]).toEqual([0, { X: 1 }, 0]);
			const times = [...ws.log, ...other.log].sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ kind }) => kind);
			expect(times).toEqual(['start', 'end', 'start', 'end', 'start', 'end', 'start', 'end']);
		} finally {
			other.dispose();
		}
	});
});

describe('FORMATS 2: what a run leaves', () => {
	test('the folder form: state file with exactly these keys, equal to the fold; journal and attempts private', async () => {
		ws.write('docs/planning/PROJECT_PRD.yaml', 'project: {name: Shop}\n');
		ws.write('docs/planning/tasks/TASK-001.yaml', 'id: TASK-001\nname: One\nrun: [sh, work.sh, "0.05"]\n');
		ws.write(
			'docs/planning/tasks/TASK-002.yaml',
			'id: TASK-002\nname: Two\ndependencies: [TASK-001]\nrun: [sh, work.sh, "0"]\n',
		);
		ws.write(
			'docs/sprints/SPRINT-001-01.yaml',
			'id: SPRINT-001-01\nname: S\ntrack: 1\nsprint_number: 1\ntasks: [TASK-001, TASK-002]\n',
		);
		expect((await ws.cli('run')).code).toBe(0);
		const { found, folded } = await stateFiles(ws);
		expect(found).toBe(folded);
		const state = parse(found) as Record<string, Record<string, unknown>>;
		expect(Object.keys(state)).toEqual([
			...['version', 'type', 'created_at', 'updated_at', 'parallel_tracks'],
			...['tasks', 'sprints', 'current_execution', 'statistics'],
		]);
		expect(state['tasks']?.['TASK-001']).toMatchObject({
			status: 'completed',
			track: 1,
			tier_used: 'T1',
			iterations: 1,
		});
		expect(statSync(join(ws.root, '.switchyard')).mode & 0o777).toBe(0o700);
		expect(ws.read('.switchyard/.gitignore')).toBe('*\n');
		const [run = ''] = readdirSync(join(ws.root, '.switchyard/runs'));
		const attempt = filesIn(`.switchyard/runs/${run}/attempts/TASK-001/1`);
		expect(attempt).toEqual(expect.arrayContaining(['output.log', 'result.json', 'spec.json', 'start']));
		expect(statSync(join(ws.root, `.switchyard/runs/${run}/journal.jsonl`)).mode & 0o777).toBe(0o600);
	});

	test('evidence of a finished and of a failed task, with its commands, outputs and files', async () => {
		const { code } = await ws
			.plan([
				{
					id: 'A',
					run: ['sh', '-c', 'echo made; echo content > made.txt'],
					produces: ['made.txt'],
					acceptance_criteria: ['made.txt is there'],
					verify: [{ run: ['cat', 'made.txt'] }],
				},
				{ id: 'B', run: ['sh', '-c', 'echo it broke >&2; exit 9'], retries: 1 },
			])
			.cli('run');
		expect(code).toBe(1);
		const good = evidence('A');
		for (const text of ['echo content > made.txt', 'cat made.txt', 'content', 'made.txt is there']) {
			expect(good.markdown).toContain(text);
		}
		expect(good.results).toMatchObject({ status: 'completed', validation: 'checks' });
		const bad = evidence('B');
		expect(bad.markdown.match(/it broke/g)?.length).toBeGreaterThanOrEqual(2);
		expect(bad.results).toMatchObject({ status: 'failed' });
		const table = await ws.table();
		expect(
			[...table.tasks.values()].map((state) => ws.exists(join(state.evidence ?? 'x', 'EVIDENCE.md'))),
		).toEqual([true, true]);
		expect(readdirSync(join(ws.root, '.switchyard/tmp'))).toEqual([]);
	});

	test('secrets of the environment never leave .switchyard', async () => {
		const token = 'ghp_0123456789abcdefghijABCDEFGHIJ456789';
		ws.env['DEPLOY_TOKEN'] = 's3cret-of-this-machine';
		const run = [
			'sh',
			'-c',
			`echo "token $DEPLOY_TOKEN and ${token}"; echo "$API_PASSWORD" | tee out.txt; exit 1`,
		];
		const { out } = await ws
			.plan([
				{ id: 'A', run, env: { API_PASSWORD: 'hunter2-hunter2' }, verify: [{ run: ['cat', 'out.txt'] }] },
			])
			.cli('run', '--json');
		const texts = [out, ...filesIn('.work').map((file) => ws.read(join('.work', file)))];
		for (const secret of ['s3cret-of-this-machine', token, 'hunter2-hunter2']) {
			expect(texts.filter((text) => text.includes(secret))).toEqual([]);
		}
		expect(texts.length).toBeGreaterThan(2);
	});

	test('a retried task’s evidence tells every attempt; a task run again writes it anew', async () => {
		const run = ['sh', '-c', 'echo "try $SWITCHYARD_ATTEMPT"; test -f fixed'];
		ws.plan([{ id: 'A', run, retries: 1 }]);
		expect((await ws.cli('run')).code).toBe(1);
		expect(evidence('A').results).toMatchObject({ status: 'failed' });
		ws.write('fixed', '');
		expect((await ws.cli('run')).code).toBe(0);
		expect(evidence('A').results).toMatchObject({ status: 'completed' });
		for (const attempt of [1, 2, 3]) {
			expect(evidence('A').markdown).toContain(`try ${attempt}`);
		}
	});
});

describe('FORMATS 2.1: the state file is never the truth', () => {
	const state = '.switchyard/state/demo.yaml';

	test('deleted or edited by hand, it is rebuilt from the journal', async () => {
		ws.plan([{ id: 'A' }, { id: 'B', dependencies: ['A'] }]);
		expect((await ws.cli('run')).code).toBe(0);
		const before = ws.read(state);
		rmSync(join(ws.root, state));
		expect((await ws.cli('run')).code).toBe(0);
		expect(withoutTime(ws.read(state))).toBe(withoutTime(before));
		ws.write(state, before.replaceAll('completed', 'pending'));
		expect((await ws.cli('run')).out).toContain('Nothing to do');
		expect(withoutTime(ws.read(state))).toBe(withoutTime(before));
		expect(ws.count('start')).toEqual({ A: 1, B: 1 });
	});

	test('broken, it is kept as .backup and written anew', async () => {
		ws.plan([{ id: 'A' }]);
		await ws.cli('run');
		ws.write(state, 'tasks: {A: [unclosed\n  x');
		const { code, err } = await ws.cli('run');
		expect([code, err]).toEqual([0, expect.stringContaining('demo.yaml.backup')]);
		expect(ws.read(`${state}.backup`)).toBe('tasks: {A: [unclosed\n  x');
		const { found, folded } = await stateFiles(ws);
		expect(found).toBe(folded);
	});

	test('without a journal, as in a fresh clone, its completions are imported: done, and unverified', async () => {
		const root = join(ws.root, 'shop');
		cpSync(resolve(import.meta.dirname, '../../samples/shop'), root, { recursive: true });
		mkdirSync(join(root, 'docs/planning'), { recursive: true });
		ws.write(
			'shop/docs/planning/.project-state.yaml',
			'version: "1.0"\ntype: project\ntasks:\n  TASK-001: {status: completed, completed_at: "2025-10-31T10:00:00Z"}\n  TASK-002: {status: failed}\n  TASK-004: {status: completed}\n',
		);
		const dry = await ws.cli('run', 'shop', '--task', 'TASK-004');
		expect([dry.code, dry.out]).toEqual([0, expect.stringContaining('Nothing to do')]);
		const status = JSON.parse((await ws.cli('status', 'shop', '--json')).out) as {
			tasks: Record<string, { status: string; validation: string | null }>;
			totals: Record<string, number>;
		};
		expect(status.tasks['TASK-001']).toMatchObject({ status: 'completed', validation: 'imported' });
		expect(status.tasks['TASK-002']).toMatchObject({ status: 'pending' });
		expect(status.totals).toMatchObject({ completed: 2, unverified: 2 });
		const journal = filesIn('shop/.switchyard').find((file) => file.endsWith('journal.jsonl')) ?? '';
		expect(readFileSync(join(root, '.switchyard', journal), 'utf8')).toContain(
			'"source":"docs/planning/.project-state.yaml"',
		);
	});
});

test('an interrupted run has no half-written evidence: what is there is whole', async () => {
	ws.plan([{ id: 'A' }, { id: 'B', run: work(30), dependencies: ['A'] }]);
	const run = ws.start('run');
	await ws.waitForLog('start', 'B');
	run.kill('SIGKILL');
	await run.ended;
	const files = ws.exists('.work') ? filesIn('.work') : [];
	for (const file of files) {
		expect(file).toMatch(/(EVIDENCE\.md|results\.json)$/);
	}
	expect((await ws.cli('stop')).out).toBe('Stopped B.\n');
	expect(evidence('A').results).toMatchObject({ status: 'completed' });
});

/** The time of the last change is of the engine that came last, and no part of what was done. */
function withoutTime(text: string): string {
	return text.replace(/^updated_at: .*$/m, '');
}
