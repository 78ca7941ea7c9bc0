import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { AgentWork } from '../../src/core/run/runPlan.ts';
import type { JobFacts } from '../../src/engine/run/jobOutcome.ts';
import { outsideVerdict } from '../../src/engine/run/jobOutcome.ts';
import { MachineSlots } from '../../src/engine/run/machineSlots.ts';
import type { JobEnd } from '../../src/engine/run/superviseJob.ts';
import { runTask } from '../unit/evidence/samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchyard-limits-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const now = Date.UTC(2025, 9, 31, 10);
const minutes = (count: number) => now + count * 60_000;
const work: AgentWork = {
	kind: 'agent',
	agent: 'small',
	command: { kind: 'argv', argv: ['small'] },
	env: {},
	prompt: { kind: 'text', text: '' },
};

/** What the end of an agent's job comes to, where it printed this. */
function verdictOn(printed: string, more: Partial<JobFacts>) {
	writeFileSync(join(folder, 'output.log'), printed);
	const job = {
		...{ task: runTask('A'), attempt: 1, place: {}, round: 1, work, check: null, title: '' },
		...{ steps: [], timeoutMinutes: 1, stallMinutes: null, env: {}, findings: [], findingsFrom: null },
	};
	const facts: JobFacts = {
		...{ rootPath: folder, engine: 'e1', job, folder, out: folder, command: 'small' },
		...{ infrastructure: 0, parked: 0, backoffSeconds: 2, redact: (text: string) => text, now },
		...more,
	};
	const result = { schema: 1 as const, exit: 1 };
	const end: JobEnd = { kind: 'result', result, startedAt: now, endedAt: now };
	return outsideVerdict(facts, end);
}

describe('T3: how long and how often', () => {
	test.each([
		[0, 2],
		[1, 8],
		[2, 32],
	])(
		'after %i failures of the infrastructure the next try is %i seconds later',
		async (infrastructure, seconds) => {
			expect(await verdictOn('ECONNREFUSED', { infrastructure })).toMatchObject({
				outcome: 'infrastructure',
				retryAt: now + seconds * 1_000,
			});
		},
	);

	test('after three new tries it is a failure', async () => {
		const verdict = await verdictOn('ECONNREFUSED', { infrastructure: 3 });
		expect(verdict).toMatchObject({ outcome: 'infrastructure', final: true });
		expect(verdict?.reason).toContain('3 more tries ended in the same way.');
		expect(verdict).not.toHaveProperty('retryAt');
	});

	test('a usage limit lasts until the agent says, else a quarter of an hour; one that comes back twenty times is none', async () => {
		expect(await verdictOn('usage limit reached, try again in 2 hours', {})).toMatchObject({
			outcome: 'usage-limit',
			retryAt: minutes(120),
		});
		expect(await verdictOn('usage limit reached', { parked: 19 })).toMatchObject({ retryAt: minutes(15) });
		expect(await verdictOn('usage limit reached', { parked: 20 })).toMatchObject({ final: true });
	});

	test('what is the work’s own fault is nothing of these', async () => {
		expect(await verdictOn('TypeError: x is undefined', {})).toBeNull();
	});
});

test('S4: eight agents work at once on a machine unless it is set otherwise, and a slot that is given back is free', async () => {
	const check = async (limit: number | undefined, expected: number) => {
		const place = join(folder, `slots-${limit}`);
		const slots = new MachineSlots({ folder: place, ...(limit === undefined ? {} : { limit }) });
		const taken = await Array.from({ length: 12 }).reduce<Promise<number>>(
			async (before, _, index) => (await before) + ((await slots.take(`T${index}`)) ? 1 : 0),
			Promise.resolve(0),
		);
		expect(taken).toBe(expected);
		await slots.release();
		expect(readdirSync(place)).toEqual([]);
		expect(await slots.take('T1')).toBe(true);
		await slots.release();
	};
	await check(undefined, 8);
	await check(2, 2);
});
