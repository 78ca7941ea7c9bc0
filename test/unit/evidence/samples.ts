import type { RunPlan, RunTask } from '../../../src/core/run/runPlan.ts';
import type { AttemptState, CheckState, TaskState } from '../../../src/core/run/runState.ts';
import { rulesOf } from '../../../src/core/run/strategies.ts';

/** 2025-10-31 10:00:00 UTC. */
export const morning = Date.UTC(2025, 9, 31, 10);

export function runTask(id: string, more: Partial<RunTask> = {}): RunTask {
	return {
		id,
		name: `Name of ${id}`,
		description: '',
		type: 'backend',
		sprint: null,
		track: null,
		estimateMinutes: 60,
		layer: 1,
		stage: null,
		dependencies: [],
		acceptanceCriteria: [],
		work: { kind: 'command', command: { kind: 'argv', argv: ['node', 'work.mjs'] } },
		checks: [],
		produces: [],
		touches: [],
		locks: [],
		priority: 0,
		timeoutMinutes: 30,
		maxAttempts: 1,
		idempotent: false,
		env: {},
		cwd: '.',
		...more,
	};
}

export function runPlan(tasks: readonly RunTask[], more: Partial<RunPlan> = {}): RunPlan {
	const strategy = more.strategy ?? 'tracks';
	return {
		schema: 1,
		key: 'planning',
		form: 'folder',
		name: 'E-Commerce Platform',
		strategy,
		rules: rulesOf(strategy, more.tracks?.length ?? 0),
		jobs: 3,
		evidence: '.work',
		tracks: [],
		sprints: [],
		tasks,
		...more,
	};
}

export function attemptState(more: Partial<AttemptState> = {}): AttemptState {
	return {
		number: 1,
		claimedAt: morning,
		startedAt: morning,
		endedAt: morning + 3200,
		pid: 4711,
		outcome: 'ok',
		exit: 0,
		reason: '',
		outputHash: 'a'.repeat(64),
		outputBytes: 12,
		mark: '',
		iteration: 1,
		tier: 'T1',
		agent: null,
		counts: true,
		steps: [],
		paused: false,
		rejection: null,
		lost: 0,
		checks: [],
		round: 1,
		...more,
	};
}

export function checkState(more: Partial<CheckState> = {}): CheckState {
	return {
		index: 0,
		passed: true,
		exit: 0,
		reason: '',
		startedAt: morning + 3200,
		endedAt: morning + 4000,
		outputHash: 'b'.repeat(64),
		outputBytes: 5,
		figures: {},
		findings: [],
		known: [],
		criteria: [],
		advisory: false,
		...more,
	};
}

export function taskState(task: RunTask, more: Partial<TaskState> = {}): TaskState {
	return {
		task,
		status: 'pending',
		inScope: false,
		owner: null,
		attempts: [],
		used: 0,
		stopping: false,
		need: null,
		notBefore: null,
		infrastructure: 0,
		approved: false,
		baselines: new Map(),
		blockedBy: null,
		validation: null,
		startedAt: null,
		completedAt: null,
		evidence: null,
		written: null,
		reason: '',
		...more,
	};
}

/** A task that began at `minutes` after the morning and was completed `took` minutes later, with its checks passed. */
export function completed(task: RunTask, minutes: number, took: number): TaskState {
	return taskState(task, {
		status: 'completed',
		validation: 'checks',
		attempts: [attemptState(), attemptState({ number: 2 })],
		startedAt: morning + minutes * 60_000,
		completedAt: morning + (minutes + took) * 60_000,
	});
}
