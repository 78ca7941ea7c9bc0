import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CliResult } from '../support/engineWorkspace.ts';
import { EngineWorkspace } from '../support/engineWorkspace.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

/** What a person reads, without times and durations. */
function lines({ out }: CliResult): string[] {
	return out
		.trimEnd()
		.split('\n')
		.map((line) => line.replace(/^\d\d:\d\d:\d\d {2}/, '').replaceAll(/\d+(\.\d+)? s\b/g, 'N s'))
		.map((line) =>
			line.replaceAll(/exec-\d{8}-/g, 'exec-DAY-').replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'TIME'),
		);
}

test('a run with a failing check, an escalation (T2), an approval (S2) and a resume (D5), as it reads on the terminal', async () => {
	ws.write('small.sh', 'cat > /dev/null; echo draft > page.txt\n');
	ws.write('large.sh', 'cat > /dev/null; echo good > page.txt\n');
	const agents = { small: { run: ['sh', 'small.sh'] }, large: { run: ['sh', 'large.sh'] } };
	const tiers = { T1: { agent: 'small' }, T2: { agent: 'large' } };
	const verify = [
		{ name: 'Spelling', run: ['sh', '-c', 'date +%N; grep -q good page.txt'] },
		{ approve: 'the words of the page' },
	];
	ws.plan(
		[
			{ id: 'PAGE', agent: 'small', prompt: 'Write it', verify },
			{ id: 'SHIP', dependencies: ['PAGE'] },
		],
		{
			agents,
			tiers,
		},
	);
	const first = await ws.cli('run');
	expect(first.code).toBe(3);
	expect(lines(first)).toEqual([
		'Started exec-DAY-demo: all, 2 tasks',
		'PAGE  started: Name of PAGE',
		'PAGE  work done, checking',
		'PAGE  started: Name of PAGE (attempt 2)',
		'PAGE  work done, checking',
		'PAGE  started: Name of PAGE (attempt 3, T2)',
		'PAGE  work done, checking',
		'PAGE  needs you: Waits for your approval: the words of the page.',
		'SHIP  blocked: Blocked by PAGE, which needs a person.',
		'needs you: Waits for your approval: the words of the page.',
		'0/2 completed, 2 waiting for a person in N s',
	]);
	const status = await ws.cli('status');
	expect(status.code).toBe(3);
	expect(status.out).toContain('switchyard approve PAGE   or   switchyard reject PAGE --reason "…"');
	const why = await ws.cli('why', 'PAGE');
	expect(lines(why).slice(0, 8)).toEqual([
		'PAGE is blocked: Waits for your approval: the words of the page.',
		expect.stringMatching(/^ {4}TIME {2}check-ended {2}attempt 3 {2}check 1 {2}passed, exit 0$/),
		expect.stringMatching(
			/^It escalated to T2 with iteration 3, because 2 iterations on T1 did not pass \(iteration 1: Spelling.*; iteration 2: Spelling/,
		),
		expect.stringMatching(/attempt 1 {2}check 1 {2}failed, exit 1$/),
		expect.stringMatching(/attempt 2 {2}check 1 {2}failed, exit 1$/),
		expect.stringMatching(/task-claimed {2}attempt 3$/),
		expect.stringMatching(/^Attempt 2 followed attempt 1, because iteration 1 did not pass: /),
		expect.stringMatching(/attempt 1 {2}check 1 {2}failed, exit 1$/),
	]);
	expect(JSON.parse((await ws.cli('why', 'SHIP', '--json')).out)).toMatchObject({
		task: 'SHIP',
		why: [
			{ about: 'status', sentence: 'SHIP is blocked: Blocked by PAGE, which needs a person.' },
			{ about: 'blocked', sentence: 'PAGE is blocked: Waits for your approval: the words of the page.' },
		],
	});
	expect((await ws.cli('approve', 'SHIP')).err).toContain(
		'SHIP does not wait for an approval. What does: PAGE.',
	);
	expect(lines(await ws.cli('approve', 'PAGE', '--by', 'Ada'))).toEqual([
		'Approved PAGE: the words of the page. If no engine is running, take the run up again with: switchyard run',
	]);
	const second = await ws.cli('run');
	expect(second.code).toBe(0);
	expect(lines(second)).toEqual([
		'Joined exec-DAY-demo: all, 2 tasks',
		'1 task completed before: skipped',
		'SHIP  started: Name of SHIP',
		expect.stringMatching(/^SHIP {2}completed in .* \[2\/2\]$/),
		'2/2 completed in N s',
	]);
	expect(ws.read('page.txt')).toBe('good\n');
});
