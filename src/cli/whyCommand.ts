import type { Command } from 'commander';
import type { StampedEvent } from '../core/run/events.ts';
import type { Explanation } from '../core/run/explainTask.ts';
import { explainTask } from '../core/run/explainTask.ts';
import { enumerate } from '../core/run/summarise.ts';
import { journalFile } from '../engine/files/runPaths.ts';
import { JournalReader } from '../engine/journal/journalReader.ts';
import { listRuns } from '../engine/journal/listRuns.ts';
import { RunLog } from '../engine/journal/runLog.ts';
import { callLoader } from '../engine/run/callLoader.ts';
import { locatePlan } from './locatePlan.ts';
import { UsageError } from './usageError.ts';

interface WhyFlags {
	readonly path: string;
	readonly plan?: string;
	readonly json?: boolean;
}

/** `switchyard why`: why a task stands where it stands, each sentence with the lines of the journal behind it. */
export function registerWhy(program: Command): void {
	program
		.command('why')
		.description(
			'Tell why a task escalated, waits, is blocked, was retried or failed, with the events behind it.',
		)
		.argument('<TASK>', 'id of the task')
		.option('--path <PATH>', 'workspace folder or plan file', '.')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.option('--json', 'print the sentences and events as JSON')
		.action(async (task: string, flags: WhyFlags) => {
			const { run, explanations } = await explain(task, flags);
			const text =
				flags.json === true
					? JSON.stringify({ run, task, why: explanations.map(toJson) }, null, 2)
					: explanations.flatMap(toLines).join('\n');
			process.stdout.write(`${text}\n`);
		});
}

async function explain(
	task: string,
	{ path, plan }: WhyFlags,
): Promise<{ readonly run: string; readonly explanations: readonly Explanation[] }> {
	const place = locatePlan(await callLoader({ path, ...(plan === undefined ? {} : { planKey: plan }) }));
	const runs = await listRuns(place.rootPath);
	const newest = runs.filter((run) => place.key === null || run.plan === place.key).at(-1);
	if (newest === undefined) {
		throw new UsageError(
			`There is no run of this plan in ${place.rootPath}: nothing has happened to ${task} yet.`,
		);
	}
	const log = new RunLog(newest.folder);
	await log.refresh();
	const { table } = log.fold;
	const state = table?.tasks.get(task);
	if (table === null || state === undefined) {
		const names = enumerate([...(table?.tasks.keys() ?? [])]);
		throw new UsageError(`The run ${newest.run} has no task ${task}. It has: ${names}.`);
	}
	const events = await new JournalReader(journalFile(newest.folder)).read();
	return { run: newest.run, explanations: explainTask(table, state, events) };
}

function toLines({ sentence, events }: Explanation): string[] {
	return [sentence, ...events.map((event) => `    ${describeEvent(event)}`)];
}

/** One line of the journal for a person: when, what, of which attempt, and how it ended. */
function describeEvent(event: StampedEvent): string {
	const time = new Date(event.stamp.at).toISOString().slice(0, 19).replace('T', ' ');
	const attempt = 'attempt' in event && event.attempt !== undefined ? `  attempt ${event.attempt}` : '';
	const check = 'check' in event ? `  check ${event.check + 1}` : '';
	return `${time}  ${event.kind}${attempt}${check}${endingOf(event)}`;
}

function endingOf(event: StampedEvent): string {
	switch (event.kind) {
		case 'attempt-ended':
			return `  ${event.outcome}${event.exit === null ? '' : `, exit ${event.exit}`}`;
		case 'check-ended':
			return `  ${event.passed ? 'passed' : 'failed'}${event.exit === null ? '' : `, exit ${event.exit}`}`;
		case 'task-answered':
			return `  ${event.answer} by ${event.by}`;
		default:
			return '';
	}
}

function toJson({ about, sentence, events }: Explanation): object {
	return {
		about,
		sentence,
		events: events.map(({ stamp, ...event }) => ({
			at: new Date(stamp.at).toISOString(),
			writer: stamp.writer,
			sequence: stamp.sequence,
			...event,
		})),
	};
}
