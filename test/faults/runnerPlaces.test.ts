import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { answerTask } from '../../src/engine/journal/runRequests.ts';
import { lightRunnerScript } from '../../src/engine/runner/lightRunner.ts';
import { expectDocumented } from '../support/documentedFaults.ts';
import type { Task } from '../support/engineWorkspace.ts';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { expectUnbroken } from '../support/invariants.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** A place in the life of a shell runner: before a line of its script, where it ends alone or with its whole session. */
interface Place {
	readonly task: string;
	/** Index of a line of the script. */
	readonly line: number;
	readonly what: 'runner' | 'session' | 'half';
	readonly job: 'work' | 'check';
}

const script = lightRunnerScript.split('\n');
const lineOf = (text: string) => script.findIndex((line) => line.includes(text));
const claims = lineOf('/start"');
const works = lineOf('exec "$@"');
const results = lineOf('until printf');
const hasResult = lineOf('done 2>/dev/null') + 1;

/** Lines before which something else can stand, on the way that this platform takes. */
function reachedLines(): number[] {
	const [otherwise, end] = [script.indexOf('else'), script.indexOf('fi')];
	const first = script.findIndex((line) => line.startsWith('if '));
	const isOtherWay = (index: number) =>
		existsSync('/proc/self/stat') ? index > otherwise && index <= end : index > first && index <= otherwise;
	return script.flatMap((line, index) => {
		const goesOn = script[index - 1]?.endsWith('||') === true || (index > results && index < hasResult);
		return line.trim() === '' || goesOn || isOtherWay(index) ? [] : [index];
	});
}

/** Every boundary of the work's runner, killed alone and with its session; of a check's with its session. */
const places: readonly Place[] = [
	...reachedLines().flatMap((line): Place[] => [
		{ task: `R${line}`, line, what: 'runner', job: 'work' },
		{ task: `S${line}`, line, what: 'session', job: 'work' },
		...(line === reachedLines()[0]
			? []
			: [{ task: `C${line}`, line, what: 'session', job: 'check' } as const]),
	]),
	{ task: 'H', line: results, what: 'half', job: 'work' },
	{ task: 'HC', line: results, what: 'half', job: 'check' },
];

/** Before each of so many changes that the runner of an agent makes on the disk; it makes fewer. */
const mostSteps = 9;
const agentTasks = Array.from({ length: mostSteps }, (_, index) => `N${index + 1}`);

let ws: EngineWorkspace;
let kills: string;
let asked: ReadonlySet<string>;
let startsBefore: Readonly<Record<string, number>>;

/** All of them are tasks of one run: each runner ends at a place of its own, once. */
beforeAll(async () => {
	ws = new EngineWorkspace();
	kills = join(ws.root, 'kills');
	mkdirSync(kills);
	writeFileSync(join(kills, 'places'), places.map((place) => JSON.stringify(place)).join('\n'));
	const shell = places.map(({ task, job }): Task => {
		const verify = job === 'check' ? { verify: [{ run: ['test', '-f', 'log'] }] } : {};
		return { id: task, run: work(0.02), ...verify };
	});
	const preload = resolve(import.meta.dirname, '../support/preload/kill.cjs');
	const agents = agentTasks.map((id, index): Task => {
		const env = {
			NODE_OPTIONS: `--require ${preload}`,
			SY_KILL_ROOT: join(ws.root, '.switchyard'),
			SY_KILL_STEP: String(index + 1),
			SY_KILL_ONCE: join(kills, id),
		};
		return { id, agent: 'mine', prompt: 'x', env };
	});
	const mine = { run: ['sh', '-c', 'cat > /dev/null; sh work.sh 0.02'] };
	ws.plan([...shell, ...agents], { agents: { mine }, plan: { jobs: 6 } });
	const env = { SY_RUNNER_KILLS: kills };
	const first = await ws.startWith({ preload: 'runnerKills.cjs', env }, 'run').ended;
	expect([first.code, first.err], first.out).toEqual([3, '']);
	const log = await ws.runLog();
	const waiting = [...(log?.fold.table?.tasks.values() ?? [])].filter(({ need }) => need !== null);
	asked = new Set(waiting.map(({ task }) => task.id));
	startsBefore = ws.count('start');
	for (const task of asked) {
		await answerTask(log?.folder ?? '', { task, answer: 'retry', by: 'somebody' });
	}
	const second = await ws.cli('run');
	expect([second.code, second.err]).toEqual([0, '']);
});

afterAll(() => ws.dispose());

const ids = (some: (place: Place) => boolean) => places.filter(some).map(({ task }) => task);
const startsOf = (tasks: readonly string[]) => tasks.map((id) => `${id} ${startsBefore[id] ?? 0}`);

describe('D4: SIGKILL of a runner at every boundary', () => {
	test('each place was met, and in the end everything is done and whole', async () => {
		const met = readdirSync(kills).filter((name) => name !== 'places');
		expect(places.map(({ task }) => task).filter((task) => !met.includes(task))).toEqual([]);
		const steps = agentTasks.filter((task) => met.includes(task));
		expect(steps).toEqual(agentTasks.slice(0, steps.length));
		process.stdout.write(`\n${met.length} runners killed, ${steps.length} of them of agents\n`);
		expect(steps.length).toBeGreaterThanOrEqual(5);
		expectDocumented('SIGKILL of a runner at every boundary', met.length);
		expect(Object.values(await ws.statuses()).filter((status) => status !== 'completed')).toEqual([]);
		await expectUnbroken(ws);
	});

	test('no work is begun twice before a person was asked', () => {
		const twice = Object.entries(startsBefore).filter(([, count]) => count > 1);
		expect(twice).toEqual([]);
	});

	test('before it names itself it has done nothing: its work is begun by another one, and nobody is asked', () => {
		const early = ids(({ line, job }) => job === 'work' && line <= claims);
		expect(early.filter((task) => asked.has(task))).toEqual([]);
		expect(startsOf(early)).toEqual(early.map((task) => `${task} 1`));
		expect(asked.has('N1')).toBe(false);
	});

	test('with its session, between its name and its result: a person is asked, whether the work had begun or not', () => {
		const open = ids(({ line, what, job }) => {
			return job === 'work' && what === 'session' && line > claims && line < hasResult;
		});
		expect(open.length).toBeGreaterThan(4);
		expect(open.filter((task) => !asked.has(task))).toEqual([]);
		expect(startsOf(open)).toEqual(open.map((task) => `${task} ${Number(task.slice(1)) > works ? 1 : 0}`));
	});

	test('with half of its result: a person is asked about the work, and the check is made again', () => {
		expect([asked.has('H'), asked.has('HC')]).toEqual([true, false]);
	});

	test('once its result is whole, that is the verdict', () => {
		const late = ids(({ line }) => line >= hasResult);
		expect(late.length).toBeGreaterThan(3);
		expect(late.filter((task) => asked.has(task))).toEqual([]);
		expect(startsOf(late)).toEqual(late.map((task) => `${task} 1`));
	});

	test('of a check: nobody is asked, and the work is not done again', () => {
		const checks = ids(({ job }) => job === 'check');
		expect(checks.filter((task) => asked.has(task))).toEqual([]);
		expect(startsOf(checks)).toEqual(checks.map((task) => `${task} 1`));
	});
});
