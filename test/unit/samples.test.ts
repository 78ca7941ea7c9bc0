import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/core/plan/plan.ts';
import { groupPlans } from '../../src/core/plan/planFiles.ts';
import { readPlan } from '../../src/core/plan/readPlan.ts';
import { toRunPlan } from '../../src/core/run/toRunPlan.ts';
import { countPossibleTracks } from '../../src/core/schedule/possibleTracks.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Reads the one plan of a folder; what is wrong with it comes as `code message` lines. */
function readSample(folder: string): { plan: Plan; problems: string[] } {
	const paths = readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' });
	const uri = `file:///${folder}`;
	const [group, ...others] = groupPlans(
		uri,
		paths.map((path) => path.replaceAll('\\', '/')).filter((path) => !/(^|\/)\./.test(path)),
	);
	if (group === undefined || others.length > 0) {
		throw new Error(
			`${folder} should hold one plan and holds ${others.length + (group === undefined ? 0 : 1)}`,
		);
	}
	const files = group.files.map((file) => ({
		uri: file,
		text: readFileSync(`${root}${decodeURIComponent(file.slice('file:///'.length))}`, 'utf8'),
	}));
	return read(group.id, files);
}

function read(id: Plan['id'], files: { uri: string; text: string }[]): { plan: Plan; problems: string[] } {
	const { plan, problems } = readPlan(id, files);
	return { plan, problems: problems.map(({ code, message }) => `${code} ${message}`) };
}

describe('the samples', () => {
	test('the shop has the totals of its plan, and nothing to complain about', () => {
		const { plan, problems } = readSample('samples/shop');
		expect(problems).toEqual([]);
		const { runPlan, faults } = toRunPlan(plan, { agents: [] });
		expect(faults).toEqual([]);
		const hours = (items: readonly { estimateMinutes: number | null }[]) =>
			items.map(({ estimateMinutes }) => (estimateMinutes ?? 0) / 60);
		expect(runPlan).toMatchObject({ name: 'E-Commerce Platform', strategy: 'tracks', jobs: 3 });
		expect(runPlan.tracks.map(({ name }) => name)).toEqual(['Backend API', 'Frontend', 'Infrastructure']);
		expect(hours(runPlan.tracks)).toEqual([52, 44, 32]);
		const sums = runPlan.sprints.map(({ id, tasks }) => [
			id,
			hours(runPlan.tasks.filter((task) => tasks.includes(task.id))).reduce((sum, value) => sum + value),
		]);
		expect(Object.fromEntries(sums)).toEqual({
			'SPRINT-001-01': 24,
			'SPRINT-002-01': 28,
			'SPRINT-001-02': 20,
			'SPRINT-002-02': 24,
			'SPRINT-001-03': 12,
			'SPRINT-002-03': 20,
		});
		expect(runPlan.tasks.every(({ checks, produces }) => checks.length > 0 && produces.length > 0)).toBe(
			true,
		);
		expect(countPossibleTracks(runPlan.tasks)).toBe(3);
	});

	test('the service is a plan without problems', () => {
		const { plan, problems } = readSample('samples/node-service');
		expect(problems).toEqual([]);
		const { runPlan, faults } = toRunPlan(plan, { agents: [] });
		expect(faults).toEqual([]);
		expect(runPlan.tasks.map(({ id }) => id)).toEqual([
			'validator',
			'store',
			'server',
			'client',
			'bundle',
			'handbook',
		]);
	});

	test('the example in the README is a plan without errors', () => {
		const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(`${root}README.md`, 'utf8')) ?? [];
		const id = { rootUri: 'file:///readme', key: 'example' };
		expect(read(id, [{ uri: 'file:///readme/example.plan.yaml', text }]).problems).toEqual([]);
	});
});
