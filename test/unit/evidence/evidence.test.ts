import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CapturedOutput, EvidenceInput } from '../../../src/core/evidence/evidenceInput.ts';
import { renderEvidence } from '../../../src/core/evidence/evidenceMarkdown.ts';
import { renderResults } from '../../../src/core/evidence/resultsJson.ts';
import { readWorkerReport } from '../../../src/core/evidence/workerReport.ts';
import type { Prompt } from '../../../src/core/plan/plan.ts';
import type { RunTask } from '../../../src/core/run/runPlan.ts';
import type { CheckState } from '../../../src/core/run/runState.ts';
import { attemptState, checkState, runTask } from './samples.ts';

const check = {
	command: { kind: 'argv', argv: ['node', '--test', 'test/auth api.mjs'] },
	expectExit: 0,
	timeoutMinutes: 30,
} as const;

const task = runTask('TASK-004', {
	name: 'User authentication API',
	description: 'Accounts and sessions.',
	sprint: 'SPRINT-001-01',
	track: 1,
	estimateMinutes: 600,
	acceptanceCriteria: ['Login returns a JWT', 'A password can be reset'],
	work: { kind: 'command', command: { kind: 'argv', argv: ['node', 'build.mjs', "it's"] } },
	checks: [check],
	produces: ['api/auth.json'],
});

function output(head: string, more: Partial<CapturedOutput> = {}): CapturedOutput {
	return { head, tail: '', omittedBytes: 0, bytes: head.length, hash: 'c'.repeat(64), log: null, ...more };
}

function input(more: Partial<EvidenceInput> = {}): EvidenceInput {
	return {
		run: 'exec-20251031-shop',
		planName: 'E-Commerce Platform',
		task,
		status: 'completed',
		validation: 'checks',
		reason: '',
		attempts: [
			{
				attempt: attemptState({ checks: [checkState()] }),
				output: output('\u001b[32mwrote\u001b[0m api/auth.json\r\n'),
				checkOutputs: [output('ok 1\n', { hash: 'd'.repeat(64) })],
			},
		],
		files: [
			{ path: 'api/auth.json', change: 'created', hash: 'e'.repeat(64), bytes: 812, bytesBefore: null },
		],
		place: 'in-place',
		git: { kind: 'none' },
		report: null,
		metrics: [],
		deviations: [],
		secrets: [],
		...more,
	};
}

/** The lines of one section, without blank ones. */
function section(markdown: string, heading: string): string[] {
	const [, rest = ''] = markdown.split(`\n## ${heading}\n`);
	return (rest.split('\n## ')[0] ?? '').split('\n').filter((line) => line !== '');
}

describe('EVIDENCE.md', () => {
	test('says everything about a task that was completed', () => {
		expect(renderEvidence(input())).toBe(`# Evidence: TASK-004 User authentication API

| | |
|---|---|
| Plan | E-Commerce Platform |
| Run | \`exec-20251031-shop\` |
| Sprint | \`SPRINT-001-01\` |
| Task | \`TASK-004\` |
| Done by | command |
| Started | 2025-10-31T10:00:00.000Z |
| Ended | 2025-10-31T10:00:04.000Z |
| Duration | 4.0 s (estimate: 600 min) |
| Attempts | 1 |
| Iterations | 1 (T1: 1, T2: 0) |
| Status | completed |
| Validation | passed: its checks ran on the result |

## Summary

Accounts and sessions.

- Work: ok, exit code 0
- Checks: 1 of 1 passed

## Commands

### Attempt 1: work

- Command: \`node build.mjs 'it'\\''s'\`
- Folder: \`.\`
- Exit code: 0
- Duration: 3.2 s
- Output: 30 bytes, SHA-256 \`${'c'.repeat(64)}\`

\`\`\`text
wrote api/auth.json
\`\`\`

### Attempt 1: check 1, passed

- Command: \`node --test 'test/auth api.mjs'\`
- Folder: \`.\`
- Exit code: 0
- Duration: 0.8 s
- Output: 5 bytes, SHA-256 \`${'d'.repeat(64)}\`

\`\`\`text
ok 1
\`\`\`

## Files Created

| file | bytes | SHA-256 |
|---|---|---|
| \`api/auth.json\` | 812 | \`${'e'.repeat(64)}\` |

## Files Modified

None.

The work was done in place: only the files that \`produces\` and \`touches\` name were looked at.

## Metrics

| metric | before | after |
|---|---|---|
| Tests | not measured | not measured |
| Coverage | not measured | not measured |
| Build | not measured | not measured |

## Acceptance Criteria

| criterion | verdict |
|---|---|
| Login returns a JWT | passed, checked by: check 1 |
| A password can be reset | passed, checked by: check 1 |

## Reproduction Steps

1. Begin in the root of the plan, where the tasks it depends on are done.
2. Run \`node build.mjs 'it'\\''s'\`.
3. Run \`node --test 'test/auth api.mjs'\` and expect exit code 0.

## Git Commit

None: the workspace is not a git repository.

## Known Issues

None recorded.

## Deviations

None recorded.
`);
	});

	test('claims for a criterion no more than was checked', () => {
		const verdicts = (more: Partial<EvidenceInput>) =>
			section(renderEvidence(input(more)), 'Acceptance Criteria')[2];
		const attempt = (checks: ReturnType<typeof checkState>[]) => [
			{ attempt: attemptState({ checks }), output: null, checkOutputs: [] },
		];
		const two = { ...task, checks: [check, check] };
		expect(verdicts({})).toBe('| Login returns a JWT | passed, checked by: check 1 |');
		expect(verdicts({ attempts: attempt([]) })).toBe('| Login returns a JWT | not verified |');
		expect(verdicts({ attempts: [] })).toBe('| Login returns a JWT | not verified |');
		expect(verdicts({ task: { ...task, checks: [] }, attempts: attempt([]) })).toBe(
			'| Login returns a JWT | not verified |',
		);
		expect(verdicts({ task: two, attempts: attempt([checkState()]) })).toBe(
			'| Login returns a JWT | not verified |',
		);
		expect(
			verdicts({
				task: two,
				attempts: attempt([checkState(), checkState({ index: 1, passed: false, exit: 1 })]),
			}),
		).toBe('| Login returns a JWT | failed, checked by: check 2 |');
	});

	test('a validator’s answer stands for the criterion that it names, and its advice for none', () => {
		const answers = (login: boolean, reset: boolean) => [
			{ criterion: 'Login  returns a jwt', passed: login, finding: 'seen in a|b' },
			{ criterion: 'A password can be reset', passed: reset, finding: '' },
		];
		const rows = (...checks: Partial<CheckState>[]) => {
			const made = checks.map((each, index) => checkState({ index, ...each }));
			const attempts = [{ attempt: attemptState({ checks: made }), output: null, checkOutputs: [] }];
			const whole = input({ task: { ...task, checks: made.map(() => check) }, attempts });
			return section(renderEvidence(whole), 'Acceptance Criteria').slice(2);
		};
		expect(rows({ passed: false, criteria: answers(true, false) })).toEqual([
			'| Login returns a JWT | passed, checked by: check 1: seen in a\\|b |',
			'| A password can be reset | failed, checked by: check 1 |',
		]);
		// A command that failed stands for all of them; what only advises does not.
		expect(rows({ criteria: answers(true, true) }, { passed: false })[0]).toContain(
			'failed, checked by: check 2',
		);
		expect(rows({ criteria: answers(true, true) }, { passed: false, advisory: true })[0]).toContain(
			'passed, checked by: check 1',
		);
		expect(rows({ criteria: answers(false, true), passed: false, advisory: true })[0]).toContain(
			'not verified',
		);
	});

	test('names what is wrong', () => {
		const text = renderEvidence(
			input({
				status: 'failed',
				validation: null,
				reason: 'Check 1 failed: it ended with exit 1.',
				attempts: [
					{
						attempt: attemptState({ outcome: 'timeout', exit: null, reason: 'No end after 30 min.' }),
						output: null,
						checkOutputs: [],
					},
					{
						attempt: attemptState({
							number: 2,
							checks: [checkState({ passed: false, exit: 1, reason: '' })],
						}),
						output: output(''),
						checkOutputs: [null],
					},
				],
				files: [{ path: 'api/auth.json', change: 'missing', hash: null, bytes: null, bytesBefore: null }],
				git: { kind: 'repository', head: 'f'.repeat(40), dirty: true },
				report: {
					status: 'completed',
					results: ['all done'],
					discoveries: ['The API needs a rate limit'],
					newSubtasks: ['Add a rate limit'],
					recommendations: [],
				},
				deviations: ['It changed README.md, which `touches` does not name.'],
			}),
		);
		expect(section(text, 'Summary')).toEqual([
			'Accounts and sessions.',
			'- Work: ok, exit code 0',
			'- Checks: 0 of 1 passed',
			'- Reason: Check 1 failed: it ended with exit 1.',
			'- The worker reports (not verified): completed; all done',
		]);
		expect(section(text, 'Known Issues')).toEqual([
			'- Attempt 1: timeout, no exit code. No end after 30 min.',
			'- Attempt 2: Check 1 failed.',
			'- api/auth.json should have been produced and is not there.',
			'- Reported by the worker: The API needs a rate limit',
			'- Proposed by the worker as a new task: Add a rate limit',
		]);
		expect(section(text, 'Git Commit')).toEqual([
			`\`${'f'.repeat(40)}\`, with uncommitted changes, this work among them.`,
		]);
		expect(section(text, 'Deviations')).toEqual([
			'- It changed README.md, which \\`touches\\` does not name.',
		]);
		expect(text).toContain('| Validation | not passed |');
		expect(text).toContain('- missing: `api/auth.json`');
	});

	test('of a long output it keeps head and tail, and drops the lines that the cut tore', () => {
		const long = output('one\ntwo\nthr', {
			tail: 'lf\nnine\nten\n',
			omittedBytes: 5000,
			bytes: 5023,
			log: 'artifacts/attempt 1 (work).log',
		});
		const attempt = { attempt: attemptState(), output: long, checkOutputs: [] };
		expect(section(renderEvidence(input({ attempts: [attempt] })), 'Commands').slice(5)).toEqual([
			`- Output: 5023 bytes, SHA-256 \`${'c'.repeat(64)}\`, the middle is left out here: [complete log](artifacts/attempt%201%20%28work%29.log)`,
			'```text',
			'one',
			'two',
			'[… about 5000 bytes left out …]',
			'nine',
			'ten',
			'```',
		]);
	});

	test('repeats what an agent was told', () => {
		const work = (prompt: Prompt): RunTask['work'] => ({
			kind: 'agent',
			agent: 'scribe',
			command: { kind: 'argv', argv: ['scribe'] },
			env: {},
			prompt,
		});
		const commands = (prompt: Prompt) =>
			section(renderEvidence(input({ task: { ...task, work: work(prompt) } })), 'Commands');
		expect(commands({ kind: 'text', text: 'Write it.\n' })).toEqual(
			expect.arrayContaining(['Its prompt:', '```text', 'Write it.', '```']),
		);
		expect(commands({ kind: 'file', path: 'a b.md' })).toContain('Its prompt was the file `a b.md`.');
	});

	const hostile =
		'`````\n</details><script>x</script>\n# H\n| a | b |\n[l](javascript:x) ![i](http://x) &lt; $$\n\n***';
	test('keeps its structure whatever the texts of a plan and the output say', () => {
		const text = renderEvidence(
			input({
				planName: hostile,
				task: {
					...task,
					id: hostile,
					name: hostile,
					description: hostile,
					sprint: hostile,
					acceptanceCriteria: [hostile],
					cwd: hostile,
				},
				reason: hostile,
				attempts: [
					{
						attempt: attemptState({
							reason: hostile,
							outcome: 'failed',
							checks: [checkState({ reason: hostile })],
						}),
						output: output(hostile),
						checkOutputs: [output(hostile)],
					},
				],
				files: [{ path: hostile, change: 'created', hash: null, bytes: null, bytesBefore: null }],
				metrics: [{ name: hostile, before: hostile, after: null }],
				deviations: [hostile],
			}),
		);
		expectStructure(text);
		expect(text).toContain('``````text\n`````\n</details><script>x</script>\n');
	});

	test('keeps its structure for any text', () => {
		const characters = fc.constantFrom(...'`#|\n\r[](){}<>*_-+=!$&~\\ a1.\u001b\u2028\u0000:/'.split(''));
		fc.assert(
			fc.property(fc.string({ unit: characters, maxLength: 40 }), (text) => {
				const one = { attempt: attemptState(), output: output(text), checkOutputs: [] };
				expectStructure(
					renderEvidence(
						input({
							task: {
								...task,
								id: text,
								name: text,
								description: text,
								cwd: text,
								acceptanceCriteria: [text],
							},
							attempts: [one],
							deviations: [text],
						}),
					),
				);
			}),
			{ numRuns: 300 },
		);
	});

	/** Outside of fences: the ten sections in order, rows with the right number of cells, no HTML, link or image. */
	function expectStructure(markdown: string): void {
		const outside: string[] = [];
		let fence = '';
		for (const line of markdown.split('\n')) {
			const opening = /^(`{3,})text$/.exec(line)?.[1];
			if (fence === '' && opening !== undefined) {
				fence = opening;
			} else if (fence !== '' && line === fence) {
				fence = '';
			} else if (fence === '') {
				outside.push(line);
			}
		}
		expect(fence).toBe('');
		expect(outside.filter((line) => /^ {0,3}#{1,2} /.test(line)).map((line) => line.split(' ')[0])).toEqual([
			'#',
			...Array.from({ length: 10 }, () => '##'),
		]);
		const prose = outside.join('\n').replace(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, 'code');
		expect(prose).not.toMatch(/(?<!\\)(?:<|\]\(|!\[)/);
		for (const row of outside.filter((line) => line.startsWith('|'))) {
			expect([3, 4]).toContain(row.match(/(?<!\\)\|/g)?.length);
		}
	}
});

describe('results.json', () => {
	test('says the same for machines', () => {
		const results = JSON.parse(renderResults(input()));
		expect(results).toMatchObject({
			schema: 1,
			run: 'exec-20251031-shop',
			task: { id: 'TASK-004', sprint: 'SPRINT-001-01', track: 1 },
			status: 'completed',
			validation: 'checks',
			commit: null,
			attempts: [
				{
					number: 1,
					outcome: 'ok',
					exit: 0,
					started_at: '2025-10-31T10:00:00.000Z',
					output: { bytes: 12, sha256: 'a'.repeat(64), log: null },
					checks: [{ number: 1, passed: true, expect_exit: 0, exit: 0 }],
				},
			],
			files: [{ path: 'api/auth.json', change: 'created', sha256: 'e'.repeat(64), bytes: 812 }],
			criteria: [
				{ criterion: 'Login returns a JWT', verdict: 'passed', checks: [1] },
				{ criterion: 'A password can be reset', verdict: 'passed', checks: [1] },
			],
		});
	});
});

describe('secrets', () => {
	const secrets = [{ name: 'API_KEY', value: 'se"cr_et*value' }];
	test('do not reach the evidence, whatever escaping would make of them', () => {
		const leaky = input({
			secrets,
			reason: 'it said se"cr_et*value',
			task: {
				...task,
				description: 'use se"cr_et*value',
				work: { kind: 'command', command: { kind: 'argv', argv: ['curl', 'se"cr_et*value'] } },
			},
			attempts: [
				{
					attempt: attemptState(),
					output: output('fine\nkey=se"cr_et*value\n\u001b[1mse"cr_\u001b[0met*value\nfine too\n'),
					checkOutputs: [],
				},
			],
		});
		const markdown = renderEvidence(leaky);
		expect(markdown).not.toMatch(/et\\?\*value/);
		expect(markdown).toContain(
			'fine\n[line redacted: it held the value of API_KEY]\n[line redacted: it held the value of API_KEY]\nfine too\n',
		);
		expect(renderResults(leaky)).not.toMatch(/et\*value/);
	});
});

describe('the report of a worker', () => {
	const cases: readonly (readonly [string, unknown])[] = [
		['', null],
		['[1', null],
		['7', null],
		['{}', { status: '', results: [], discoveries: [], newSubtasks: [], recommendations: [] }],
		[
			'{"status":"done","results":"one","discoveries":["a",{"title":"b"},{"c":1}],"new_subtasks":null}',
			{
				status: 'done',
				results: ['one'],
				discoveries: ['a', 'b', '{"c":1}'],
				newSubtasks: [],
				recommendations: [],
			},
		],
	];
	test.each(cases)('%s', (text, expected) => {
		const { report, problem } = readWorkerReport(text);
		expect(report).toEqual(expected);
		expect(problem === '').toBe(expected !== null);
	});
});
