import type { Clock, Logger } from '../../core/base/ports.ts';
import { findSecrets, redactLines } from '../../core/evidence/redact.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { Step } from '../../core/run/nextStep.ts';
import { nextStep } from '../../core/run/nextStep.ts';
import type { TaskState } from '../../core/run/runState.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { explainDiskError } from '../files/diskError.ts';
import { attemptFolder, jobFolder } from '../files/runPaths.ts';
import type { JournalWriter } from '../journal/journalWriter.ts';
import type { EvidenceWriter } from './evidenceWriter.ts';
import { keepBefore } from './fingerprint.ts';
import type { JobFacts } from './jobOutcome.ts';
import { attemptEndedEvent, checkEndedEvent } from './jobOutcome.ts';
import type { JobContext, JobId } from './prepareJob.ts';
import { argvOf, JobSetupError, prepareJob } from './prepareJob.ts';
import type { JobEnd } from './superviseJob.ts';
import { superviseJob } from './superviseJob.ts';

interface Entry {
	readonly task: string;
	/** The step and the round of checks, as text. */
	readonly due: string;
	readonly stop: AbortController;
	readonly done: Promise<void>;
}

export interface JobTableOptions {
	readonly engine: string;
	readonly context: () => JobContext;
	readonly writer: JournalWriter;
	readonly evidence: EvidenceWriter;
	readonly clock: Clock;
	readonly logger: Logger;
	/** Hears what must end the engine: a journal that cannot be written. */
	readonly onFailure: (error: unknown) => void;
}

/**
 * The jobs that this engine looks after, one entry a step. Asking for a step again is free, so the engine asks after
 * every fold for everything that is due; an entry goes when its step is no longer the next one.
 */
export class JobTable {
	readonly #options: JobTableOptions;
	readonly #entries = new Map<string, Entry>();
	readonly #leave = new AbortController();

	constructor(options: JobTableOptions) {
		this.#options = options;
	}

	get runFolder(): string {
		return this.#options.context().runFolder;
	}

	/** True while something is on its way to the journal or to the evidence folder. */
	get busy(): boolean {
		return this.#entries.size > 0;
	}

	/** Sees to a step, once; `onDone` is called when the journal may have news. Passes a stop on to its process. */
	ensure(state: TaskState, step: Step, onDone: () => void): void {
		const due = dueText(state, step);
		const key = `${state.task.id}\n${due}`;
		const known = this.#entries.get(key);
		if (known !== undefined) {
			if (state.stopping) {
				known.stop.abort();
			}
			return;
		}
		const stop = new AbortController();
		if (state.stopping) {
			stop.abort();
		}
		const done = this.#perform(state, step, stop.signal)
			.catch((error: unknown) => this.#options.onFailure(explainDiskError(error)))
			.finally(onDone);
		this.#entries.set(key, { task: state.task.id, due, stop, done });
	}

	/** Drops entries whose step is over. */
	forget(table: RunTable): void {
		for (const [key, entry] of this.#entries) {
			const state = table.tasks.get(entry.task);
			const step = state === undefined ? null : nextStep(state);
			if (state === undefined || step === null || dueText(state, step) !== entry.due) {
				this.#entries.delete(key);
			}
		}
	}

	/** Waits until what is being written is whole. Runners are not waited for: they live on by themselves. */
	async settle(): Promise<void> {
		this.#leave.abort();
		await Promise.all([...this.#entries.values()].map(({ done }) => done));
	}

	async #perform(state: TaskState, step: Step, stop: AbortSignal): Promise<void> {
		const { engine, evidence, writer } = this.#options;
		if (step.kind === 'evidence') {
			const path = await evidence.write(this.#options.context(), state);
			await writer.append([{ kind: 'evidence-written', task: state.task.id, attempt: step.attempt, path }]);
			return;
		}
		const context = this.#options.context();
		const last = state.attempts.at(-1);
		const check = step.kind === 'check' ? step.check : undefined;
		const job = { task: state.task, attempt: step.attempt, check, round: last?.round ?? 1 };
		if (check === undefined) {
			await this.#prepareAttempt(context, state, step.attempt);
		}
		const end = await this.#runJob(context, job, { stop, isNew: last?.pid === null });
		if (end === null) {
			return;
		}
		const facts = factsOf(context, engine, job);
		const event: RunEvent =
			check === undefined
				? await attemptEndedEvent(facts, end)
				: await checkEndedEvent(facts, end, { check, round: job.round });
		await writer.append([event]);
	}

	/** D4: before an attempt begins, the one before it is seen gone; what it would change is remembered as it was. */
	async #prepareAttempt(context: JobContext, state: TaskState, attempt: number): Promise<void> {
		await keepBefore(context.rootPath, state.task, attemptFolder(context.runFolder, state.task.id, attempt));
	}

	/** Null when the engine left before the job's end. `isNew`: its start is not in the journal yet. */
	async #runJob(
		context: JobContext,
		job: JobId,
		{ stop, isNew }: { readonly stop: AbortSignal; readonly isNew: boolean },
	): Promise<JobEnd | null> {
		const { clock, writer, engine, onFailure } = this.#options;
		const onStarted = (pid: number) => {
			if (job.check === undefined && isNew) {
				const { task, attempt } = job;
				writer.append([{ kind: 'attempt-started', task: task.id, attempt, engine, pid }]).catch(onFailure);
			}
		};
		try {
			const { folder, spec } = await prepareJob(context, job);
			const leave = this.#leave.signal;
			return await superviseJob({ folder, spec, stop, leave, onStarted, now: () => clock.now() });
		} catch (error) {
			if (!(error instanceof JobSetupError)) {
				throw error;
			}
			const at = clock.now();
			return { kind: 'not-started', message: error.message, startedAt: at, endedAt: at };
		}
	}
}

function dueText(state: TaskState, step: Step): string {
	return `${JSON.stringify(step)} ${state.attempts.at(-1)?.round ?? 1}`;
}

function factsOf(context: JobContext, engine: string, { task, attempt, check }: JobId): JobFacts {
	const command =
		check === undefined ? task.work.command : (task.checks[check]?.command ?? task.work.command);
	const minutes = check === undefined ? task.timeoutMinutes : (task.checks[check]?.timeoutMinutes ?? 0);
	return {
		rootPath: context.rootPath,
		engine,
		task,
		attempt,
		folder: jobFolder(context.runFolder, task.id, attempt, check),
		// A reason goes to every view: what looks like a secret in the command does not.
		command: redactLines(
			argvOf(command).join(' ').replaceAll(/\s+/g, ' '),
			findSecrets({ ...process.env, ...task.env }),
		),
		timeoutMs: minutes * 60_000,
	};
}
