import type { AttemptEnded, CheckEnded } from '../../core/run/attemptFacts.ts';
import type { EngineStarted, StampedEvent, TaskAnswered } from '../../core/run/events.ts';
import { journalFile } from '../files/runPaths.ts';
import { JournalReader } from '../journal/journalReader.ts';
import { livenessOf } from '../processes/processIdentity.ts';

/** Asking the operating system about a process costs a fork on some platforms. */
const livenessEveryMs = 2_000;

/** Which attempt of which task a viewer shows. */
export interface AttemptId {
	readonly runFolder: string;
	readonly task: string;
	readonly attempt: number;
}

/** How an attempt ended as a whole. `text` says why, for everything but a completion. */
export type Verdict =
	| { readonly kind: 'completed' | 'unverified' }
	| { readonly kind: 'failed' | 'stopped'; readonly text: string };

/** What the journal says about one attempt. The verdict is taken from here, never guessed from a log. */
export class AttemptNews {
	readonly #id: AttemptId;
	readonly #reader: JournalReader;
	readonly #engines = new Map<string, EngineStarted | null>();
	#owner: string | null = null;
	#stopAsked = false;
	#ended: AttemptEnded | null = null;
	/** Every check of the attempt, and what persons said in between, in their order. */
	#made: Made[] = [];
	/** Of a chain: how its steps ended, by their number from 0, the last one that this attempt does, and how many checks they have. */
	readonly #steps = new Map<number, AttemptEnded>();
	#lastStep: number | null = null;
	#stepCheckCount = 0;
	#hasWork = true;
	#liveness: { at: number; alive: boolean } | null = null;

	constructor(id: AttemptId) {
		this.#id = id;
		this.#reader = new JournalReader(journalFile(id.runFolder));
	}

	get ended(): AttemptEnded | null {
		return this.#ended;
	}

	/** Checks of the whole, in their order. */
	get checks(): readonly CheckEnded[] {
		return this.#sorted().whole;
	}

	/** How a step of a chain ended; null while it goes on. */
	stepEnded(step: number): AttemptEnded | null {
		return this.#steps.get(step) ?? null;
	}

	/** How a check of a step ended, both counted from 0; null while it goes on. */
	stepCheck(step: number, check: number): CheckEnded | null {
		return this.#made.findLast(({ event }) => event.step === step && event.check === check)?.event ?? null;
	}

	/** Says which step is the last one of a chain, with which the work is over, and how many checks all steps have. */
	expectSteps(last: number, checks: number): void {
		this.#lastStep = last;
		this.#stepCheckCount = checks;
		this.#ended ??= this.#steps.get(last) ?? null;
	}

	/** Says that there are only checks: a step of a gate that judges and does nothing. */
	expectNoWork(): void {
		this.#hasWork = false;
	}

	/** True where nobody claimed the attempt: then there is no engine to wait for. */
	get isUnclaimed(): boolean {
		return this.#owner === null;
	}

	async refresh(): Promise<void> {
		for (const event of await this.#reader.read()) {
			this.#take(event);
		}
	}

	/** Whether the engine that holds the attempt lives; false where nobody claimed it. */
	isEngineAlive(now: number): boolean {
		const engine = this.#owner === null ? null : (this.#engines.get(this.#owner) ?? null);
		if (engine === null) {
			return false;
		}
		if (this.#liveness === null || now - this.#liveness.at >= livenessEveryMs) {
			this.#liveness = { at: now, alive: livenessOf(engine.process) !== 'dead' };
		}
		return this.#liveness.alive;
	}

	/** Null while work or checks go on. `checks` is the number of checks that follow the work. */
	verdict(options: { readonly checks: number; readonly isAgent: boolean }): Verdict | null {
		const { steps, whole } = this.#sorted();
		const checks = [...steps, ...whole];
		const failed = checks.find(({ passed, advisory }) => !passed && advisory !== true);
		const ofWork = this.#hasWork ? this.#verdictOfWork(failed !== undefined) : 'ok';
		if (ofWork !== 'ok') {
			return ofWork;
		}
		if (failed !== undefined) {
			return { kind: this.#stopAsked ? 'stopped' : 'failed', text: failed.reason };
		}
		if (whole.length < options.checks || steps.length < this.#stepCheckCount) {
			return null;
		}
		// An agent's own word is no verdict: without a check that counts nothing was verified (EXECUTION T1).
		const isUnchecked = checks.every(({ advisory }) => advisory === true);
		return { kind: options.isAgent && isUnchecked ? 'unverified' : 'completed' };
	}

	/** `ok` where the work is over and well, or a check of one of its steps has ended the chain. */
	#verdictOfWork(hasFailed: boolean): Verdict | 'ok' | null {
		if (this.#ended === null) {
			return hasFailed ? 'ok' : null;
		}
		const { outcome, reason } = this.#ended;
		switch (outcome) {
			case 'ok':
				return 'ok';
			case 'cancelled':
				return { kind: 'stopped', text: reason };
			case 'void':
				return { kind: 'stopped', text: 'It was never begun.' };
			default:
				return { kind: 'failed', text: reason };
		}
	}

	/** Which checks are of steps and which of the whole. Steps come first, and so does what a person is asked about them. */
	#sorted(): { readonly steps: readonly CheckEnded[]; readonly whole: readonly CheckEnded[] } {
		const steps: CheckEnded[] = [];
		const whole: CheckEnded[] = [];
		for (const { event, isAnswer } of this.#made) {
			if (event.step !== undefined || (isAnswer && steps.length < this.#stepCheckCount)) {
				steps.push(event);
			} else if (isAnswer || event.check === whole.length) {
				whole.push(event);
			}
		}
		return { steps, whole };
	}

	#take(event: StampedEvent): void {
		switch (event.kind) {
			case 'engine-started':
				this.#engines.set(event.engine, event);
				return;
			case 'engine-stopped':
				this.#engines.set(event.engine, null);
				return;
			case 'stop-requested':
				this.#stopAsked ||= event.tasks === 'all' || event.tasks.includes(this.#id.task);
				return;
			case 'task-claimed':
			case 'task-adopted':
			case 'attempt-ended':
			case 'check-ended':
			case 'task-answered':
				if (event.task === this.#id.task && event.attempt === this.#id.attempt) {
					this.#takeOwn(event);
				}
				return;
			default:
				return;
		}
	}

	#takeOwn(
		event: Extract<
			StampedEvent,
			{ kind: 'task-claimed' | 'task-adopted' | 'attempt-ended' | 'check-ended' | 'task-answered' }
		>,
	): void {
		switch (event.kind) {
			case 'task-claimed':
				this.#setOwner(event.engine);
				return;
			case 'task-adopted':
				// Checks that a person stopped are all done again; those of a dead engine hold.
				this.#made = this.#stopAsked ? [] : this.#made;
				this.#setOwner(event.engine);
				return;
			case 'attempt-ended':
				this.#takeEnd(event);
				return;
			case 'check-ended':
				// A check whose runner vanished is made again.
				if (event.vanished !== true) {
					this.#made.push({ event, isAnswer: false });
				}
				return;
			case 'task-answered':
				// A person's word is one of the checks; whoever asked what is decided by the fold.
				if (event.answer === 'approve' || event.answer === 'reject') {
					this.#made.push({ event: answerAsCheck(event), isAnswer: true });
				}
		}
	}

	#takeEnd(event: StampedEvent & AttemptEnded): void {
		if (event.step !== undefined) {
			this.#steps.set(event.step, event);
		}
		if (event.step === undefined || event.outcome !== 'ok' || event.step === this.#lastStep) {
			this.#ended ??= event;
		}
	}

	#setOwner(engine: string): void {
		this.#owner = engine;
		this.#stopAsked = false;
		this.#liveness = null;
	}
}

interface Made {
	readonly event: CheckEnded;
	/** It is what a person said. */
	readonly isAnswer: boolean;
}

function answerAsCheck({ task, answer, by, reason, stamp }: StampedEvent & TaskAnswered): CheckEnded {
	const why = reason === undefined ? '' : `: ${reason}`;
	return {
		kind: 'check-ended',
		task,
		attempt: 0,
		check: 0,
		engine: '',
		passed: answer === 'approve',
		exit: null,
		reason: `${answer === 'approve' ? 'Approved' : 'Rejected'} by ${by}${why}`,
		startedAt: stamp.at,
		endedAt: stamp.at,
		outputHash: '',
		outputBytes: 0,
	};
}
