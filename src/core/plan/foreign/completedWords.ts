/** What tools call a task that is finished. A task that was given up is none: whoever depends on it still waits. */
const completed = new Set(['done', 'completed', 'complete', 'closed', 'finished', 'x', '✅', '✓']);
const begun = new Set(['inprogress', 'doing', 'started', 'active', 'wip', 'review', 'inreview', '🔄', '🚧']);
const blocked = new Set(['blocked', 'onhold', 'waiting', '⛔']);
const dropped = new Set([
	'cancelled',
	'canceled',
	'deferred',
	'wontfix',
	'wontdo',
	'skipped',
	'tombstone',
	'❌',
]);

/** How far a task has come by the word of its tool. `open`: not begun, or a word that nobody here knows. */
export type StatedStatus = 'completed' | 'begun' | 'blocked' | 'dropped' | 'open';

/** Whether the status that a tool wrote says that the task is finished. */
export function isCompletedWord(status: string | undefined): boolean {
	return completed.has(status?.trim().toLowerCase() ?? '');
}

/** What a status that a tool wrote means. Case, blanks, dashes and underscores make no difference. */
export function statedStatus(word: string): StatedStatus {
	const plain = word.toLowerCase().replace(/[\s_'’-]/g, '');
	if (isCompletedWord(word) || completed.has(plain)) {
		return 'completed';
	}
	if (begun.has(plain)) {
		return 'begun';
	}
	if (blocked.has(plain)) {
		return 'blocked';
	}
	return dropped.has(plain) ? 'dropped' : 'open';
}
