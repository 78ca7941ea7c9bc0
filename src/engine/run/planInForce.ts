import type { Logger } from '../../core/base/ports.ts';
import { rowsOf } from '../../core/run/gateUnits.ts';
import { enumerate } from '../../core/run/summarise.ts';
import type { LoaderReply } from '../../protocol/loaderReply.ts';
import type { JournalWriter } from '../journal/journalWriter.ts';
import type { RunLog } from '../journal/runLog.ts';
import { keepSnapshot } from './openRun.ts';

type Loaded = LoaderReply & { kind: 'plan' };

/**
 * Journals versions of the plan as they are saved (D6). One that no longer has a task that is running has to wait: a
 * person stops that task, or lets it finish; then the version is taken.
 */
export class PlanInForce {
	readonly #log: RunLog;
	readonly #writer: JournalWriter;
	readonly #logger: Logger;
	#waiting: Loaded | null = null;

	constructor(options: { log: RunLog; writer: JournalWriter; logger: Logger }) {
		this.#log = options.log;
		this.#writer = options.writer;
		this.#logger = options.logger;
	}

	/** A version that is free of errors: the one of the start, or one that was saved since. */
	async offer(loaded: Loaded): Promise<void> {
		this.#waiting = null;
		if (this.#isInForce(loaded)) {
			return;
		}
		const running = this.#runningWithout(loaded);
		if (running.length > 0) {
			this.#waiting = loaded;
			this.#logger.warn(
				`The plan no longer has ${enumerate(running)}, which ${running.length === 1 ? 'is' : 'are'} running: the version before stays in force until then. Let it finish, or stop it: switchyard stop --task ${running[0]}`,
			);
			return;
		}
		await this.#take(loaded);
	}

	/** Takes the version that had to wait, once it may. Called after every fold. */
	retry(): void {
		const loaded = this.#waiting;
		if (loaded === null || this.#runningWithout(loaded).length > 0) {
			return;
		}
		this.#waiting = null;
		this.offer(loaded).catch((error: unknown) => this.#logger.error(String(error)));
	}

	async #take(loaded: Loaded): Promise<void> {
		const { runPlan, hash } = loaded;
		await keepSnapshot(this.#log.folder, runPlan, hash);
		await this.#writer.append([{ kind: 'plan-changed', snapshot: hash, jobs: runPlan.jobs }]);
		// Twice: the first may have been under way before the line was written.
		await this.#log.refresh();
		await this.#log.refresh();
		if (this.#isInForce(loaded)) {
			this.#logger.info('The plan changed; the run goes on with the new version.');
		} else {
			// Another engine was faster and started a task that the new version no longer has.
			await this.offer(loaded);
		}
	}

	#isInForce({ runPlan }: Loaded): boolean {
		return JSON.stringify(runPlan) === JSON.stringify(this.#log.fold.table?.plan);
	}

	#runningWithout({ runPlan }: Loaded): string[] {
		const { table } = this.#log.fold;
		const names = new Set(rowsOf(runPlan, table?.cycles ?? []).map(({ id }) => id));
		return [...(table?.active ?? [])].filter((id) => !names.has(id));
	}
}
