import { Alarm } from '../../core/base/alarm.ts';
import { DisposableStore } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { Clock, Logger } from '../../core/base/ports.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { nextClaim, nextStep } from '../../core/run/nextStep.ts';
import type { TaskState } from '../../core/run/runState.ts';
import { isActive } from '../../core/run/runState.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { startsAgents } from '../../core/run/workOf.ts';
import type { JournalWriter } from '../journal/journalWriter.ts';
import type { RunLog } from '../journal/runLog.ts';
import { watchFolder } from '../journal/watchFolder.ts';
import { ownIdentity } from '../processes/processIdentity.ts';
import type { EngineRequest } from './assignment.ts';
import { Assignment } from './assignment.ts';
import { dueCycles } from './dueCycles.ts';
import { findLanguages } from './findLanguages.ts';
import type { JobTable } from './jobTable.ts';
import { housekeepingMs, Lookout } from './lookout.ts';
import type { MachineSlots } from './machineSlots.ts';
import { adoptions, isOrphaned, overdueResults } from './recovery.ts';
import type { RunOutcome } from './runOutcome.ts';
import { runOutcome } from './runOutcome.ts';

export interface EngineOptions {
	readonly rootPath: string;
	readonly id: string;
	readonly face: 'terminal' | 'editor';
	/** Limit of this engine (S4); null = the run's own. */
	readonly jobs: number | null;
	/** It was started to end what a person stopped, and takes nothing else up. */
	readonly onlyStopping: boolean;
	/** It also takes over what engines of other hosts and containers held, which cannot be seen from here (D3). */
	readonly takeOver: boolean;
	readonly log: RunLog;
	readonly writer: JournalWriter;
	readonly jobTable: Pick<JobTable, 'runFolder' | 'busy' | 'ensure' | 'forget' | 'settle'>;
	readonly slots: MachineSlots;
	/** Asked before anything new begins, and when nothing is left to do: true while the plan may still grow (S1, R3). */
	readonly holds?: (moment: 'claim' | 'end') => boolean;
	/** Asked before the run ends for want of work: true where a newer plan was read, which may have more (D6). */
	readonly findMore?: () => Promise<boolean>;
	readonly clock: Clock;
	readonly logger: Logger;
}

/**
 * Drives one run until everything that this engine was asked for is done, failed, or waits for somebody else. All it
 * knows is the fold of the journal: it proposes lines, reads them back in file order, and acts on what stands.
 */
export class Engine {
	readonly #options: EngineOptions;
	readonly #lifetime = new DisposableStore();
	readonly #changed: Emitter<ReadonlySet<string>>;
	/** Fires with the ids of tasks whose state changed, after each fold. */
	readonly onDidChange;
	readonly #assignment: Assignment;
	readonly #alarm = new Alarm();
	readonly #begunAt: { readonly time: number; readonly ticks: number };
	readonly #lookout: Lookout;
	#abandoned = false;
	/** Tasks that changed and may have evidence to be written: looked at until it stands. */
	readonly #evidenceDue = new Set<string>();

	constructor(options: EngineOptions) {
		this.#options = options;
		this.#assignment = new Assignment(options.id);
		this.#lookout = new Lookout({ ...options, engine: options.id, folder: options.log.folder });
		// Waits are written down by a clock that may have been set back since: they last as long as they were meant to (D7).
		const time = Math.max(options.clock.now(), options.log.fold.updatedAt);
		this.#begunAt = { time, ticks: performance.now() };
		this.#changed = this.#lifetime.add(new Emitter((error) => options.logger.error(String(error))));
		this.onDidChange = this.#changed.event;
	}

	/** Runs a scope to its end. Rejects with `JournalWriteError` when the journal cannot be written. */
	async run(asked: EngineRequest): Promise<RunOutcome> {
		const { id, face, jobs, log, writer } = this.#options;
		try {
			await writer.append([
				{ kind: 'engine-started', engine: id, process: ownIdentity(), face, jobs },
				...this.#assignment.begin(asked, this.#table().plan),
			]);
			this.#watch();
			await this.#loop();
			return runOutcome(this.#table(), id, this.#assignment.tasks);
		} finally {
			this.#lifetime.dispose();
			await this.#options.jobTable.settle();
			await writer.append([{ kind: 'engine-stopped', engine: id }]).catch(() => {});
			await log.refresh().catch(() => {});
		}
	}

	/**
	 * Asks to stop what this engine runs and was asked for; the run ends when the processes are gone (T5). What another
	 * living engine was asked for as well stays with that one.
	 */
	async stop(by: string): Promise<void> {
		await this.#options.writer.append(this.#assignment.stopping(this.#table(), by));
		this.#alarm.ring();
	}

	/** Something outside of the journal changed: look again. */
	ring(): void {
		this.#alarm.ring();
	}

	/** Leaves at once and lets runners go on: somebody else takes the claims up. */
	abandon(): void {
		this.#abandoned = true;
		this.#alarm.ring();
	}

	async #loop(): Promise<void> {
		while (!this.#abandoned) {
			await this.#fold();
			await this.#comeBack(this.#table());
			await this.#housekeep();
			// D6: what a saved plan adds to the request joins it.
			await this.#record(this.#assignment.grown(this.#table()));
			await this.#openCycles(this.#table());
			await this.#findLanguages(this.#table());
			this.#act(this.#table());
			if (await this.#claim()) {
				continue;
			}
			const isOver = this.#isOver(this.#table());
			if (isOver && !(await this.#findMore(this.#table()))) {
				return;
			}
			if (!isOver) {
				await this.#alarm.wait();
			}
		}
	}

	/** D3: frozen for a while and given up by the others, it takes part again; what they took up stays theirs. */
	async #comeBack(table: RunTable): Promise<void> {
		const { id: engine } = this.#options;
		await this.#record(table.engines.get(engine)?.away === true ? [{ kind: 'engine-back', engine }] : []);
	}

	/** G2: reviews by language begin when it is known which there are. */
	async #findLanguages(table: RunTable): Promise<void> {
		const { id: engine, rootPath } = this.#options;
		await this.#record(await findLanguages(table, { engine, rootPath }));
	}

	/** G1: gates whose verdicts are all there, and not all good, get their repairs from whoever was asked for them. */
	async #openCycles(table: RunTable): Promise<void> {
		const { id, jobTable } = this.#options;
		if (table.gates.due.size > 0) {
			await this.#record(dueCycles(table, { engine: id, runFolder: jobTable.runFolder }));
		}
	}

	async #fold(): Promise<void> {
		const { log, logger } = this.#options;
		for (const { event, reason } of await log.refresh()) {
			logger.debug(`Void: ${event.kind}: ${reason}.`);
		}
		if (log.lost !== null) {
			throw new Error(`${log.lost} Nothing more can be recorded; run the same command again.`);
		}
		const changed = log.fold.takeChanged();
		for (const task of changed) {
			this.#evidenceDue.add(task);
		}
		if (changed.size > 0) {
			this.#changed.fire(changed);
		}
	}

	/** Takes over from dead and frozen engines, and from ones that sit on results without recording them. */
	async #housekeep(): Promise<void> {
		const { id, clock, jobTable, onlyStopping, takeOver } = this.#options;
		if (!this.#lookout.isDue()) {
			return;
		}
		await this.#lookout.lookAtDisk();
		await this.#record(this.#lookout.absences(this.#table()));
		await this.#record(adoptions(this.#table(), { engine: id, onlyStopping, takeOver }));
		if (onlyStopping) {
			return;
		}
		for (const state of await overdueResults(this.#table(), {
			engine: id,
			folder: jobTable.runFolder,
			now: clock.now(),
		})) {
			this.#ensure(state);
		}
	}

	async #record(events: readonly RunEvent[]): Promise<void> {
		if (events.length > 0) {
			await this.#options.writer.append(events);
			await this.#fold();
		}
	}

	/** Starts what is due for tasks of this engine, and ends what a person stopped. */
	#act(table: RunTable): void {
		const { id, jobTable } = this.#options;
		jobTable.forget(table);
		for (const task of table.active) {
			const state = table.tasks.get(task);
			if (state?.owner === id && isActive(state)) {
				this.#ensure(state);
			}
		}
		for (const task of this.#evidenceDue) {
			const state = table.tasks.get(task);
			if (state === undefined || nextStep(state)?.kind !== 'evidence') {
				this.#evidenceDue.delete(task);
			} else if (state.owner === id || isOrphaned(table, state, this.#options.takeOver)) {
				this.#ensure(state);
			}
		}
	}

	#ensure(state: TaskState): void {
		const step = nextStep(state);
		if (step !== null) {
			this.#options.jobTable.ensure(state, step, () => this.#alarm.ring());
		}
	}

	/** Proposes one claim; true when another may follow at once. */
	async #claim(): Promise<boolean> {
		const { id, writer, slots, holds } = this.#options;
		const table = this.#table();
		const claim = nextClaim(table, id, { agents: slots.mayTake(table, id), now: this.#now() });
		if (claim === null || holds?.('claim') === true) {
			return false;
		}
		const state = table.tasks.get(claim.task);
		if (state !== undefined && startsAgents(state.task) && !(await slots.take(claim.task))) {
			return true;
		}
		const { task, attempt } = claim;
		await writer.append([
			claim.resumeChecks
				? { kind: 'task-adopted', task, attempt, from: state?.owner ?? '', engine: id }
				: { kind: 'task-claimed', task, attempt, engine: id },
		]);
		return true;
	}

	/** The time of day, for waits that end at a time; a clock that is set back holds nobody up (D7). */
	#now(): number {
		return Math.max(this.#options.clock.now(), this.#begunAt.time + performance.now() - this.#begunAt.ticks);
	}

	#isOver(table: RunTable): boolean {
		const { jobTable, holds } = this.#options;
		return (
			!jobTable.busy &&
			this.#assignment.isOver(table) &&
			!(this.#assignment.isWanted(table) && holds?.('end') === true)
		);
	}

	/** D6: what was saved in the last moment of a run still joins it, unless nobody wants more. */
	async #findMore(table: RunTable): Promise<boolean> {
		return this.#assignment.isWanted(table) && (await this.#options.findMore?.()) === true;
	}

	#table(): RunTable {
		const { table } = this.#options.log.fold;
		if (table === null) {
			throw new Error('The run has no journal: its folder was removed while it ran.');
		}
		return table;
	}

	#watch(): void {
		const { log } = this.#options;
		this.#lifetime.add(
			watchFolder({
				folder: log.folder,
				pollMs: housekeepingMs,
				onChange: async () => {
					// Its own lines are read before the word of their writing comes around; a poll always counts.
					if (log.mayHaveNews || this.#lookout.age > housekeepingMs / 2) {
						this.#alarm.ring();
					}
				},
				onError: (error) => this.#options.logger.warn(String(error)),
			}),
		);
	}
}
