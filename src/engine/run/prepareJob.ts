import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from '../../core/plan/plan.ts';
import type { RunPlan, RunTask } from '../../core/run/runPlan.ts';
import type { JobSpec } from '../../protocol/runnerFiles.ts';
import { makeFolder } from '../files/makeFolder.ts';
import { readSmallFile } from '../files/readSmallFile.ts';
import { jobFiles, jobFolder } from '../files/runPaths.ts';
import type { JobId } from './describeJob.ts';
import { findingsText } from './findingsText.ts';
import { insideRoot } from './insideRoot.ts';
import type { TaskSecrets } from './taskSecrets.ts';

export interface JobContext {
	readonly rootPath: string;
	readonly runFolder: string;
	readonly run: string;
	readonly plan: RunPlan;
	readonly secrets: TaskSecrets;
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
	const { task, attempt, place } = job;
	const folder = jobFolder(context.runFolder, task.id, attempt, place);
	const out = outFolder(context.runFolder, job);
	if (job.check !== null) {
		makeCheckFolder(folder, job.round);
	}
	makeFolder(out);
	const cwd = workingFolder(context.rootPath, task);
	const findings = await writeFindings(context, job, out);
	const spec: JobSpec = {
		schema: 1,
		run: context.run,
		task: task.id,
		attempt,
		job: jobName(job),
		...(job.check === null ? {} : { round: job.round }),
		title: job.title,
		cwd,
		...(await processPart(context, job, { folder, findings })),
		timeoutMs: job.timeoutMinutes * 60_000,
		...(job.stallMinutes === null ? {} : { stallMs: job.stallMinutes * 60_000 }),
		checks: task.checks.length + (task.approval === 'after' ? 1 : 0),
		...(job.check === null && place.step !== undefined ? stepsPart(job) : {}),
		env: {
			...(job.work.kind === 'agent' ? job.work.env : {}),
			...task.env,
			SWITCHYARD_ROOT: context.rootPath,
			SWITCHYARD_RUN: context.run,
			SWITCHYARD_TASK: task.id,
			SWITCHYARD_ATTEMPT: String(attempt),
			SWITCHYARD_OUT: out,
			...job.env,
			...(findings === '' ? {} : { SWITCHYARD_FINDINGS: join(out, jobFiles.findings) }),
		},
	};
	writePrivately(join(folder, jobFiles.spec), `${JSON.stringify(spec, null, '\t')}\n`);
	return { folder, spec };
}

/** What a viewer has to know of a chain. */
function stepsPart({ steps, task }: JobId): Pick<JobSpec, 'steps' | 'stepChecks'> {
	const stepChecks = (task.steps ?? []).reduce((sum, { checks }) => sum + checks.length, 0);
	return { steps: [...steps], stepChecks };
}

/** Where a job leaves what it reports. A judge has a place of its own: no verdict may lie there before it judges (T7). */
export function outFolder(runFolder: string, { task, attempt, place, check }: JobId): string {
	const { step } = place;
	const owner = check?.kind === 'agent' ? place : { step };
	return join(jobFolder(runFolder, task.id, attempt, owner), jobFiles.out);
}

function jobName({ place: { step, check, baseline } }: JobId): string {
	const inside = step === undefined ? '' : `step-${step + 1}`;
	const name = check === undefined ? '' : `${baseline === true ? 'baseline' : 'check'}-${check + 1}`;
	return [inside, name].filter((part) => part !== '').join('/') || 'work';
}

/** Tells the next iteration what the last one left (T2). Returns the text, empty where there is nothing to tell. */
async function writeFindings(context: JobContext, job: JobId, out: string): Promise<string> {
	const text = await findingsText(context, job);
	if (text !== '') {
		writePrivately(join(out, jobFiles.findings), text);
	}
	return text;
}

/**
 * A check that is made again gets an empty folder: what an earlier round left in it is put aside under the name of that
 * round, which only the first of several engines can do. What lies there before the first round is nobody's verdict.
 */
function makeCheckFolder(folder: string, round: number): void {
	const before = roundIn(folder);
	if (before === null) {
		rmSync(join(folder, jobFiles.out), { recursive: true, force: true });
	} else if (before < round) {
		try {
			renameSync(folder, `${folder}.round-${before}`);
		} catch (error) {
			const { code = '' } = error as NodeJS.ErrnoException;
			if (!/^(ENOTEMPTY|EEXIST|ENOENT)$/.test(code)) {
				throw error;
			}
		}
	}
	makeFolder(folder);
}

/** The round whose job lies in a folder; null where there is none. */
function roundIn(folder: string): number | null {
	try {
		const found = readSmallFile(join(folder, jobFiles.spec));
		return found === null ? null : ((JSON.parse(found.text) as Partial<JobSpec>).round ?? 1);
	} catch {
		return null;
	}
}

/**
 * In one step, and without a sync: what a power cut takes away of it is written again, and nothing began without it.
 * Engines that do so at once write the same.
 */
function writePrivately(file: string, text: string): void {
	const temporary = `${file}.${process.pid}`;
	writeFileSync(temporary, text, { mode: 0o600 });
	renameSync(temporary, file);
}

async function processPart(
	context: JobContext,
	{ work }: JobId,
	{ folder, findings }: { readonly folder: string; readonly findings: string },
): Promise<Pick<JobSpec, 'argv' | 'stdin' | 'runner'>> {
	const argv = argvOf(work.command);
	if (work.kind !== 'agent') {
		return { argv, stdin: null, runner: process.platform === 'win32' ? 'node' : 'light' };
	}
	const prompt = join(folder, jobFiles.prompt);
	const text = work.prompt.kind === 'text' ? work.prompt.text : await promptFile(context, work.prompt.path);
	writePrivately(prompt, findings === '' ? text : `${text.trimEnd()}\n\n${findings}`);
	return { argv, stdin: prompt, runner: 'node' };
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

async function promptFile(context: JobContext, path: string): Promise<string> {
	const file = insideRoot(context.rootPath, path);
	if (file === null) {
		throw new JobSetupError(`The prompt file ${path} is missing or leads outside the plan's folder.`);
	}
	return readFile(file, 'utf8');
}

function workingFolder(rootPath: string, task: RunTask): string {
	const folder = insideRoot(rootPath, task.cwd);
	if (folder === null || !statSync(folder).isDirectory()) {
		throw new JobSetupError(`The folder ${task.cwd} (cwd) is missing or leads outside ${resolve(rootPath)}.`);
	}
	return folder;
}
