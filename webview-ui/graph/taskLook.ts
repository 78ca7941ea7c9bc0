import type { GraphStatus, GraphTask } from '../../src/protocol/graphView.ts';
import type { Glyph } from '../shared/glyphs.ts';

/** Every way a task can look, in the order of the legend. The keys are also keys of the texts and CSS classes. */
export const looks = {
	needsYou: 'bell-dot',
	running: 'loading',
	checking: 'beaker',
	merging: 'git-merge',
	begun: 'circle-large-filled',
	failed: 'error',
	broken: 'issue-opened',
	completed: 'pass-filled',
	unverified: 'pass',
	stale: 'history',
	skipped: 'debug-step-over',
	cancelled: 'stop-circle',
	blocked: 'lock',
	ready: 'circle-large-outline',
	pending: 'circle-outline',
} as const satisfies Record<string, Glyph>;

export type Look = keyof typeof looks;

const unverifiedBy: ReadonlySet<GraphStatus['validation']> = new Set(['none', 'imported']);

/** What a person must do comes before what the run says, and that before what the plan says. */
export function lookOf(task: GraphTask | undefined, status: GraphStatus | undefined): Look {
	if (status?.needsPerson === true) {
		return 'needsYou';
	}
	// A file that changed after the checks makes them say nothing any more.
	if (status?.status === 'completed' && status.validation === 'stale') {
		return 'stale';
	}
	if (status?.status === 'completed' && unverifiedBy.has(status.validation)) {
		return 'unverified';
	}
	if (status?.status === 'running' && status.validation === 'imported') {
		// Another tool's file says so: nothing runs here.
		return 'begun';
	}
	const said = status?.status ?? 'pending';
	return task?.worst === 'error' && (said === 'pending' || said === 'ready') ? 'broken' : said;
}

/** Work is going on. */
export function isActive(look: Look): boolean {
	return look === 'running' || look === 'checking' || look === 'merging';
}

/** Nothing more is to be done. */
export function isDone(look: Look): boolean {
	return look === 'completed' || look === 'unverified' || look === 'stale' || look === 'skipped';
}

/** It cannot go on by itself. */
export function isTrouble(look: Look): boolean {
	return look === 'failed' || look === 'needsYou' || look === 'broken';
}
