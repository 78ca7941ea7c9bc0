import { describe, expect, test } from 'vitest';
import { classifyFailure, resetTime } from '../../../src/core/run/failureClass.ts';
import { steadyText } from '../../../src/core/run/findings.ts';
import type { ReadReports } from '../../../src/core/run/judgeCheck.ts';
import { judgeCheck } from '../../../src/core/run/judgeCheck.ts';
import type { CommandRunCheck, Work } from '../../../src/core/run/runPlan.ts';
import type { Baseline } from '../../../src/core/run/runState.ts';
import { readVerdict } from '../../../src/core/run/verdict.ts';
import { parseCobertura, parseLcov } from '../../../src/engine/reports/parseCoverage.ts';
import { parseJunit } from '../../../src/engine/reports/parseJunit.ts';
import { parseSarif } from '../../../src/engine/reports/parseSarif.ts';

const now = Date.UTC(2026, 5, 1, 12, 0, 0);
const command = { kind: 'argv', argv: ['x'] } as const;
const agent: Work = {
	kind: 'agent',
	agent: 'bot',
	command,
	env: {},
	prompt: { kind: 'text', text: '' },
	usageLimit: ['^no more coins'],
};

describe('T3: whose fault a failure is', () => {
	test.each([
		['work', 'Tests failed', 1],
		['work', 'the API answered 200', 1],
		['usage-limit', 'Claude usage limit reached. Your limit will reset at 3pm.', 1],
		['usage-limit', 'HTTP 429 Too Many Requests', 1],
		['usage-limit', 'the server said 429', 1],
		['usage-limit', 'ok\nno more coins today', 1],
		['infrastructure', 'Error: getaddrinfo ENOTFOUND api.example.com', 1],
		['infrastructure', '{"type":"overloaded_error"}', 1],
		['infrastructure', '', 127],
		['infrastructure', '', 126],
	])('an agent: %s after %j', (kind, tail, exit) => {
		expect(classifyFailure({ work: agent, exit, error: undefined, tail, now }).kind).toBe(kind);
	});

	test('a command that prints such words has failed like any other, and a missing one is the plan’s to repair', () => {
		const work: Work = { kind: 'command', command };
		const facts = { work, exit: 1, tail: 'HTTP 429 ECONNRESET', now };
		expect(classifyFailure({ ...facts, error: undefined }).kind).toBe('work');
		expect(classifyFailure({ ...facts, error: 'spawn x ENOENT' }).kind).toBe('work');
		expect(classifyFailure({ ...facts, error: 'spawn EAGAIN' }).kind).toBe('infrastructure');
	});

	test.each([
		['usage limit reached|1780318800', Date.UTC(2026, 5, 1, 13, 0, 0)],
		['try again in 2h 5m', now + 125 * 60_000],
		['Retry-After: 30 s', now + 30_000],
		['resets at 3pm', Date.UTC(2026, 5, 1, 15, 0, 0)],
		['resets 11:30', Date.UTC(2026, 5, 2, 11, 30, 0)],
		['limit until 2026-06-01T14:00:00Z', Date.UTC(2026, 5, 1, 14, 0, 0)],
		['come back later', null],
		['try again in 90 days', null],
		['try again in 7 days', now + 7 * 86_400_000],
		['try again in 9 days', null],
	])('the end of a limit in %j', (text, expected) => {
		expect(resetTime(text, now)).toBe(expected);
	});

	test('times, durations and addresses do not make a finding another one', () => {
		expect(steadyText('at 12:00:01 pid 77: 3 failed in 1.2s (0xff)')).toBe(
			steadyText('at 09:30:59 pid 8: 3 failed in 14 s (0x1a)'),
		);
		expect(steadyText('3 failed')).not.toBe(steadyText('2 failed'));
	});
});

describe('T7: a verdict counts only in its schema', () => {
	const good = { criterion: 'Login works', verdict: 'PASS', finding: 'seen' };
	const bad = { ...good, verdict: 'FAIL', gap: 'no token' };
	test.each([
		['no file', null, 'it left no verdict.json'],
		['not JSON', 'PASS', 'its verdict.json is not JSON'],
		['an own word', { verdict: 'OK', criteria: [good] }, /not in the verdict schema \(verdict:/],
		['no criteria', { verdict: 'PASS', criteria: [] }, /not in the verdict schema/],
		['another key', { verdict: 'PASS', criteria: [good], note: 'trust me' }, /not in the verdict schema/],
		[
			'not all criteria',
			{ verdict: 'PASS', criteria: [{ ...good, criterion: 'Other' }] },
			'its verdict.json says nothing about “Login works”',
		],
		['a pass with a failed criterion', { verdict: 'PASS', criteria: [bad] }, /contradicts its own criteria/],
		['a fail without one', { verdict: 'FAIL', criteria: [good] }, /contradicts its own criteria/],
	])('%s is a failure of the validator', (_, value, problem) => {
		const text = value === null || typeof value === 'string' ? value : JSON.stringify(value);
		expect(readVerdict(text, ['Login works'])).toEqual({ problem: expect.stringMatching(problem) });
	});

	test('a whole one is believed', () => {
		const verdict = {
			verdict: 'FAIL',
			criteria: [{ ...bad, criterion: 'login  Works', persona: 'dev', file: 'a.ts' }],
		};
		expect(readVerdict(JSON.stringify(verdict), ['Login works'])).toEqual({ verdict });
	});
});

describe('checks with reports', () => {
	const failure = (name: string) => ({ name, text: 'x' });
	const tests = (total: number, failed: number) => ({
		tests: { total, passed: total - failed, failed, skipped: 0 },
	});

	function judge(
		check: Partial<CommandRunCheck>,
		reports: Partial<ReadReports> | null,
		more: { exit?: number; baseline?: Baseline } = {},
	) {
		const whole = reports === null ? null : { figures: {}, failures: [], problems: [], ...reports };
		const { exit = 0, baseline = null } = more;
		const full: CommandRunCheck = { command, expectExit: 0, timeoutMinutes: 1, ...check };
		const { passed, reason, known } = judgeCheck(full, {
			exit,
			reports: whole,
			baseline,
			ending: `x ended with exit ${exit}.`,
		});
		return { passed, reason, ...(known.length > 0 && { known }) };
	}

	test.each([
		['exit 0 without reports', {}, null, {}, { passed: true, reason: '' }],
		['exit 1 without reports', {}, null, { exit: 1 }, { passed: false, reason: 'x ended with exit 1.' }],
		[
			'failures behind exit 0',
			{},
			{ figures: tests(3, 1), failures: [failure('a')] },
			{},
			{ passed: false, reason: '1 of 3 tests failed.' },
		],
		[
			'a report without tests',
			{},
			{ figures: tests(0, 0) },
			{},
			{ passed: false, reason: 'Its JUnit report holds no test.' },
		],
		[
			'a report that is missing',
			{},
			{ problems: [{ kind: 'junit' as const, text: 'It wrote none.' }] },
			{},
			{ passed: false, reason: 'It wrote none.' },
		],
		[
			'enough coverage',
			{ minCoverage: 80 },
			{ figures: { lines: { found: 10, hit: 8 } } },
			{},
			{ passed: true, reason: '' },
		],
		[
			'too little',
			{ minCoverage: 80 },
			{ figures: { lines: { found: 1000, hit: 799 } } },
			{},
			{ passed: false, reason: 'The coverage of lines is 79.9 %, and 80 % is the least.' },
		],
		[
			'coverage of nothing',
			{ minCoverage: 0 },
			{ figures: { lines: { found: 0, hit: 0 } } },
			{},
			{ passed: false, reason: 'The coverage of lines was not measured, and 0 % is the least.' },
		],
		[
			'as many findings as there may be',
			{ maxFindings: 2 },
			{ figures: { findings: { error: 1, warning: 1, note: 0 } } },
			{},
			{ passed: true, reason: '' },
		],
		[
			'too many findings',
			{ maxFindings: 1 },
			{ figures: { findings: { error: 1, warning: 1, note: 0 } } },
			{},
			{ passed: false, reason: '2 findings, and 1 are the most.' },
		],
	])('%s', (_, check, reports, more, expected) => {
		expect(judge(check, reports, more)).toEqual(expected);
	});

	test('failures that were there before are told apart; only a check with a baseline lets them pass', () => {
		const baseline: Baseline = { figures: tests(3, 1), failures: ['old'], reason: '' };
		const old = { figures: tests(3, 1), failures: [failure('old')] };
		const both = { figures: tests(3, 2), failures: [failure('old'), failure('new')] };
		expect(judge({ baseline: true }, old, { exit: 1, baseline })).toEqual({
			passed: true,
			reason: '',
			known: ['old'],
		});
		expect(judge({ baseline: true }, both, { exit: 1, baseline })).toMatchObject({
			passed: false,
			reason: 'x ended with exit 1. 1 of 3 tests failed; 1 failed before the task began.',
		});
		expect(judge({}, old, { exit: 1, baseline }).passed).toBe(false);
		// A test that is gone cannot fail, and a run that broke off has fewer of them.
		const fewer = { figures: tests(2, 1), failures: [failure('old')] };
		expect(judge({ baseline: true }, fewer, { exit: 1, baseline }).passed).toBe(false);
		expect(judge({ baseline: true }, { figures: tests(3, 0) }, { exit: 1, baseline }).passed).toBe(false);
	});

	test('JUnit: cases are counted, whatever the sums say, in suites inside of suites', () => {
		const text = `<testsuites tests="99"><testsuite name="o"><testsuite name="i">
			<testcase classname="c" name="a"/><testcase classname="c" name="b" file="src\\b.ts"><failure message="1 &lt; 2">trace</failure></testcase>
			<testcase name="s"><skipped/></testcase><testcase name="e"><error>boom
			more</error></testcase></testsuite></testsuite></testsuites>`;
		expect(parseJunit(text)).toEqual({
			tests: { total: 4, passed: 1, failed: 2, skipped: 1 },
			failures: [
				{ name: 'c b', text: '1 < 2', file: 'src/b.ts' },
				{ name: 'e', text: 'boom' },
			],
		});
		expect(() => parseJunit('<html></html>')).toThrow('neither testsuites nor a testsuite');
		expect(() => parseJunit('PASS')).toThrow();
	});

	test('LCOV and Cobertura: lines are counted, not taken from rates', () => {
		const lcov =
			'TN:\nSF:a.ts\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nBRF:2\nBRH:1\nend_of_record\nSF:b.ts\nDA:1,3\nLF:1\nLH:1\nend_of_record\n';
		expect(parseLcov(lcov)).toEqual({ lines: { found: 3, hit: 2 }, branches: { found: 2, hit: 1 } });
		// Records without sums, with wrong ones, and of one file from two tests.
		const bare = 'SF:a.ts\nDA:1,1\nDA:2,0\nBRDA:1,0,0,1\nBRDA:1,0,1,-\nend_of_record\n';
		expect(parseLcov(bare)).toEqual({ lines: { found: 2, hit: 1 }, branches: { found: 2, hit: 1 } });
		const wrong =
			'SF:a.ts\nDA:1,1\nDA:2,0\nLF:2\nLH:2\nend_of_record\nSF:a.ts\nDA:2,4\nDA:3,0\nend_of_record\n';
		expect(parseLcov(wrong).lines).toEqual({ found: 3, hit: 2 });
		expect(parseLcov('SF:a.ts\nLF:4\nLH:3\nend_of_record\n').lines).toEqual({ found: 4, hit: 3 });
		const cobertura = `<?xml version="1.0"?><coverage line-rate="1" branches-valid="4" branches-covered="3"><packages><package><classes>
			<class filename="a.py"><lines><line number="1" hits="1"/><line number="2" hits="0"/></lines></class>
			<class filename="a.py"><lines><line number="2" hits="1"/></lines></class><class filename="b.py"><lines/></class></classes></package></packages></coverage>`;
		expect(parseCobertura(cobertura)).toEqual({
			lines: { found: 2, hit: 2 },
			branches: { found: 4, hit: 3 },
		});
	});

	test('SARIF: what passed, is suppressed or gone is no finding', () => {
		const result = (more: object) => ({ ruleId: 'R1', message: { text: 'bad' }, ...more });
		const log = {
			version: '2.1.0',
			runs: [
				{
					results: [
						result({
							level: 'error',
							locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.ts' } } }],
						}),
						result({}),
						result({ kind: 'pass' }),
						result({ suppressions: [{ kind: 'inSource' }] }),
						result({ baselineState: 'absent' }),
					],
				},
				{},
			],
		};
		expect(parseSarif(JSON.stringify(log))).toEqual({
			findings: { error: 1, warning: 1, note: 0 },
			failures: [
				{ name: 'R1 src/a.ts bad', text: '', file: 'src/a.ts' },
				{ name: 'R1  bad', text: '' },
			],
		});
		expect(() => parseSarif('{}')).toThrow('not a SARIF log');
	});
});
