import type { Command } from 'commander';
import type { Explanation } from '../core/run/explanation.ts';
import { explanationLines } from '../core/run/explanationText.ts';
import { enumerate } from '../core/run/summarise.ts';
import { readExplanation } from '../engine/journal/readExplanation.ts';
import { newestRun } from './newestRun.ts';
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
					: explanations.flatMap(explanationLines).join('\n');
			process.stdout.write(`${text}\n`);
		});
}

async function explain(
	task: string,
	flags: WhyFlags,
): Promise<{ readonly run: string; readonly explanations: readonly Explanation[] }> {
	const newest = await newestRun(flags, `nothing has happened to ${task} yet`);
	const read = await readExplanation(newest.folder, task);
	if (read.kind === 'unknown') {
		throw new UsageError(`The run ${newest.run} has no task ${task}. It has: ${enumerate(read.known)}.`);
	}
	return { run: newest.run, explanations: read.explanations };
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
