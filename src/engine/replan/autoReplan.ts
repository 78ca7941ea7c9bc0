import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Logger } from '../../core/base/ports.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { maxReplans } from '../../core/run/replanState.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import type { JournalWriter } from '../journal/journalWriter.ts';
import type { RunLog } from '../journal/runLog.ts';
import { livenessOf } from '../processes/processIdentity.ts';
import { collectDiscoveries } from './collectDiscoveries.ts';
import { otherDecides } from './otherDecides.ts';

export interface AutoReplanOptions {
	readonly log: RunLog;
	readonly writer: JournalWriter;
	readonly logger: Logger;
	/** What the command line takes to find the plan: path and options. */
	readonly args: readonly string[];
	/** Has the saved plan read again, and taken into the run. */
	readonly takePlan: () => Promise<void>;
	/** Something changed that the engine should look at. */
	readonly ring: () => void;
}

/**
 * Journals what workers found as soon as their attempts end (R1), and where the plan says `replan: auto` has a process of
 * its own replan (R3): after each worker where the strategy says so (S1), else before the run would end. That process
 * leaves to a person what a person has to decide. Every engine of a run waits for the same decision, whoever makes it, and reads
 * the plan again before it goes on.
 */
export class AutoReplan {
	readonly #options: AutoReplanOptions;
	/** Attempts whose folders were looked into. */
	readonly #seen = new Set<string>();
	/** Discoveries that were left to a person. */
	readonly #asked = new Set<string>();
	#noting = 0;
	#isReplanning = false;
	/** How many replans of the run are in the plan that this engine goes by. */
	#taken: number;
	#isTaking = false;

	constructor(options: AutoReplanOptions) {
		this.#options = options;
		this.#taken = options.log.fold.table?.replans.applied.length ?? 0;
	}

	/** To be called after each fold with the tasks that changed. */
	look(changed: ReadonlySet<string>): void {
		const { table } = this.#options.log.fold;
		if (table === null) {
			return;
		}
		const ended = [...changed].filter((task) => this.#isNews(table, task));
		const events = collectDiscoveries(this.#options.log.folder, table, ended);
		if (events.length > 0) {
			this.#noting++;
			this.#note(events)
				.catch((error: unknown) => this.#options.logger.warn(String(error)))
				.finally(() => {
					this.#noting--;
					this.#options.ring();
				});
		}
		if (table.plan.rules.replansAfterEach) {
			this.#begin(table);
		}
	}

	/** Until the lines are folded as well nobody here knows of them: an engine that looked before would begin something new. */
	async #note(events: readonly RunEvent[]): Promise<void> {
		const { writer, log } = this.#options;
		await writer.append(events);
		// Twice: the first may have been under way before the last line was written.
		await log.refresh();
		await log.refresh();
	}

	/**
	 * True while the run must not end, or must begin nothing new: a replan is under way, or begins with this call. New work
	 * waits for it only where the strategy replans after each worker (S1): else ten workers would find what one replan answers.
	 */
	holds(moment: 'claim' | 'end'): boolean {
		const { table } = this.#options.log.fold;
		if (table === null || (moment === 'claim' && !decidesFirst(table))) {
			return false;
		}
		this.#begin(table);
		this.#takeUp(table);
		const isBusy = this.#isReplanning || this.#isTaking || this.#noting > 0;
		return isBusy || this.#undecided(table).length > 0;
	}

	/** What nobody has decided about yet, of what need not be left to a person: also while another engine is at it. */
	#undecided({ replans, plan }: RunTable): readonly string[] {
		if (plan.replan !== 'auto' || replans.applied.length >= maxReplans) {
			return [];
		}
		const ids = replans.open().map(({ id }) => id);
		return ids.filter((id) => !this.#asked.has(id) && !replans.left.has(id));
	}

	/** Reads the plan again after a replan of another engine: its line comes before the plan is in force everywhere. */
	#takeUp({ replans }: RunTable): void {
		const applied = replans.applied.length;
		if (this.#isReplanning || this.#isTaking || applied <= this.#taken) {
			return;
		}
		this.#isTaking = true;
		this.#options
			.takePlan()
			.catch((error: unknown) => this.#options.logger.warn(String(error)))
			.finally(() => {
				this.#isTaking = false;
				this.#taken = Math.max(this.#taken, applied);
				this.#options.ring();
			});
	}

	/** How many discoveries wait for a person. */
	get waiting(): number {
		const { table } = this.#options.log.fold;
		return table === null || table.plan.replan === 'off' ? 0 : table.replans.open().length;
	}

	#isNews(table: RunTable, task: string): boolean {
		const last = table.tasks.get(task)?.attempts.at(-1);
		const key = `${task}/${last?.number}`;
		if (last === undefined || last.outcome === null || this.#seen.has(key)) {
			return false;
		}
		this.#seen.add(key);
		return true;
	}

	#begin(table: RunTable): void {
		const { claim } = table.replans;
		const isOthers = claim !== null && livenessOf(claim.process) !== 'dead';
		if (this.#isReplanning || isOthers || this.#undecided(table).length === 0) {
			return;
		}
		const ids = table.replans.open().map(({ id }) => id);
		this.#isReplanning = true;
		this.#replan(ids)
			.catch((error: unknown) => this.#options.logger.warn(String(error)))
			.finally(() => {
				this.#isReplanning = false;
				this.#options.ring();
			});
	}

	async #replan(ids: readonly string[]): Promise<void> {
		const { args, logger, log, writer, takePlan } = this.#options;
		const said = await replanApart(args);
		await log.refresh();
		await log.refresh();
		if (said.code !== 0 && said.text.includes(otherDecides)) {
			return;
		}
		// Whatever is still open was looked at, and is not looked at again before a person has said something.
		const open = new Set((log.fold.table?.replans.open() ?? []).map(({ id }) => id));
		const left = ids.filter((each) => open.has(each));
		for (const id of left) {
			this.#asked.add(id);
		}
		const why =
			said.code === 0
				? 'A person is asked: it could not be placed'
				: (/^A person is asked: .*$/m.exec(said.text)?.[0] ?? said.text.trim());
		if (said.code === 0) {
			logger.info(said.text.trim());
			await takePlan();
			this.#taken = log.fold.table?.replans.applied.length ?? this.#taken;
		} else {
			logger.warn(`The plan was not replanned by itself. ${why} See: switchyard replan`);
		}
		if (left.length > 0) {
			await writer.append([{ kind: 'replan-left', discoveries: left, reason: withEnd(why) }]);
		}
	}
}

function decidesFirst({ plan }: RunTable): boolean {
	return plan.rules.replansAfterEach && plan.replan === 'auto';
}

function withEnd(sentence: string): string {
	return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** Runs `switchyard replan --apply --auto` as a process of its own: reading YAML would make every engine larger. */
function replanApart(args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
	const all = [join(__dirname, 'cli.js'), 'replan', ...args, '--apply', '--auto', '--by', 'replan: auto'];
	return new Promise((resolve) => {
		execFile(process.execPath, all, (error, stdout, stderr) => {
			const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
			resolve({ code, text: code === 0 || code === 3 ? stdout : stderr });
		});
	});
}
