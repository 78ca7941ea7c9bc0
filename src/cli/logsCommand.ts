import type { Command } from 'commander';
import { redactLines } from '../core/evidence/redact.ts';
import type { TaskState } from '../core/run/runState.ts';
import { enumerate } from '../core/run/summarise.ts';
import { RunLog } from '../engine/journal/runLog.ts';
import { TaskSecrets } from '../engine/run/taskSecrets.ts';
import { showAttempt } from '../engine/viewer/showAttempt.ts';
import { exitCodes } from './exitCodes.ts';
import { newestRun } from './newestRun.ts';
import { positiveInteger } from './runArguments.ts';
import { UsageError } from './usageError.ts';

interface LogsFlags {
	readonly path: string;
	readonly attempt?: string;
	readonly plan?: string;
}

/** `switchyard logs TASK`: what an attempt prints, with its checks, until it is over: what the task's terminal shows. */
export function registerLogs(program: Command): void {
	program
		.command('logs')
		.description('Show what a task prints, with its steps and checks, until its attempt is over.')
		.argument('<TASK>', 'id of the task; of a gate or its step as `status --json` names it')
		.option('--path <PATH>', 'workspace folder or plan file', '.')
		.option('--attempt <N>', 'another attempt than the last')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.action(async (task: string, flags: LogsFlags) => {
			process.exitCode = await logs(task, flags);
		});
}

async function logs(task: string, flags: LogsFlags): Promise<number> {
	const { folder, run } = await newestRun(flags);
	const log = new RunLog(folder);
	await log.refresh();
	const { table } = log.fold;
	const state = table?.tasks.get(task);
	if (table === null || state === undefined) {
		const known = table === null ? [] : [...table.tasks.keys()];
		throw new UsageError(`The run ${run} has no task ${task}. It has: ${enumerate(known)}.`);
	}
	const attempt = chosen(state, flags.attempt);
	// What is printed here may be sent on: lines with secrets are taken out, as in the evidence (FORMATS 2.3).
	const secrets = new TaskSecrets().of(state.task);
	const { kind } = await showAttempt(
		{ runFolder: folder, task, attempt },
		{
			out: process.stdout,
			colours: process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '',
			redact: (text) => redactLines(text, secrets),
		},
	);
	return kind === 'failed' ? exitCodes.failed : kind === 'stopped' ? exitCodes.interrupted : exitCodes.ok;
}

function chosen({ task, attempts }: TaskState, asked: string | undefined): number {
	const last = attempts.at(-1);
	if (last === undefined) {
		throw new UsageError(`${task.id} has not begun yet: there is nothing to show.`);
	}
	const number = asked === undefined ? last.number : positiveInteger('--attempt', asked);
	if (number > last.number) {
		throw new UsageError(`${task.id} has ${last.number === 1 ? 'one attempt' : `${last.number} attempts`}.`);
	}
	return number;
}
