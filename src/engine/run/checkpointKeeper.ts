import type { Logger } from '../../core/base/ports.ts';
import type { RunLog } from '../journal/runLog.ts';

/** So many lines are read in a tenth of a second; while a run goes on nobody has to read more than these anew. */
const mostLines = 10_000;
/** Fewer are read as quickly as a checkpoint is. */
const leastLines = 5_000;
/** What it may take of an engine's time: one part in so many. */
const minShare = 20;

/** Keeps the checkpoint of a long journal near its end, for whoever opens the run next. A run without one is only slower to open. */
export class CheckpointKeeper {
	readonly #log: RunLog;
	readonly #logger: Logger;
	#notBefore = 0;

	constructor(options: { readonly log: RunLog; readonly logger: Logger }) {
		this.#log = options.log;
		this.#logger = options.logger;
	}

	/** Says that lines were folded; writes every so many. */
	touch(): void {
		if (this.#log.linesSinceCheckpoint >= mostLines && performance.now() >= this.#notBefore) {
			this.#write();
		}
	}

	/** The engine ends: what it read stays read. */
	flush(): void {
		if (this.#log.linesSinceCheckpoint >= leastLines) {
			this.#write();
		}
	}

	#write(): void {
		const begun = performance.now();
		try {
			this.#log.writeCheckpoint();
		} catch (error) {
			this.#logger.debug(`No checkpoint could be written: ${String(error)}`);
		}
		const ended = performance.now();
		this.#notBefore = ended + minShare * (ended - begun);
	}
}
