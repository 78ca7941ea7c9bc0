import type { Clock, Logger } from '../../core/base/ports.ts';
import { redactLines } from '../../core/evidence/redact.ts';
import { baselineKey } from '../../core/run/checkEvents.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { Step } from '../../core/run/nextStep.ts';
import { nextStep } from '../../core/run/nextStep.ts';
import type { TaskState } from '../../core/run/runState.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { explainDiskError } from '../files/diskError.ts';
import { attemptFolder, jobFolder } from '../files/runPaths.ts';
import type { JournalWriter } from '../journal/journalWriter.ts';
import type { LaunchRunner } from '../runner/runnerLaunchers.ts';
import type { CheckFacts } from './checkOutcome.ts';
import { baselineTakenEvent, checkEndedEvent } from './checkOutcome.ts';
import type { JobId } from './describeJob.ts';
import { describeJob } from './describeJob.ts';
import type { EvidenceWriter } from './evidenceWriter.ts';
import { keepBefore } from './fingerprint.ts';
import { attemptEndedEvent } from './jobOutcome.ts';
import type { JobContext } from './prepareJob.ts';
import { argvOf, JobSetupError, outFolder, prepareJob } from './prepareJob.ts';
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
	readonly evidence: Pick<EvidenceWriter, 'write'>;
	readonly clock: Clock;
	readonly logger: Logger;
	/** How runners are started. */
	readonly launch?: LaunchRunner;
	/** Sees a job to its end; `superviseJob` unless said otherwise. */
	readonly supervise?: typeof superviseJob;
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
			const { path, files } = await evidence.write(this.#options.context(), state);
			const { id: task } = state.task;
			await writer.append([{ kind: 'evidence-written', task, attempt: step.attempt, path, files }]);
			return;
		}
		const context = this.#options.context();
		const job = describeJob(context.run, state, step);
		if (job === null) {
			return;
		}
		if (step.kind !== 'check') {
			await this.#prepareAttempt(context, state, step.attempt);
		}
		const record =
			job.place.step === undefined ? state.attempts.at(-1) : state.attempts.at(-1)?.steps[job.place.step];
		const end = await this.#runJob(context, job, {
			stop,
			isNew: step.kind === 'work' && record?.pid === null,
		});
		if (end === null) {
			return;
		}
		await writer.append([
			await eventOf(factsOf({ context, engine, job, state, now: this.#options.clock.now() }), end),
		]);
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
		const { clock, writer, engine, onFailure, launch, supervise = superviseJob } = this.#options;
		const onStarted = (pid: number) => {
			if (isNew) {
				const { attempt, place } = job;
				const step = place.step === undefined ? {} : { step: place.step };
				const task = job.task.id;
				writer.append([{ kind: 'attempt-started', task, attempt, ...step, engine, pid }]).catch(onFailure);
			}
		};
		try {
			const { folder, spec } = await prepareJob(context, job);
			return await supervise({
				...{ folder, spec, stop, leave: this.#leave.signal, onStarted, now: () => clock.now() },
				...(launch === undefined ? {} : { launch }),
			});
		} catch (error) {
			if (!(error instanceof JobSetupError)) {
				throw error;
			}
			const at = clock.now();
			return { kind: 'not-started', message: error.message, isSetup: true, startedAt: at, endedAt: at };
		}
	}
}

function dueText(state: TaskState, step: Step): string {
	return `${JSON.stringify(step)} ${state.attempts.at(-1)?.round ?? 1}`;
}

/** The line that a job's end becomes. */
function eventOf(facts: CheckFacts, end: JobEnd): Promise<RunEvent> {
	const { check, place } = facts.job;
	if (check === null || (place.baseline === true && end.kind === 'stopped')) {
		return attemptEndedEvent(facts, end);
	}
	return place.baseline === true ? baselineTakenEvent(facts, end) : checkEndedEvent(facts, end);
}

/** Seconds before the first new try, where the plan says nothing (T3). */
const usualBackoffSeconds = 2;

function factsOf(options: {
	readonly context: JobContext;
	readonly engine: string;
	readonly job: JobId;
	readonly state: TaskState;
	readonly now: number;
}): CheckFacts {
	const { context, engine, job, state, now } = options;
	const { task, attempt, place, check } = job;
	const secrets = context.secrets.of(task);
	const redact = (text: string) => redactLines(text, secrets);
	const key = check === null ? null : baselineKey(check);
	const ended = state.attempts.slice(0, -1);
	return {
		rootPath: context.rootPath,
		engine,
		job,
		folder: jobFolder(context.runFolder, task.id, attempt, place),
		out: outFolder(context.runFolder, job),
		// A reason goes to every view: what looks like a secret in the command does not.
		command: redact(argvOf(job.work.command).join(' ').replaceAll(/\s+/g, ' ')),
		infrastructure: state.infrastructure,
		parked: check === null ? timesLimited(ended) : (state.attempts.at(-1)?.limited ?? 0),
		backoffSeconds: context.plan.backoffSeconds ?? usualBackoffSeconds,
		redact,
		now,
		lost: state.attempts.at(-1)?.lost ?? 0,
		baseline: key === null ? null : (state.baselines.get(key) ?? null),
	};
}

/** How often a task waited for a usage limit since it last worked; what else failed around it in between is no end of that. */
function timesLimited(ended: TaskState['attempts']): number {
	const isOutside = (outcome: string | null) => outcome === 'usage-limit' || outcome === 'infrastructure';
	const since = ended.slice(1 + ended.findLastIndex(({ outcome }) => !isOutside(outcome)));
	return since.filter(({ outcome }) => outcome === 'usage-limit').length;
}
