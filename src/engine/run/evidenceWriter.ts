import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
	EvidenceAttempt,
	EvidenceFile,
	EvidenceInput,
	GitPlace,
} from '../../core/evidence/evidenceInput.ts';
import { renderEvidence } from '../../core/evidence/evidenceMarkdown.ts';
import { evidenceFolders } from '../../core/evidence/evidenceNames.ts';
import type { Secret } from '../../core/evidence/redact.ts';
import { findSecrets } from '../../core/evidence/redact.ts';
import { renderResults } from '../../core/evidence/resultsJson.ts';
import type { WorkerReport } from '../../core/evidence/workerReport.ts';
import { readWorkerReport } from '../../core/evidence/workerReport.ts';
import type { RunPlan, RunTask } from '../../core/run/runPlan.ts';
import type { AttemptState, TaskState } from '../../core/run/runState.ts';
import { replaceFile } from '../files/replaceFile.ts';
import { attemptFolder, jobFiles, jobFolder } from '../files/runPaths.ts';
import { captureOutput } from './captureOutput.ts';
import type { Fingerprint } from './fingerprint.ts';
import { fingerprint, readBefore } from './fingerprint.ts';
import { gitPlace } from './gitPlace.ts';
import type { JobContext } from './prepareJob.ts';

/** The commit is asked for at most this often: a thousand short tasks must not start three thousand git processes. */
const gitAgeMs = 5_000;

/** Collects what a finished task left, and writes its EVIDENCE.md and results.json (FORMATS 2.3). */
export class EvidenceWriter {
	readonly #created: { readonly run: string; readonly createdAt: number };
	#git: { readonly at: number; readonly place: Promise<GitPlace> } | null = null;
	#folders: { readonly plan: RunPlan; readonly byTask: ReadonlyMap<string, string> } | null = null;

	constructor(created: { run: string; createdAt: number }) {
		this.#created = created;
	}

	/** Writes both files, each atomically, and returns their folder relative to the root, with `/`. */
	async write(context: JobContext, state: TaskState): Promise<string> {
		const folder = this.#folderOf(context.plan, state.task.id);
		const { rootPath } = context;
		const target = join(rootPath, ...folder.split('/'));
		const input = await this.#collect(context, state, target);
		await replaceFile(rootPath, join(target, 'results.json'), renderResults(input));
		await replaceFile(rootPath, join(target, 'EVIDENCE.md'), renderEvidence(input));
		return folder;
	}

	#folderOf(plan: RunPlan, task: string): string {
		if (this.#folders?.plan !== plan) {
			this.#folders = { plan, byTask: evidenceFolders(plan, this.#created) };
		}
		return this.#folders.byTask.get(task) ?? `.work/unscheduled/${encodeURIComponent(task)}`;
	}

	async #collect(context: JobContext, state: TaskState, target: string): Promise<EvidenceInput> {
		const { task } = state;
		const secrets = findSecrets({ ...process.env, ...task.env });
		const capture = { context, task, target, secrets };
		const last = state.attempts.at(-1)?.number ?? 1;
		const work = attemptFolder(context.runFolder, task.id, last);
		const [attempts, files, git, report] = await Promise.all([
			Promise.all(state.attempts.map((attempt) => captureAttempt(capture, attempt))),
			compareFiles(context.rootPath, task, work),
			this.#gitPlace(context.rootPath),
			reportOf(work),
		]);
		return {
			run: context.run,
			planName: context.plan.name,
			task,
			status: state.status,
			validation: state.validation,
			reason: state.reason,
			attempts,
			files,
			place: 'in-place',
			git,
			report: report.report,
			metrics: [],
			deviations: report.problem === '' ? [] : [report.problem],
			secrets,
		};
	}

	#gitPlace(rootPath: string): Promise<GitPlace> {
		if (this.#git === null || Math.abs(Date.now() - this.#git.at) > gitAgeMs) {
			this.#git = { at: Date.now(), place: gitPlace(rootPath) };
		}
		return this.#git.place;
	}
}

interface Capture {
	readonly context: JobContext;
	readonly task: RunTask;
	/** The evidence folder. */
	readonly target: string;
	readonly secrets: readonly Secret[];
}

async function captureAttempt(capture: Capture, attempt: AttemptState): Promise<EvidenceAttempt> {
	const { context, task, target, secrets } = capture;
	const { number, checks } = attempt;
	const folder = jobFolder(context.runFolder, task.id, number);
	const logName = `attempt-${number}.log`;
	const place = { rootPath: context.rootPath, target, secrets };
	return {
		attempt,
		output: await captureOutput({ ...place, folder, hash: attempt.outputHash, logName }),
		checkOutputs: await Promise.all(
			checks.map(({ index, outputHash }) =>
				captureOutput({
					...place,
					folder: jobFolder(context.runFolder, task.id, number, index),
					hash: outputHash,
					logName: `attempt-${number}-check-${index + 1}.log`,
				}),
			),
		),
	};
}

async function compareFiles(rootPath: string, task: RunTask, folder: string): Promise<EvidenceFile[]> {
	const before: Fingerprint = (await readBefore(folder)) ?? {};
	const after = await fingerprint(rootPath, task);
	const files = Object.entries(after).map(([path, { hash, bytes }]): EvidenceFile => {
		const old = before[path];
		const change = old === undefined ? 'created' : old.hash === hash ? 'unchanged' : 'modified';
		return { path, change, hash, bytes, bytesBefore: old?.bytes ?? null };
	});
	const gone = (path: string, change: 'deleted' | 'missing'): EvidenceFile => ({
		path,
		change,
		hash: null,
		bytes: null,
		bytesBefore: before[path]?.bytes ?? null,
	});
	const deleted = Object.keys(before).filter((path) => after[path] === undefined);
	const plain = task.produces.filter((path) => !/[*?[\]{}!]/.test(path));
	const missing = plain.filter((path) => after[path] === undefined && before[path] === undefined);
	return [
		...files,
		...deleted.map((path) => gone(path, 'deleted')),
		...missing.map((path) => gone(path, 'missing')),
	];
}

async function reportOf(folder: string): Promise<{ report: WorkerReport | null; problem: string }> {
	try {
		return readWorkerReport(await readFile(join(folder, jobFiles.out, 'report.json'), 'utf8'));
	} catch {
		return { report: null, problem: '' };
	}
}
