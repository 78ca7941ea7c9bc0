import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readExplanation } from '../../src/engine/journal/readExplanation.ts';
import { viewOf } from '../../src/engine/journal/runView.ts';
import { dist, EngineWorkspace } from '../support/engineWorkspace.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

/** One the engine's environment holds, one of a task alone, one of an agent, and one that only its shape gives away. */
const secrets = {
	DEPLOY_TOKEN: 'engine-planted-9f3a71',
	API_KEY: 'task-planted-4c1d28',
	BOT_TOKEN: 'agent-planted-77be02',
	SHAPE: `ghp_${'a1B2'.repeat(9)}`,
};

/** Blurts every secret out: on both streams, in a line that a reason could quote, and where workers leave word. */
const blurt = `
for s in "$DEPLOY_TOKEN" "$API_KEY" "$BOT_TOKEN" "$SHAPE"; do echo "using $s now"; echo "error: $s was refused" >&2; done
cat > "$SWITCHYARD_OUT/report.json" <<END
{"cost_usd": 1, "discoveries": ["The key is $API_KEY, or $BOT_TOKEN"], "new_subtasks": [{"title": "Rotate $DEPLOY_TOKEN", "description": "It is $SHAPE", "run": ["true"]}]}
END
`;

/** As an agent would, from inside its task. */
const discover = `
ELECTRON_RUN_AS_NODE=1 "${process.execPath}" "${join(dist, 'cli.js')}" discover --title "Revoke $API_KEY" --description "$DEPLOY_TOKEN, $SHAPE" --shell true
`;

const junit = `
mkdir -p r
echo "<testsuite><testcase classname='c' name='of $API_KEY'><failure message='$DEPLOY_TOKEN is not $SHAPE'/></testcase></testsuite>" > "r/$SWITCHYARD_TASK.xml"
exit 1
`;

const judge = `
echo "{\\"verdict\\": \\"FAIL\\", \\"criteria\\": [{\\"criterion\\": \\"It works\\", \\"verdict\\": \\"FAIL\\", \\"finding\\": \\"saw $API_KEY\\", \\"gap\\": \\"hide $DEPLOY_TOKEN and $SHAPE\\"}]}" > "$SWITCHYARD_OUT/verdict.json"
`;

/** The files that this test wrote itself, and what a run keeps for itself: the raw files of jobs, and the plan as it was. */
const ignored = ['*.sh', 'demo.plan.yaml', 'r/**', '.switchyard/runs/*/{attempts,plans}/**'];

/** A diff of the plan shows lines of it as they are: what a person wrote there is no leak. */
function withoutPlan(text: string): string {
	const plan = ws.read('demo.plan.yaml');
	const lines = text.split('\n');
	return lines.filter((line) => !line.startsWith(' ') || !plan.includes(line.trim())).join('\n');
}

/** What the views, tooltips and notifications of the editor are made of: everything that a run says but its plan. */
async function editorShows(): Promise<{ readonly place: string; readonly text: string }[]> {
	const log = await ws.runLog();
	const view = log === null ? null : viewOf(log);
	if (log === null || view === null) {
		throw new Error('there is no run to be shown');
	}
	const { summaries, needs, questions, gates, totals, costs, problems } = view;
	const rows = [...summaries];
	const parts = { rows, needs, questions, gates, totals, costs, problems };
	const attempts = rows.map(({ id }) => view.attempts(id));
	const why = await Promise.all(rows.map(({ id }) => readExplanation(log.folder, id)));
	expect([questions.length > 0, attempts.flat().length > 0, why.length]).toEqual([true, true, rows.length]);
	return [
		...Object.entries(parts).map(([place, part]) => ({
			place: `view: ${place}`,
			text: JSON.stringify(part),
		})),
		...rows.flatMap(({ id }, index) => [
			{ place: `attempts of ${id}`, text: JSON.stringify(attempts[index]) },
			{ place: `why of ${id}`, text: JSON.stringify(why[index]) },
		]),
	];
}

test('no secret that a task prints, reports or fails with reaches evidence, state, prompts, journals or views', async () => {
	ws.env = { ...ws.env, DEPLOY_TOKEN: secrets.DEPLOY_TOKEN };
	ws.write('blurt.sh', blurt).write('junit.sh', junit).write('judge.sh', judge);
	ws.write(
		'agent.sh',
		`cat > "prompt-$SWITCHYARD_TASK-$SWITCHYARD_ITERATION"\n. ./blurt.sh\n${discover}\nexit 0\n`,
	);
	ws.write(
		'long.sh',
		`${blurt}\ni=0; while [ $i -lt 6000 ]; do echo "line $i of many"; i=$((i+1)); done\n${blurt}\n`,
	);
	const env = { API_KEY: secrets.API_KEY, SHAPE: secrets.SHAPE };
	const bot = { run: ['sh', 'agent.sh'], env: { BOT_TOKEN: secrets.BOT_TOKEN } };
	const agents = { bot, judge: { run: ['sh', 'judge.sh'] } };
	const reports = { junit: 'r/*.xml' };
	const tasks = [
		{ id: 'PRINTS', run: ['sh', 'blurt.sh'], verify: [{ run: ['sh', 'blurt.sh'] }], env },
		{ id: 'LONG', run: ['sh', 'long.sh'], env },
		{ id: 'ARGUES', run: ['sh', '-c', `echo ${secrets.SHAPE}; exit 1`, secrets.API_KEY], env },
		{ id: 'TESTS', agent: 'bot', prompt: 'x', verify: [{ run: ['sh', 'junit.sh'], reports }], env },
		{ id: 'JUDGED', agent: 'bot', prompt: 'x', verify: [{ agent: 'judge', criteria: ['It works'] }], env },
		{ id: 'GONE', run: ['./not-there', secrets.API_KEY], env },
	];
	const sprints = [{ id: 'S1', tasks: tasks.map(({ id }) => id) }];
	const ran = await ws.plan(tasks, { agents, sprints, plan: { backoff_seconds: 0.01 } }).cli('run');
	expect(ran.code).not.toBe(0);
	const said = [
		ran,
		await ws.cli('status'),
		await ws.cli('status', '--json'),
		await ws.cli('report'),
		await ws.cli('report', '--json'),
		await ws.cli('budget'),
		...(await Promise.all(tasks.map(({ id }) => ws.cli('logs', id)))),
		await ws.cli('replan'),
		await ws.cli('clean', '--json'),
		...(await Promise.all(tasks.map(({ id }) => ws.cli('why', id, '--json')))),
	];
	const shown = await editorShows();
	const files = globSync('**/*', { cwd: ws.root, dot: true, ignore: ignored });
	const places = [
		...shown,
		...files.map((file) => ({ place: file, text: readFileSync(join(ws.root, file), 'utf8') })),
		...said.map(({ out, err }, index) => ({ place: `said ${index}`, text: withoutPlan(out + err) })),
	];
	// What was looked at is what there is to leak into.
	const names = files.join('\n');
	expect(names).toMatch(/EVIDENCE\.md/);
	expect(names).toMatch(/prompt-TESTS-2/);
	expect(names).toMatch(/artifacts\//);
	expect(places.some(({ text }) => text.includes('line redacted'))).toBe(true);
	const leaks = places.flatMap(({ place, text }) =>
		Object.entries(secrets).flatMap(([name, value]) => (text.includes(value) ? [`${place}: ${name}`] : [])),
	);
	expect(leaks).toEqual([]);
}, 60_000);
