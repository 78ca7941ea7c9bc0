import type { Logger } from '../../core/base/ports.ts';
import type { PlanHeld } from '../../core/run/events.ts';
import { rowsOf } from '../../core/run/gateUnits.ts';
import { definitionMark } from '../../core/run/provenDefinitions.ts';
import { enumerate } from '../../core/run/summarise.ts';
import type { LoaderReply } from '../../protocol/loaderReply.ts';
import { formatSnapshot } from '../files/snapshot.ts';
import type { JournalWriter } from '../journal/journalWriter.ts';
import type { RunLog } from '../journal/runLog.ts';
import { keepSnapshot } from './openRun.ts';

type Loaded = LoaderReply & { kind: 'plan' };

/** Empty lists where nothing stands in the way. */
type Obstacle = Omit<PlanHeld, 'kind'>;

const free: Obstacle = { running: [], renamed: [] };

/**
 * Journals versions of the plan as they are saved (D6). One that no longer has a task that is running has to wait: a
 * person stops that task, or lets it finish; then the version is taken.
 */
export class PlanInForce {
	readonly #log: RunLog;
	readonly #writer: JournalWriter;
	readonly #logger: Logger;
	#waiting: Loaded | null = null;
	/** What is being journaled. */
	#saying: string | null = null;
	readonly #onOffered: () => void;
	#offering = 0;

	/** `onOffered` is called when a version was taken, or has to wait: whoever waited for that may go on. */
	constructor(options: { log: RunLog; writer: JournalWriter; logger: Logger; onOffered: () => void }) {
		this.#onOffered = options.onOffered;
		this.#log = options.log;
		this.#writer = options.writer;
		this.#logger = options.logger;
	}

	/** True while a version is being taken: the run must not end before what it adds was seen. */
	get isBusy(): boolean {
		return this.#offering > 0;
	}

	/** A version that is free of errors: the one of the start, or one that was saved since. */
	async offer(loaded: Loaded): Promise<void> {
		this.#offering++;
		try {
			await this.#offer(loaded);
		} finally {
			this.#offering--;
			this.#onOffered();
		}
	}

	async #offer(loaded: Loaded): Promise<void> {
		this.#waiting = null;
		if (this.#isInForce(loaded)) {
			await this.#hold(free);
			return;
		}
		const obstacle = this.#obstacle(loaded);
		const words = obstacleText(obstacle);
		if (words === null) {
			await this.#take(loaded);
			return;
		}
		this.#waiting = loaded;
		this.#logger.warn(words);
		await this.#hold(obstacle);
	}

	/** Takes the version that had to wait, once it may. Called after every fold. */
	retry(): void {
		const loaded = this.#waiting;
		if (loaded === null) {
			return;
		}
		const obstacle = this.#obstacle(loaded);
		const next = obstacleText(obstacle) === null ? this.offer(loaded) : this.#hold(obstacle);
		next.catch((error: unknown) => this.#logger.error(String(error)));
	}

	/** Has the journal say what keeps a saved version waiting, so that whoever looks at the run asks a person. */
	async #hold(obstacle: Obstacle): Promise<void> {
		const { running, renamed } = this.#log.fold.held ?? free;
		const said = JSON.stringify(obstacle);
		if (said === this.#saying || said === JSON.stringify({ running, renamed })) {
			return;
		}
		this.#saying = said;
		try {
			await this.#writer.append([{ kind: 'plan-held', ...obstacle }]);
			await this.#log.refresh();
		} finally {
			this.#saying = null;
		}
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
			await this.#offer(loaded);
		}
	}

	#isInForce({ runPlan, hash }: Loaded): boolean {
		const plan = this.#log.fold.table?.plan;
		return plan !== undefined && (plan === runPlan || formatSnapshot(plan).hash === hash);
	}

	/** What has to be decided or to end before a version can be taken. */
	#obstacle(loaded: Loaded): Obstacle {
		return { running: this.#runningWithout(loaded), renamed: this.#maybeRenamed(loaded) };
	}

	/** Finished tasks that are gone, each with a new one that is defined as it was and that nobody has spoken about. */
	#maybeRenamed({ runPlan }: Loaded): { from: string; to: string }[] {
		const { table } = this.#log.fold;
		if (table === null) {
			return [];
		}
		const names = new Set(runPlan.tasks.map(({ id }) => id));
		const gone = [...table.planTasks()].filter(
			({ task, status }) => status === 'completed' && !names.has(task.id),
		);
		const fresh =
			gone.length === 0 ? [] : runPlan.tasks.filter(({ id }) => table.knownState(id) === undefined);
		const marks = new Map(fresh.map((task) => [`${task.name}\n${definitionMark(task)}`, task.id]));
		return gone.flatMap(({ task }) => {
			const to = marks.get(`${task.name}\n${definitionMark(task)}`);
			return to === undefined || this.#log.fold.isRenameDecided(task.id, to) ? [] : [{ from: task.id, to }];
		});
	}

	#runningWithout({ runPlan }: Loaded): string[] {
		const { table } = this.#log.fold;
		const names = new Set(rowsOf(runPlan, table?.cycles ?? [], table?.languages).map(({ id }) => id));
		return [...(table?.active ?? [])].filter((id) => !names.has(id));
	}
}

/** What a person has to know and to do, in a sentence; null where nothing stands in the way. */
function obstacleText({ running, renamed }: Obstacle): string | null {
	const [first] = running;
	if (first !== undefined) {
		return `The plan no longer has ${enumerate(running)}, which ${running.length === 1 ? 'is' : 'are'} running: the version before stays in force until then. Let it finish, or stop it: switchyard stop --task ${first}`;
	}
	const [pair] = renamed;
	if (pair === undefined) {
		return null;
	}
	const { from, to } = pair;
	return `The plan no longer has ${from}, which is completed, and has ${to} with the same definition: the version before stays in force until you say what happened. Renamed: switchyard renamed ${from} ${to}. Another task: switchyard renamed ${from} ${to} --not-same`;
}
