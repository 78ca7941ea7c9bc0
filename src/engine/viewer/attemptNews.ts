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
	#checks: CheckEnded[] = [];
	/** Of a chain: how its steps ended, by their number from 0, and the last one that this attempt does. */
	readonly #steps = new Map<number, AttemptEnded>();
	readonly #stepChecks: CheckEnded[] = [];
	#lastStep: number | null = null;
	#liveness: { at: number; alive: boolean } | null = null;

	constructor(id: AttemptId) {
		this.#id = id;
		this.#reader = new JournalReader(journalFile(id.runFolder));
	}

	get ended(): AttemptEnded | null {
		return this.#ended;
	}

	get checks(): readonly CheckEnded[] {
		return this.#checks;
	}

	/** How a step of a chain ended; null while it goes on. */
	stepEnded(step: number): AttemptEnded | null {
		return this.#steps.get(step) ?? null;
	}

	/** Checks of steps, in the order in which they ended. */
	get stepChecks(): readonly CheckEnded[] {
		return this.#stepChecks;
	}

	/** Says which step is the last one of a chain: with it the work is over. */
	expectLastStep(step: number): void {
		this.#lastStep = step;
		this.#ended ??= this.#steps.get(step) ?? null;
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
		if (this.#ended === null) {
			return null;
		}
		const { outcome, reason } = this.#ended;
		if (outcome === 'cancelled') {
			return { kind: 'stopped', text: reason };
		}
		if (outcome === 'void') {
			return { kind: 'stopped', text: 'It was never begun.' };
		}
		if (outcome !== 'ok') {
			return { kind: 'failed', text: reason };
		}
		const failed = [...this.#stepChecks, ...this.#checks].find(
			({ passed, advisory }) => !passed && advisory !== true,
		);
		if (failed !== undefined) {
			return { kind: this.#stopAsked ? 'stopped' : 'failed', text: failed.reason };
		}
		if (this.#checks.length < options.checks) {
			return null;
		}
		// An agent's own word is no verdict: without a check that counts nothing was verified (EXECUTION T1).
		const isUnchecked = [...this.#stepChecks, ...this.#checks].every(({ advisory }) => advisory === true);
		return { kind: options.isAgent && isUnchecked ? 'unverified' : 'completed' };
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
				this.#checks = this.#stopAsked ? [] : this.#checks;
				this.#setOwner(event.engine);
				return;
			case 'attempt-ended':
				this.#takeEnd(event);
				return;
			case 'check-ended':
				// A check whose runner vanished is made again.
				if (event.vanished === true) {
					return;
				}
				if (event.step !== undefined) {
					this.#stepChecks.push(event);
				} else if (event.check === this.#checks.length) {
					this.#checks.push(event);
				}
				return;
			case 'task-answered':
				// A person's word is one of the checks; whoever asked what is decided by the fold.
				if (event.answer === 'approve' || event.answer === 'reject') {
					this.#checks.push(answerAsCheck(event, this.#checks.length));
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

function answerAsCheck(
	{ task, answer, by, reason, stamp }: StampedEvent & TaskAnswered,
	check: number,
): CheckEnded {
	const why = reason === undefined ? '' : `: ${reason}`;
	return {
		kind: 'check-ended',
		task,
		attempt: 0,
		check,
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
