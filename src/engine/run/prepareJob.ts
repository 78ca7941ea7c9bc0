import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from '../../core/plan/plan.ts';
import type { RunCheck, RunPlan, RunTask } from '../../core/run/runPlan.ts';
import type { JobSpec } from '../../protocol/runnerFiles.ts';
import { jobFiles, jobFolder } from '../files/runPaths.ts';
import { insideRoot } from './insideRoot.ts';

/** Which job: the work of an attempt, or one of its checks. */
export interface JobId {
	readonly task: RunTask;
	readonly attempt: number;
	/** Zero-based; undefined for the work. */
	readonly check: number | undefined;
	/** How often the checks of this attempt were begun, from 1. */
	readonly round: number;
}

export interface JobContext {
	readonly rootPath: string;
	readonly runFolder: string;
	readonly run: string;
	readonly plan: RunPlan;
}

/** Something in the workspace keeps a job from being started; a sentence that says what to do. */
export class JobSetupError extends Error {
	override readonly name = 'JobSetupError';
}

/**
 * Writes everything a runner needs into the job's folder, `spec.json` last and atomically: whoever finds a spec may
 * start the job. Done again for the same job it changes nothing that a runner has begun with.
 */
export async function prepareJob(
	context: JobContext,
	job: JobId,
): Promise<{ folder: string; spec: JobSpec }> {
	const folder = jobFolder(context.runFolder, job.task.id, job.attempt, job.check);
	const work = jobFolder(context.runFolder, job.task.id, job.attempt);
	await mkdir(join(work, jobFiles.out), { recursive: true, mode: 0o700 });
	if (job.check !== undefined) {
		await makeCheckFolder(folder, job.round);
	}
	const cwd = await workingFolder(context.rootPath, job.task);
	const check = job.check === undefined ? undefined : job.task.checks[job.check];
	const spec: JobSpec = {
		schema: 1,
		run: context.run,
		task: job.task.id,
		attempt: job.attempt,
		job: job.check === undefined ? 'work' : `check-${job.check + 1}`,
		...(job.check === undefined ? {} : { round: job.round }),
		cwd,
		...(check === undefined ? await workPart(context, job, folder) : checkPart(job, check)),
		env: {
			...(job.task.work.kind === 'agent' ? job.task.work.env : {}),
			...job.task.env,
			SWITCHYARD_ROOT: context.rootPath,
			SWITCHYARD_RUN: context.run,
			SWITCHYARD_TASK: job.task.id,
			SWITCHYARD_ATTEMPT: String(job.attempt),
			SWITCHYARD_OUT: join(work, jobFiles.out),
		},
	};
	await writePrivately(join(folder, jobFiles.spec), `${JSON.stringify(spec, null, '\t')}\n`);
	return { folder, spec };
}

/**
 * A check that is made again gets an empty folder: what an earlier round left in it is put aside under the name of that
 * round, which only the first of several engines can do.
 */
async function makeCheckFolder(folder: string, round: number): Promise<void> {
	const before = await readFile(join(folder, jobFiles.spec), 'utf8').then(
		(text) => (JSON.parse(text) as Partial<JobSpec>).round ?? 1,
		() => null,
	);
	if (before !== null && before < round) {
		await rename(folder, `${folder}.round-${before}`).catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && error.code !== 'ENOENT') {
				throw error;
			}
		});
	}
	await mkdir(folder, { recursive: true, mode: 0o700 });
}

/**
 * In one step, and without a sync: what a power cut takes away of it is written again, and nothing began without it.
 * Engines that do so at once write the same.
 */
async function writePrivately(file: string, text: string): Promise<void> {
	const temporary = `${file}.${process.pid}`;
	await writeFile(temporary, text, { mode: 0o600 });
	await rename(temporary, file);
}

type SpecPart = Pick<JobSpec, 'title' | 'argv' | 'stdin' | 'runner' | 'timeoutMs' | 'checks'>;

async function workPart(context: JobContext, { task }: JobId, folder: string): Promise<SpecPart> {
	const common = { title: task.name, timeoutMs: task.timeoutMinutes * 60_000, checks: task.checks.length };
	if (task.work.kind === 'command') {
		return { ...common, argv: argvOf(task.work.command), stdin: null, runner: lightWherePossible() };
	}
	const prompt = join(folder, jobFiles.prompt);
	await writePrivately(prompt, await promptText(context, task));
	return { ...common, argv: argvOf(task.work.command), stdin: prompt, runner: 'node' };
}

function checkPart({ task }: JobId, check: RunCheck): SpecPart {
	return {
		title: task.name,
		argv: argvOf(check.command),
		stdin: null,
		runner: lightWherePossible(),
		timeoutMs: check.timeoutMinutes * 60_000,
	};
}

function lightWherePossible(): 'light' | 'node' {
	return process.platform === 'win32' ? 'node' : 'light';
}

/** The argument list of a command. Only a plan that asked for a shell line (`shell: true`) gets a shell. */
export function argvOf(command: Command): string[] {
	if (command.kind === 'argv') {
		return [...command.argv];
	}
	return process.platform === 'win32'
		? [process.env['ComSpec'] ?? 'cmd.exe', '/d', '/s', '/c', command.line]
		: ['/bin/sh', '-c', command.line];
}

async function promptText(context: JobContext, task: RunTask): Promise<string> {
	if (task.work.kind !== 'agent' || task.work.prompt.kind === 'text') {
		return task.work.kind === 'agent' && task.work.prompt.kind === 'text' ? task.work.prompt.text : '';
	}
	const { path } = task.work.prompt;
	const file = await insideRoot(context.rootPath, path);
	if (file === null) {
		throw new JobSetupError(`The prompt file ${path} is missing or leads outside the plan's folder.`);
	}
	return readFile(file, 'utf8');
}

async function workingFolder(rootPath: string, task: RunTask): Promise<string> {
	const folder = await insideRoot(rootPath, task.cwd);
	if (folder === null || !(await stat(folder)).isDirectory()) {
		throw new JobSetupError(`The folder ${task.cwd} (cwd) is missing or leads outside ${resolve(rootPath)}.`);
	}
	return folder;
}
