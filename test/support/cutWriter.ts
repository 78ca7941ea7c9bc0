import { appendFileSync, readFileSync, statSync, truncateSync } from 'node:fs';
import type { Clock } from '../../src/core/base/ports.ts';
import type { RunEvent } from '../../src/core/run/events.ts';
import type { ProcessIdentity } from '../../src/core/run/processIdentity.ts';
import { journalFile } from '../../src/engine/files/runPaths.ts';
import { JournalWriter } from '../../src/engine/journal/journalWriter.ts';

/** What is left of the last line that is written before the end. */
export type LastLine = 'whole' | 'torn' | 'twice';

/** How many lines engines may still write, all in all, and what becomes of the last one. */
export interface Cut {
	left: number;
	readonly lastLine: LastLine;
	dead: boolean;
}

/** A journal that ends with its engine after so many lines, as if the process had been killed there. */
export class CutWriter extends JournalWriter {
	readonly #file: string;
	readonly #cut: Cut;
	readonly #process: ProcessIdentity | null;
	/** Appends that are on their way. */
	pending = 0;
	written = 0;
	engine = '';

	/** `process`: whom the engine gives itself out to be; null = who it is. */
	constructor(options: {
		readonly folder: string;
		readonly clock: Clock;
		readonly writerName: () => string;
		readonly cut: Cut;
		readonly process: ProcessIdentity | null;
	}) {
		const file = journalFile(options.folder);
		super({ file, clock: options.clock, writerName: options.writerName });
		this.#file = file;
		this.#cut = options.cut;
		this.#process = options.process;
	}

	override async append(events: readonly RunEvent[]): Promise<void> {
		if (this.#cut.dead) {
			throw new Error('killed');
		}
		const taken = events.slice(0, this.#cut.left).map((event) => this.#asProcess(event));
		this.#cut.left -= taken.length;
		const isLast = this.#cut.left === 0;
		if (isLast) {
			this.#cut.dead = true;
		}
		this.pending++;
		try {
			await super.append(taken);
			this.written += taken.length;
		} finally {
			this.pending--;
		}
		if (isLast) {
			this.#spoil();
			throw new Error('killed');
		}
	}

	#asProcess(event: RunEvent): RunEvent {
		if (event.kind !== 'engine-started') {
			return event;
		}
		this.engine = event.engine;
		return this.#process === null ? event : { ...event, process: this.#process };
	}

	#spoil(): void {
		const bytes = readFileSync(this.#file);
		const begin = bytes.lastIndexOf(0x0a);
		const line = bytes.subarray(begin);
		if (this.#cut.lastLine === 'torn') {
			truncateSync(this.#file, statSync(this.#file).size - Math.ceil(line.length / 2));
		} else if (this.#cut.lastLine === 'twice') {
			appendFileSync(this.#file, line);
		}
	}
}
