import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EngineWorkspace } from '../support/engineWorkspace.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

const commit = 'git add a.txt && git -c user.name=a -c user.email=a@example.com commit -qm a';

function results(task: string): { readonly commit: string | null; readonly status: string } {
	const file = ws
		.filesBelow('.work')
		.find((name) => name.includes(`/${task}-`) && name.endsWith('results.json'));
	return JSON.parse(ws.read(join('.work', file ?? '')));
}

const head = () => execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ws.root, encoding: 'utf8' }).trim();

/** Evidence is written while the next task runs already: that one waits for it here. */
const told = (task: string) =>
	`until ls .work/milestones/*/*/implementation/${task}-*/results.json; do sleep 0.05; done`;

/** One task after another, each a line for the shell. */
function chain(lines: Readonly<Record<string, string>>) {
	const ids = Object.keys(lines);
	return ws.plan(
		ids.map((id, index) => ({
			id,
			run: ['sh', '-c', lines[id]],
			dependencies: index === 0 ? [] : [ids[index - 1]],
		})),
	);
}

test('FORMATS 2.3: evidence names the commit that its task left, also when the tasks before were quick', async () => {
	execFileSync('git', ['init', '-q'], { cwd: ws.root });
	chain({
		A: `echo a > a.txt; ${commit}; git rev-parse HEAD > first`,
		B: `${told('A')}; echo b > a.txt; ${commit}`,
	});
	expect((await ws.cli('run')).code).toBe(0);
	expect([results('A').commit, results('B').commit]).toEqual([ws.read('first').trim(), head()]);
});

test('D7: git that goes away costs evidence its commit, and the run nothing', async () => {
	execFileSync('git', ['init', '-q'], { cwd: ws.root });
	chain({
		A: `echo a > a.txt; ${commit}; git rev-parse HEAD > first`,
		B: `${told('A')}; rm -rf .git`,
		C: 'true',
	});
	expect((await ws.cli('run')).code).toBe(0);
	expect(results('A')).toMatchObject({ status: 'completed', commit: ws.read('first').trim() });
	expect(results('B')).toMatchObject({ status: 'completed', commit: null });
	expect(results('C')).toMatchObject({ status: 'completed', commit: null });
});
