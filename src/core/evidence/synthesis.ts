import type { ReplanState } from '../run/replanState.ts';
import type { TaskState } from '../run/runState.ts';
import type { MarkdownText } from './markdownText.ts';

/**
 * The final synthesis of seed 001: how the plan grew, why, and who did how much of it. From the journal alone; empty where
 * nobody found anything, so that plans which never change say nothing of it.
 */
export function synthesisLines(
	replans: ReplanState | undefined,
	tasks: readonly TaskState[],
	markdown: MarkdownText,
): readonly string[] {
	if (replans === undefined || replans.discoveries.size === 0) {
		return [];
	}
	const done = tasks.filter(({ status }) => status === 'completed');
	const open = replans.open().length;
	const pivots = replans.applied.map(({ number, reason, version, added, minutes }) => {
		const time =
			minutes === null ? '' : `, ${Math.round(minutes.before)} → ${Math.round(minutes.after)} min planned`;
		return `${number}. ${markdown.inline(reason)} (version ${version}, ${added.length} new${time})`;
	});
	return [
		`- **Total Subtasks Executed**: ${done.length} (started with ${replans.firstTasks.length})`,
		`- **Replanning Cycles**: ${replans.applied.length}`,
		`- **Discoveries**: ${replans.discoveries.size}, ${open} of them not decided about, ${replans.rejected.length} times rejected`,
		'',
		'| Worker | Tasks | Attempts |',
		'|---|---|---|',
		...contributions(done).map(
			({ worker, tasks: count, attempts }) => `| ${markdown.inline(worker)} | ${count} | ${attempts} |`,
		),
		'',
		'Key pivots:',
		'',
		...(pivots.length === 0 ? ['None.'] : pivots),
	];
}

interface Contribution {
	readonly worker: string;
	tasks: number;
	attempts: number;
}

/** What each worker completed, most first. */
function contributions(done: readonly TaskState[]): Contribution[] {
	const workers = new Map<string, Contribution>();
	for (const { task, attempts } of done) {
		const persona = task.steps?.map((step) => step.persona).join(' + ') ?? '';
		const agent = attempts.at(-1)?.agent ?? (attempts.length === 0 ? 'imported' : 'shell');
		const worker = persona === '' ? agent : `${agent}: ${persona}`;
		const known = workers.get(worker) ?? { worker, tasks: 0, attempts: 0 };
		known.tasks += 1;
		known.attempts += attempts.length;
		workers.set(worker, known);
	}
	return [...workers.values()].sort((a, b) => b.tasks - a.tasks);
}
