import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { RunEvent } from '../../src/core/run/events.ts';
import type { CliProcess, EngineWorkspace } from './engineWorkspace.ts';
import { work } from './engineWorkspace.ts';
import { waitFor } from './waitFor.ts';

export type Kind = RunEvent['kind'];

/** A real process that dies in the writing of a line, and how the run goes on. */
export interface Scene {
	/** Everything before; ends what it starts. */
	readonly before: (ws: EngineWorkspace) => Promise<void>;
	/** What the process does that dies. */
	readonly victim: readonly string[];
	/** What a person does afterwards; `run` where nothing is said. Work that waits goes on before it, or where `go` stands. */
	readonly after?: readonly (readonly string[] | 'go')[];
	/** How often each task was begun in the end. */
	readonly starts: Readonly<Record<string, number>>;
	/** Where more happens while the victim lives. */
	readonly beside?: (ws: EngineWorkspace, victim: CliProcess) => Promise<void>;
}

const found = (titles: readonly string[]) =>
	JSON.stringify({ status: 'done', new_subtasks: titles.map((title) => ({ title })) });

/** A finds something, so that there is a replan to decide about. */
async function discoveries(ws: EngineWorkspace, titles: readonly string[], replan = 'review'): Promise<void> {
	const worker = `sh work.sh 0; printf '%s' '${found(titles)}' > "$SWITCHYARD_OUT/report.json"`;
	ws.plan([{ id: 'A', run: ['sh', '-c', worker] }], {
		agents: { mine: { run: work(0) } },
		plan: { defaults: { agent: 'mine' }, replan },
	});
	if (replan === 'review') {
		await ws.cli('run');
	}
}

/** A is finished, and has another id in the plan now. */
async function renamed(ws: EngineWorkspace): Promise<void> {
	ws.plan([{ id: 'A' }]);
	await ws.cli('run');
	ws.plan([{ id: 'A2', name: 'Name of A' }, { id: 'B' }]);
}

/** Says what it does in the log, and goes on until the file `go` is there. */
const waiting = ['sh', '-c', 'sh work.sh 0; until test -f go; do sleep 0.05; done'];

/** An engine that was killed while A runs. */
async function killedInA(ws: EngineWorkspace): Promise<void> {
	ws.plan([
		{ id: 'A', run: waiting },
		{ id: 'B', dependencies: ['A'] },
	]);
	const engine = ws.start('run');
	await ws.waitForLog('end', 'A');
	engine.kill('SIGKILL');
	await engine.ended;
}

async function finishedA(ws: EngineWorkspace): Promise<void> {
	ws.plan([{ id: 'A' }]);
	await ws.cli('run');
}

const replanned = {
	victim: ['replan', '--apply'],
	after: [['replan', '--apply'], ['run']],
	starts: { A: 1, 'A-2': 1 },
};
const isRenamed = [['renamed', 'A', 'A2'], ['run']];

/**
 * Where an engine is killed at each kind of line: `every line` of the plans that `cutPoints.test.ts` and
 * `allKills.long.test.ts` cut, or a scene of its own. A kind that is missing here is an error of its type.
 */
export const linePlaces: Readonly<Record<Kind, 'every line' | Scene | { readonly why: string }>> = {
	'run-created': 'every line',
	'engine-started': 'every line',
	'engine-stopped': 'every line',
	'scope-added': 'every line',
	'task-claimed': 'every line',
	'attempt-started': 'every line',
	'attempt-ended': 'every line',
	'check-ended': 'every line',
	'evidence-written': 'every line',
	'cycle-opened': 'every line',
	'languages-found': 'every line',
	'task-answered': {
		before: async (ws) => {
			ws.plan([{ id: 'A', approval: 'before' }]);
			await ws.cli('run');
		},
		victim: ['approve', 'A'],
		after: [['approve', 'A'], ['run']],
		starts: { A: 1 },
	},
	'baseline-taken': {
		before: async (ws) => {
			const tests = 'echo "<testsuite><testcase name=\\"a\\"/></testsuite>" > r.xml';
			ws.plan([
				{ id: 'A', verify: [{ run: ['sh', '-c', tests], reports: { junit: 'r.xml' }, baseline: true }] },
			]);
		},
		victim: ['run'],
		starts: { A: 1 },
	},
	'task-adopted': { before: killedInA, victim: ['run'], starts: { A: 1, B: 1 } },
	'task-imported': {
		before: async (ws) => {
			await finishedA(ws);
			rmSync(join(ws.root, '.switchyard/runs'), { recursive: true });
			ws.plan([{ id: 'A' }, { id: 'B' }]);
		},
		victim: ['run'],
		starts: { A: 1, B: 1 },
	},
	'plan-changed': {
		before: async (ws) => {
			await finishedA(ws);
			ws.plan([{ id: 'A' }, { id: 'B' }]);
		},
		victim: ['run'],
		starts: { A: 1, B: 1 },
	},
	'budget-set': {
		before: finishedA,
		victim: ['budget', '--set', '5'],
		after: [['budget', '--set', '5'], ['run']],
		starts: { A: 1 },
	},
	'plan-held': { before: renamed, victim: ['run'], after: isRenamed, starts: { A: 1, B: 1 } },
	'task-renamed': {
		before: renamed,
		victim: ['renamed', 'A', 'A2'],
		after: isRenamed,
		starts: { A: 1, B: 1 },
	},
	'rename-refused': {
		before: renamed,
		victim: ['renamed', 'A', 'A2', '--not-same'],
		after: [['renamed', 'A', 'A2', '--not-same'], ['run']],
		starts: { A: 1, A2: 1, B: 1 },
	},
	'stop-requested': {
		before: killedInA,
		victim: ['stop'],
		after: [['stop'], 'go', ['run']],
		starts: { A: 2, B: 1 },
	},
	'drain-requested': { why: 'only a window writes it: one line by the way of `stop-requested`, or none' },
	'engine-away': {
		before: async (ws) => {
			ws.plan([{ id: 'A' }, { id: 'B', dependencies: ['A'] }]);
			const place = { SY_KILL_BY: 'SIGSTOP', SY_KILL_STEP: '1', SY_KILL_STEP_NAME: 'spawn' };
			const env = { SY_KILL_ROOT: ws.root, ...place };
			const frozen = ws.startWith({ preload: 'kill.cjs', env }, 'run');
			await waitFor('the freeze', () => frozen.isFrozen);
		},
		victim: ['run'],
		starts: { A: 1, B: 1 },
	},
	'engine-back': {
		before: async (ws) => {
			ws.plan([{ id: 'A', run: waiting }, { id: 'X' }, { id: 'B', dependencies: ['A'] }], {
				plan: { strategy: 'hybrid', jobs: 1 },
			});
		},
		victim: ['run'],
		beside: async (ws, victim) => {
			await ws.waitForLog('end', 'A');
			victim.kill('SIGSTOP');
			ws.write('go', '');
			expect((await ws.cli('run', '--task', 'B')).code).toBe(0);
			victim.kill('SIGCONT');
		},
		starts: { A: 1, B: 1, X: 1 },
	},
	'discovery-noted': {
		before: (ws) => discoveries(ws, ['Found by A'], 'off'),
		victim: ['run'],
		starts: { A: 1 },
	},
	'replan-claimed': { before: (ws) => discoveries(ws, ['Found by A']), ...replanned },
	'replan-applied': { before: (ws) => discoveries(ws, ['Found by A']), ...replanned },
	'replan-released': { before: (ws) => discoveries(ws, ['Found by A']), ...replanned },
	'replan-rejected': {
		before: (ws) => discoveries(ws, ['Found by A']),
		victim: ['replan', '--reject', 'no'],
		after: [['replan', '--reject', 'no'], ['run']],
		starts: { A: 1 },
	},
	'replan-left': {
		before: (ws) => discoveries(ws, ['One', 'Two', 'Three', 'Four', 'Five', 'Six'], 'auto'),
		victim: ['run'],
		after: [['run'], ['replan', '--reject', 'too many'], ['run']],
		starts: { A: 1 },
	},
	'run-closed': {
		before: async (ws) => {
			await finishedA(ws);
			ws.plan([{ id: 'A' }, { id: 'B' }]);
		},
		victim: ['run', '--new'],
		after: [['run']],
		starts: { A: 1, B: 1 },
	},
};
