import type { TaskStatus, TaskSummary } from '../../core/run/runState.ts';

/** A codicon and a theme colour. Two states never share a shape: colour alone tells nobody enough. */
export interface Look {
	readonly icon: string;
	readonly color: string | null;
	/** The state in words, untranslated. */
	readonly words: string;
}

const looks: Readonly<Record<TaskStatus, Look>> = {
	pending: { icon: 'circle-outline', color: null, words: 'not started' },
	ready: { icon: 'circle-large-outline', color: null, words: 'ready' },
	running: { icon: 'loading~spin', color: 'charts.blue', words: 'running' },
	checking: { icon: 'beaker', color: 'charts.blue', words: 'checking' },
	merging: { icon: 'git-merge', color: 'charts.blue', words: 'merging' },
	completed: { icon: 'pass-filled', color: 'testing.iconPassed', words: 'completed' },
	failed: { icon: 'error', color: 'testing.iconFailed', words: 'failed' },
	blocked: { icon: 'lock', color: 'disabledForeground', words: 'blocked' },
	skipped: { icon: 'debug-step-over', color: 'testing.iconSkipped', words: 'skipped' },
	cancelled: { icon: 'stop-circle', color: 'testing.iconSkipped', words: 'stopped' },
};

/** A person is asked. */
export const needsYou: Look = {
	icon: 'bell-dot',
	color: 'notificationsWarningIcon.foreground',
	words: 'needs you',
};
const unverified: Look = { icon: 'pass', color: 'charts.yellow', words: 'completed, unverified' };
/** Another tool's file says so; nothing of ours runs, so nothing turns. */
const begun: Look = { icon: 'circle-large-filled', color: 'charts.blue', words: 'under way' };
const stale: Look = { icon: 'history', color: 'charts.yellow', words: 'completed, evidence is stale' };
const broken: Look = {
	icon: 'issue-opened',
	color: 'list.errorForeground',
	words: 'has errors in the plan',
};

/** How a task looks: what a person must do comes before what the run says, and that before what the plan says. */
export function taskLook(summary: TaskSummary | undefined, hasErrors: boolean): Look {
	if (summary?.needsPerson === true) {
		return needsYou;
	}
	const { validation } = summary ?? {};
	if (summary?.status === 'completed' && validation === 'stale') {
		return stale;
	}
	if (summary?.status === 'completed' && (validation === 'none' || validation === 'imported')) {
		return unverified;
	}
	if (summary?.status === 'running' && validation === 'imported') {
		return begun;
	}
	const status = summary?.status ?? 'pending';
	return hasErrors && (status === 'pending' || status === 'ready') ? broken : looks[status];
}

/** Counts of the tasks below a row. */
export interface Progress {
	readonly total: number;
	/** Completed or skipped by a person. */
	readonly done: number;
	readonly running: number;
	readonly failed: number;
	readonly needsYou: number;
	/** Tasks with evidence on disk. */
	readonly evidence: number;
	readonly estimateMinutes: number;
	/** Tasks of which another tool's file says how far they have come. */
	readonly stated: number;
}

/** How a plan, track or sprint looks: the worst or liveliest of what it holds. */
export function groupLook(progress: Progress, resting: string): Look {
	if (progress.needsYou > 0) {
		return needsYou;
	}
	if (progress.running > 0) {
		return looks.running;
	}
	if (progress.failed > 0) {
		return looks.failed;
	}
	if (progress.total > 0 && progress.done === progress.total) {
		return looks.completed;
	}
	return { icon: resting, color: null, words: progress.done > 0 ? 'begun' : 'not started' };
}

/** Work is going on: the task owns a slot. What another tool's file says of itself owns none. */
export function isActive(summary: TaskSummary | undefined): boolean {
	const isAtWork = ['running', 'checking', 'merging'].includes(summary?.status ?? '');
	return isAtWork && summary?.validation !== 'imported';
}

/** The task cannot go on unless a person decides. */
export function awaitsPerson(summary: TaskSummary | undefined): boolean {
	return summary !== undefined && (summary.needsPerson || summary.status === 'failed');
}

/** The task is finished with, as far as its dependents are concerned. */
export function isDone(summary: TaskSummary | undefined): boolean {
	return summary?.status === 'completed' || summary?.status === 'skipped';
}
