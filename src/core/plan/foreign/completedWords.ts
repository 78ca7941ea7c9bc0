/** What tools call a task that is finished. A task that was given up is none: whoever depends on it still waits. */
const words = new Set(['done', 'completed', 'complete', 'closed', 'finished', 'x', '✅', '✓']);

/** Whether the status that a tool wrote says that the task is finished. */
export function isCompletedWord(status: string | undefined): boolean {
	return words.has(status?.trim().toLowerCase() ?? '');
}
