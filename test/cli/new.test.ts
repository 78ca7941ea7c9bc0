import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dist, EngineWorkspace } from '../support/engineWorkspace.ts';
import { waitFor } from '../support/waitFor.ts';
import { shopPrd } from '../unit/prd/samplePrd.ts';

let space: EngineWorkspace;

beforeEach(() => {
	space = new EngineWorkspace();
});

afterEach(() => space.dispose());

const goal = 'A shop with a catalog, a cart and a checkout';
const tasksFolder = 'docs/planning/tasks';

function taskNames(): string[] {
	return existsSync(join(space.root, tasksFolder)) ? readdirSync(join(space.root, tasksFolder)).sort() : [];
}

/** An agent that answers with the file of each round, and keeps what it was told. */
function agent(script: string): string[] {
	space.write('agent.sh', script);
	space.write('agents.json', JSON.stringify({ planner: { run: ['sh', join(space.root, 'agent.sh')] } }));
	return ['--agent', 'planner', '--agents-file', 'agents.json'];
}

const perRound =
	'cat > "$SWITCHYARD_ROOT/told-$SWITCHYARD_ATTEMPT"; cat "$SWITCHYARD_ROOT/answer-$SWITCHYARD_ATTEMPT"\n';
const line = (id: string, more = '') =>
	`  - {id: ${id}, name: Do ${id}, type: backend, estimated_hours: 4, acceptance_criteria: [It works], requirements: [REQ-001, REQ-002, REQ-003]${more}}`;
const clean = `Here:\n\`\`\`yaml\ntasks:\n${line('TASK-001')}\n${line('TASK-002', ', dependencies: [TASK-001]')}\n\`\`\`\n`;
const broken = clean.replace('[TASK-001]', '[TASK-007]');

/** `switchyard new --interactive` on a pipe, fed line by line. */
class Session {
	readonly #child;
	text = '';
	/** How much of the text was waited for already. */
	#seen = 0;
	readonly ended: Promise<number | null>;

	constructor(...args: readonly string[]) {
		this.#child = spawn(process.execPath, [join(dist, 'cli.js'), 'new', ...args, '--interactive'], {
			cwd: space.root,
			env: space.env,
			stdio: 'pipe',
		});
		for (const stream of [this.#child.stdout, this.#child.stderr]) {
			stream.setEncoding('utf8').on('data', (part: string) => {
				this.text += part;
			});
		}
		this.ended = new Promise((resolve) => {
			this.#child.on('close', resolve);
		});
	}

	async say(words: string, until: string): Promise<void> {
		this.#child.stdin.write(`${words}\n`);
		await this.see(until);
	}

	/** Waits for words behind those that were waited for before. */
	async see(words: string): Promise<void> {
		const at = await waitFor(`“${words}”`, () => {
			const found = this.text.indexOf(words, this.#seen);
			return found < 0 ? null : found + words.length;
		});
		this.#seen = at;
	}

	leave(): Promise<number | null> {
		this.#child.stdin.end();
		return this.ended;
	}

	kill(): Promise<number | null> {
		this.#child.kill('SIGKILL');
		return this.ended;
	}
}

describe('switchyard new', () => {
	it('lists what has to be answered, writes the documents, and ends with 3', async () => {
		const { code, out } = await space.cli('new', goal, '--constraints', 'Python, PostgreSQL');
		expect(code).toBe(3);
		expect(out).toContain('  technology.frontend.framework  What is the frontend built with?');
		expect(out).not.toContain('technology.backend.language');
		expect(space.read('docs/planning/ASSESSMENT.md')).toContain('# Assessment: Shop');
		expect(space.read('docs/planning/DISCOVERY.md')).toContain('- Backend: python');
		expect(space.read('docs/planning/REQUIREMENTS.md')).toContain('# Requirements: Shop');
		expect(taskNames()).toEqual([]);
		const again = JSON.parse(
			(await space.cli('new', '--json', '--answer', 'technology.frontend.framework=vue')).out,
		);
		const ids = again.open.map(({ id }: { id: string }) => id);
		expect(ids).not.toContain('technology.frontend.framework');
		expect(again.open[0]).toMatchObject({ phase: 1, required: false });
	});

	it('makes a plan of a file of answers that checks without a problem and runs', async () => {
		space.write(
			'answers.yaml',
			shopPrd
				.replace('command: npm test', 'command: node test.mjs')
				.replace('react', 'none')
				.replace(/\n {2}(integrations|performance): .*/g, '')
				.replace(/\n {2}should_have:\n.*\n.*/, ''),
		);
		space.write('test.mjs', 'process.exit(0)\n');
		const by = agent(
			'cat > /dev/null; mkdir -p done; echo "$SWITCHYARD_TASK" >> "$SWITCHYARD_ROOT/done/list"\n',
		);
		const made = await space.cli('new', goal, '--answers', 'answers.yaml', '--templates', ...by, '--json');
		expect([made.code, made.err]).toEqual([0, '']);
		const { tasks, written, rounds } = JSON.parse(made.out);
		expect(rounds).toBe(0);
		expect(taskNames()).toEqual(tasks.map(({ id }: { id: string }) => `${id}.yaml`));
		expect(written).toContain('docs/planning/switchyard.yaml');
		const check = JSON.parse((await space.cli('check', '--json')).out);
		const bad = check.problems.filter(({ severity }: { severity: string }) => severity !== 'hint');
		expect(bad).toEqual([]);
		expect((await space.cli('run')).code).toBe(0);
		expect(space.read('done/list').trim().split('\n')).toHaveLength(tasks.length);
		expect(space.read('docs/planning/REQUIREMENTS.md')).toContain('Tasks: `TASK-002` Database schema');
		const again = await space.cli('new', ...by, '--templates');
		expect(again).toMatchObject({ code: 0, out: expect.stringContaining('nothing was written') });
	});

	it('never writes over tasks or documents that are there, without being told to', async () => {
		space.write('answers.yaml', shopPrd);
		space.write(`${tasksFolder}/TASK-001.yaml`, 'id: TASK-001\nname: Mine\n');
		space.write('docs/planning/DISCOVERY.md', '# Mine\n');
		const refused = await space.cli('new', goal, '--answers', 'answers.yaml');
		expect(refused.code).toBe(1);
		expect(refused.out).toContain('these files are there already: docs/planning/tasks/TASK-001.yaml.');
		expect(refused.out).toContain('docs/planning/DISCOVERY.md was changed by hand');
		expect([taskNames(), space.read('docs/planning/DISCOVERY.md')]).toEqual([['TASK-001.yaml'], '# Mine\n']);
		const beside = await space.cli('new', 'A gift shop', '--answers', 'answers.yaml', '--feature', 'gifts');
		expect(beside.code).toBe(0);
		expect(taskNames().slice(0, 2)).toEqual(['FEATURE-gifts-001.yaml', 'FEATURE-gifts-002.yaml']);
		expect(space.read(`${tasksFolder}/TASK-001.yaml`)).toContain('Mine');
		expect((await space.cli('new', '--force')).code).toBe(0);
		expect(space.read(`${tasksFolder}/TASK-001.yaml`)).toContain('Project structure and tools');
	});

	it('says what is wrong with what it is given, and leaves nothing behind', async () => {
		const check = async (args: readonly string[], message: string) => {
			expect(await space.cli('new', ...args)).toMatchObject({
				code: 2,
				err: expect.stringContaining(message),
			});
		};
		await check([], 'Say what is wanted');
		await check([goal, '--feature', '../x'], '--feature takes letters');
		await check([goal, '--agent', 'nobody', '--to', 'elsewhere'], 'Nobody declares the agent nobody.');
		expect([space.exists('docs'), space.exists('elsewhere')]).toEqual([false, false]);
		space.write('bad.yaml', 'problem:\n  statment: x\n');
		await check(
			[goal, '--answers', 'bad.yaml'],
			'bad.yaml:2:13 There is no answer `problem.statment`. Did you mean',
		);
		await check(['Another thing'], 'docs/planning/PROJECT_PRD.yaml is about “A shop with');
		space.write('docs/planning/PROJECT_PRD.yaml', 'project: {name: "x\n');
		await check([], 'docs/planning/PROJECT_PRD.yaml:2:1 ');
	});
});

describe('questions, one at a time', () => {
	it('a session that is killed after any answer goes on with the next question', async () => {
		const prd = 'docs/planning/PROJECT_PRD.yaml';
		const first = new Session(goal);
		await first.see('Which language is the backend written in?');
		await first.say('go', 'Which framework does the backend use?');
		await first.kill();
		expect(space.read(prd)).toContain('language: go');
		const second = new Session();
		await second.see('Which framework does the backend use?');
		expect(second.text).not.toContain('Which language');
		await second.say('', 'What is the frontend built with?');
		await second.say('<', 'Which framework does the backend use?');
		// Somebody has it open in an editor meanwhile: the next answer is put into what is there then.
		space.write(prd, `${space.read(prd)}assumptions: [by hand]\n`);
		await second.say('gin', 'What is the frontend built with?');
		await second.say('none', 'Which database keeps the data?');
		expect(space.read(prd)).toContain('framework: gin');
		expect(await second.leave()).toBe(3);
		expect(space.read(prd)).toContain('by hand');
		expect(second.text).toContain('These answers are needed before there can be tasks:');
	});

	it('the last needed answer leads to the tasks', async () => {
		space.write('answers.yaml', shopPrd.replace(/problem: .*\n/, ''));
		await space.cli('new', goal, '--answers', 'answers.yaml');
		const session = new Session();
		await session.see('Which framework does the backend use?');
		await session.say('', 'Which problem does it solve?');
		await session.say('Orders take too long', 'What do people do about it now?');
		expect(await session.leave()).toBe(0);
		expect(taskNames().length).toBeGreaterThan(10);
	});
});

describe('tasks by an agent', () => {
	beforeEach(() => {
		space.write('answers.yaml', shopPrd);
	});

	const rounds = () => {
		const [folder = ''] = readdirSync(join(space.root, '.switchyard/new'));
		return (file: string) => space.read(`.switchyard/new/${folder}/${file}`);
	};

	it('an answer with problems goes back with them, and a clean one becomes the plan', async () => {
		space.write('answer-1', broken).write('answer-2', clean);
		const { code, out, err } = await space.cli('new', goal, '--answers', 'answers.yaml', ...agent(perRound));
		expect([code, err]).toEqual([0, expect.stringContaining('Round 1: the answer has 1 problem\n')]);
		expect(out).toContain('2 tasks in 2 rounds');
		expect(taskNames()).toEqual(['TASK-001.yaml', 'TASK-002.yaml']);
		const problem = 'Line 3: SY302';
		expect(space.read('told-1')).toContain('Every requirement under `must_have`');
		expect(space.read('told-1')).not.toContain(problem);
		expect(space.read('told-2')).toContain(problem);
		const kept = rounds();
		expect(kept('round-1/problems.txt')).toContain(problem);
		expect(kept('round-1/answer.yaml')).toContain('TASK-007');
		expect(kept('round-2/problems.txt')).toBe('');
		expect((await space.cli('check')).code).toBe(0);
		expect((await space.cli('run', '--dry-run')).code).toBe(0);
	});

	it('one that never gets clean is given up after three rounds, and no task is written', async () => {
		space.write('answer-1', broken).write('answer-2', broken).write('answer-3', 'no idea');
		const { code, out } = await space.cli('new', goal, '--answers', 'answers.yaml', ...agent(perRound));
		expect(code).toBe(1);
		expect(out).toContain(
			'The agent planner gave 3 answers, and the last one still has problems. No task was written.',
		);
		expect(out).toContain('There is no YAML document');
		expect([taskNames(), space.exists('docs/planning/switchyard.yaml'), space.exists('told-4')]).toEqual([
			[],
			false,
			false,
		]);
		expect(rounds()('round-3/output.log')).toBe('no idea');
	});

	it('one that fails says why, at once', async () => {
		const by = agent('echo "no credit left" >&2; exit 4\n');
		const { code, out } = await space.cli('new', goal, '--answers', 'answers.yaml', ...by);
		expect(code).toBe(1);
		expect(out).toContain('The agent planner ended with exit code 4. Its last words:\nno credit left');
		expect(taskNames()).toEqual([]);
	});
});
