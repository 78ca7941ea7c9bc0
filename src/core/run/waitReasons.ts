import type { TaskRefusal } from './readyTasks.ts';
import type { RunTable } from './runTable.ts';

/** Names in one message. */
const maxNames = 3;

/** What a task waits for that runs beside it or goes before it, as the end of a sentence (S2, S3). */
export function describeClash({ kind, task, clash }: Exclude<TaskRefusal, { kind: 'barrier' }>): string {
	const isNext = `${task} was passed over often enough and comes first`;
	switch (clash.kind) {
		case 'track':
			return kind === 'turn' ? `${isNext}, in the same track` : `${task} of the same track is running`;
		case 'lock':
			return kind === 'turn'
				? `${isNext}, for the lock “${clash.name}”`
				: `${task} holds the lock “${clash.name}”`;
		case 'touches': {
			const where =
				clash.own === clash.other
					? `\`${clash.own}\``
					: `\`${clash.other}\`, which may meet \`${clash.own}\``;
			return kind === 'turn' ? `${isNext}, to change ${where}` : `${task} changes ${where}`;
		}
	}
}

/** Which tasks of earlier layers still run (S1). Looks at what runs only: a plan may hold many that wait. */
export function describeBarrier(table: RunTable, id: string): string {
	const task = table.definitionOf(id);
	const isBatch = table.plan.rules.barrier === 'batches';
	const running = [...table.active].filter((other) => {
		const before = table.definitionOf(other);
		const sharesBarrier = !isBatch || before?.sprint === task?.sprint;
		return sharesBarrier && (before?.stage ?? Number.MAX_VALUE) < (task?.stage ?? 0);
	});
	const names = running.slice(0, maxNames).join(', ');
	const more = running.length > maxNames ? ` and ${running.length - maxNames} more` : '';
	const what = isBatch ? 'the batch before it' : 'what comes before its layer';
	return `${what} is not over${names === '' ? '' : `: ${names}${more}`}`;
}
