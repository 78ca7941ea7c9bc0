import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import type { Clock } from '../../core/base/ports.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { adviceForDisk } from '../files/diskError.ts';
import { syncFile } from '../files/syncFile.ts';
import { formatLine } from './journalLine.ts';

const retryAdvice = 'Run the same command again when the disk is well; nothing finished is lost.';

/** The journal could not be written: nothing that depends on the event may happen. */
export class JournalWriteError extends Error {
	override readonly name = 'JournalWriteError';
	/** The operating system's code, `ENOSPC` for a full disk, `EROFS`/`EACCES` for a read-only place. */
	readonly code: string;

	constructor(file: string, cause: unknown) {
		const code = (cause as NodeJS.ErrnoException).code ?? 'EIO';
		super(`The journal ${file} cannot be written (${code}). ${adviceForDisk(code) ?? retryAdvice}`, {
			cause,
		});
		this.code = code;
	}
}

/** A disk that answers within this is waited for at once: the way through the thread pool and back takes as long again. */
const quickMs = 0.5;

interface Pending {
	readonly events: readonly RunEvent[];
	resolve(): void;
	reject(error: JournalWriteError): void;
}

/**
 * Appends to a journal. One batch is one O_APPEND write that begins with a newline, then one fdatasync for all that
 * came in the meantime (group commit, D1): when `append` resolves, the lines are on disk.
 */
export class JournalWriter {
	readonly #file: string;
	readonly #clock: Clock;
	readonly #writerName: () => string;
	#writer: string;
	#sequence = 0;
	#checksum = '';
	#descriptor: number | null = null;
	#queue: Pending[] = [];
	#draining: Promise<void> | null = null;
	/** Whether the last sync was a matter of a moment. */
	#isQuick = false;

	/** `writerName` makes a name no other writer of this journal has; it is asked again after a failed write. */
	constructor(options: { file: string; clock: Clock; writerName: () => string }) {
		this.#file = options.file;
		this.#clock = options.clock;
		this.#writerName = options.writerName;
		this.#writer = options.writerName();
	}

	/** Resolves when the events are on disk, in this order and together; rejects with `JournalWriteError`. */
	append(events: readonly RunEvent[]): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#queue.push({ events, resolve, reject });
			this.#draining ??= this.#drain();
		});
	}

	async close(): Promise<void> {
		await this.#draining;
		if (this.#descriptor !== null) {
			closeSync(this.#descriptor);
			this.#descriptor = null;
		}
	}

	async #drain(): Promise<void> {
		// One turn later, so that everything appended in this turn shares a sync.
		await Promise.resolve();
		while (this.#queue.length > 0) {
			const batch = this.#queue;
			this.#queue = [];
			try {
				await this.#write(batch.flatMap(({ events }) => events));
				for (const { resolve } of batch) {
					resolve();
				}
			} catch (error) {
				this.#startNewChain();
				const failure = new JournalWriteError(this.#file, error);
				for (const { reject } of batch) {
					reject(failure);
				}
			}
		}
		this.#draining = null;
	}

	async #write(events: readonly RunEvent[]): Promise<void> {
		this.#descriptor ??= openSync(this.#file, 'a', 0o600);
		let text = '';
		for (const event of events) {
			this.#sequence++;
			const stamp = {
				at: this.#clock.now(),
				writer: this.#writer,
				sequence: this.#sequence,
				previous: this.#checksum,
			};
			const { line, checksum } = formatLine(event, stamp);
			this.#checksum = checksum;
			text += `\n${line}`;
		}
		const bytes = Buffer.from(text, 'utf8');
		// The copy into the system's memory is made at once; only the disk is waited for.
		if (writeSync(this.#descriptor, bytes, 0, bytes.length) < bytes.length) {
			throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
		}
		await this.#sync(this.#descriptor);
	}

	/** In the thread pool others can join the next sync meanwhile, which is worth it where a sync takes its time. */
	async #sync(descriptor: number): Promise<void> {
		const begun = performance.now();
		if (this.#isQuick) {
			fdatasyncSync(descriptor);
		} else {
			await syncFile(descriptor, 'content');
		}
		this.#isQuick = performance.now() - begun < quickMs;
	}

	/** After a failed write nobody knows which lines made it: readers take the good ones, and the chain starts anew. */
	#startNewChain(): void {
		this.#writer = this.#writerName();
		this.#sequence = 0;
		this.#checksum = '';
	}
}
