import { readPlan } from '../../src/core/plan/readPlan.ts';
import type { RunChoice } from '../../src/core/run/runPlan.ts';
import type { GraphPlan } from '../../src/protocol/graphView.ts';
import type { ShownPlan } from '../../src/protocol/previewView.ts';
import type { TimelineTask } from '../../src/protocol/timelineView.ts';
import { forecastPlan } from '../../src/server/features/forecast.ts';

export interface SampleOptions {
	readonly strategy?: string;
	/** Tasks run a command and are checked by another; the first few are not. */
	readonly unchecked?: number;
	/** More lines of the plan file. */
	readonly more?: string;
}

/** A plan as YAML in one file, as a person would write it. */
export function yamlOf(plan: GraphPlan, { strategy, unchecked = 0, more = '' }: SampleOptions = {}): string {
	const quote = (text: string) => JSON.stringify(text);
	return [
		`plan: {name: ${quote(plan.name)}${strategy === undefined ? '' : `, strategy: ${strategy}`}}`,
		'tracks:',
		...plan.tracks.map(({ number, name }) => `  ${number}: {name: ${quote(name)}}`),
		'sprints:',
		...plan.sprints.map(
			({ id, name, track, tasks }) =>
				`  - {id: ${id}, name: ${quote(name)}, track: ${track}, tasks: [${tasks.join(', ')}]}`,
		),
		'tasks:',
		...plan.tasks.map(({ id, name, type, estimateMinutes, dependencies }, index) =>
			[
				`  - id: ${id}`,
				`    name: ${quote(name)}`,
				`    type: ${type}`,
				...(estimateMinutes === null ? [] : [`    estimated_minutes: ${estimateMinutes}`]),
				`    dependencies: [${dependencies.join(', ')}]`,
				`    run: [npm, run, ${quote(`build:${id.toLowerCase()}`)}]`,
				...(index < unchecked ? [] : [`    verify: [{run: [npm, test, --, ${id.toLowerCase()}]}]`]),
			].join('\n'),
		),
		more,
	].join('\n');
}

/** What the host sends of a plan, made the way the server makes it. */
export function shownPlan(plan: GraphPlan, options: SampleOptions = {}, choice: RunChoice = {}): ShownPlan {
	return shownOfText(yamlOf(plan, options), choice);
}

/** As `shownPlan`, of any text. */
export function shownOfText(text: string, choice: RunChoice = {}): ShownPlan {
	const key = 'sample';
	const id = { rootUri: 'file:///shop', key: 'planning' };
	const reading = readPlan(id, [{ uri: 'file:///shop/x.plan.yaml', text }], { agents: [] });
	const { runPlan, faults, warnings, errors, ownStrategy } = forecastPlan(reading, { agents: [], choice });
	return {
		...{ key, revision: 1, errors, ownStrategy, limit: null, plan: runPlan },
		...{ faults: [...faults], warnings: [...warnings] },
	};
}

/** What the host sends of a task that was tried once; times in milliseconds since the epoch. */
export function attemptOf(
	id: string,
	[startedAt, endedAt]: readonly [number, number | null],
	more: Partial<TimelineTask> & { readonly check?: 'passed' | 'failed' } = {},
): TimelineTask {
	const { check, ...rest } = more;
	const checkEnd = (endedAt ?? startedAt) + 2_000;
	return {
		id,
		status: endedAt === null ? 'running' : 'completed',
		verified: true,
		reason: '',
		hasEvidence: endedAt !== null,
		attempts: [
			{
				number: 1,
				startedAt,
				endedAt,
				outcome: endedAt === null ? null : 'ok',
				reason: '',
				checks:
					check === undefined || endedAt === null
						? []
						: [{ passed: check === 'passed', startedAt: endedAt, endedAt: checkEnd }],
			},
		],
		...rest,
	};
}

const minute = 60_000;

/** The seed plan in the middle of a run that began at 0 and has come to minute 1,500. */
export const seedAttempts: readonly TimelineTask[] = [
	attemptOf('TASK-001', [0, 430 * minute], { check: 'passed' }),
	attemptOf('TASK-004', [440 * minute, 1_170 * minute], { check: 'passed' }),
	attemptOf('TASK-008', [1_180 * minute, null]),
	attemptOf('TASK-002', [0, 290 * minute], { verified: false }),
	attemptOf('TASK-005', [300 * minute, 760 * minute], { check: 'passed' }),
	attemptOf('TASK-009', [770 * minute, 1_290 * minute], { check: 'passed' }),
	attemptOf('TASK-013', [1_300 * minute, null]),
	{
		...attemptOf('TASK-003', [0, 200 * minute], { check: 'passed' }),
		attempts: [
			{
				number: 1,
				startedAt: 0,
				endedAt: 140 * minute,
				outcome: 'failed',
				reason: 'exit code 1',
				checks: [],
			},
			{
				number: 2,
				startedAt: 150 * minute,
				endedAt: 380 * minute,
				outcome: 'ok',
				reason: '',
				checks: [
					{ passed: false, startedAt: 380 * minute, endedAt: 400 * minute },
					{ passed: true, startedAt: 400 * minute, endedAt: 430 * minute },
				],
			},
		],
	},
	attemptOf('TASK-007', [440 * minute, 800 * minute], {
		status: 'failed',
		check: 'failed',
		reason: 'npm test ended with exit code 1',
	}),
	{ ...attemptOf('TASK-011', [0, 0], {}), status: 'blocked', reason: 'TASK-007 failed', attempts: [] },
];
export const seedNow = 1_500 * minute;
