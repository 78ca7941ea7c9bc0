import { isAscii } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { StampedEvent } from '../../core/run/events.ts';
import type { BadLine } from './journalLine.ts';
import { parseLine } from './journalLine.ts';

const newline = 0x0a;
/** No text inside an event looks like this: its quotes are escaped. */
const lineHead = '{"v":';
const chunkBytes = 1 << 20;

/** How far a journal was read, and what is to be known of those lines to read on. */
export interface JournalPosition {
	/** All of them before this one belong to lines that were taken or found bad. */
	readonly offset: number;
	/** CRC-32 of those bytes. */
	readonly checksum: number;
	/** The last line of each writer. */
	readonly writers: readonly (readonly [writer: string, last: LastLine])[];
	readonly badLines: readonly BadLine[];
}

interface LastLine {
	readonly sequence: number;
	readonly checksum: string;
}

/**
 * Follows one journal: each `read` returns the events that were appended since the last one. Lines that cannot be
 * trusted are skipped and kept in `badLines` (D3). A journal only grows; a file that became shorter was replaced by
 * hand and is said so, not re-read, because completed work must not be forgotten.
 */
export class JournalReader {
	readonly badLines: BadLine[] = [];
	readonly #file: string;
	readonly #keepsOpen: boolean;
	#descriptor: number | null = null;
	readonly #writers = new Map<string, LastLine>();
	#offset = 0;
	#rest: Buffer = Buffer.alloc(0);
	/** Where `#rest` begins in the file. */
	#restOffset = 0;
	/** Of everything before `#restOffset`. */
	#checksum = 0;
	#lost: 'shorter' | 'removed' | null = null;

	/** `keepsOpen`: for somebody who reads after every line; `close` it then. */
	constructor(file: string, options: { readonly keepsOpen: boolean } = { keepsOpen: false }) {
		this.#file = file;
		this.#keepsOpen = options.keepsOpen;
	}

	close(): void {
		if (this.#descriptor !== null) {
			closeSync(this.#descriptor);
			this.#descriptor = null;
		}
	}

	/** True where `read` may find something; of a file that is not kept open nobody knows without reading. */
	get mayHaveNews(): boolean {
		if (this.#descriptor === null) {
			return true;
		}
		const { size, nlink } = fstatSync(this.#descriptor);
		return size !== this.#offset || nlink === 0;
	}

	/** Set once the file was seen shorter than what had been read from it, or gone: nothing more is read then. */
	get lost(): 'shorter' | 'removed' | null {
		return this.#lost;
	}

	get position(): JournalPosition {
		const [offset, checksum] = [this.#restOffset, this.#checksum];
		return { offset, checksum, writers: [...this.#writers], badLines: this.badLines };
	}

	/**
	 * Whether the journal still begins with the very bytes that were read up to a position. A byte that changed on the disk is
	 * found, because all of them are read: that takes a few hundredths of the time that it takes to understand them.
	 */
	async beginsWith({ offset, checksum }: JournalPosition): Promise<boolean> {
		this.#descriptor ??= openIfThere(this.#file);
		if (this.#descriptor === null) {
			return false;
		}
		try {
			return (await checksumOf(this.#descriptor, offset)) === checksum;
		} finally {
			if (!this.#keepsOpen) {
				this.close();
			}
		}
	}

	/** Goes on at a position that the journal begins with. Only for a reader that has read nothing yet. */
	resume({ offset, checksum, writers, badLines }: JournalPosition): void {
		this.#offset = offset;
		this.#restOffset = offset;
		this.#checksum = checksum;
		this.badLines.push(...badLines);
		for (const [writer, last] of writers) {
			this.#writers.set(writer, last);
		}
	}

	/**
	 * New events in file order; empty when there are none or the file does not exist yet. What is new is mostly a line or two:
	 * it is read at once, and only between the pieces of a long history do others have their turn.
	 */
	async read(): Promise<StampedEvent[]> {
		if (this.#lost === null) {
			this.#descriptor ??= openIfThere(this.#file);
		}
		const descriptor = this.#descriptor;
		if (descriptor === null) {
			this.#lost ??= this.#offset > 0 ? 'removed' : null;
			return [];
		}
		try {
			const { size, nlink } = fstatSync(descriptor);
			if (size < this.#offset || nlink === 0) {
				this.#lost = nlink === 0 ? 'removed' : 'shorter';
				return [];
			}
			return await this.#readTo(size, descriptor);
		} finally {
			if (!this.#keepsOpen || this.#lost !== null) {
				this.close();
			}
		}
	}

	async #readTo(size: number, descriptor: number): Promise<StampedEvent[]> {
		const events: StampedEvent[] = [];
		while (this.#offset < size) {
			const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size - this.#offset));
			const bytesRead = readSync(descriptor, buffer, 0, buffer.length, this.#offset);
			if (bytesRead === 0) {
				break;
			}
			this.#offset += bytesRead;
			this.#take(buffer.subarray(0, bytesRead), events);
			if (this.#offset < size) {
				await nextTurn();
			}
		}
		this.#takeOpenLine(events);
		return events;
	}

	#take(chunk: Buffer, events: StampedEvent[]): void {
		const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
		// A piece without other characters becomes text as a whole: its bytes are counted like its letters.
		const text = isAscii(bytes) ? bytes.toString('latin1') : null;
		let begin = 0;
		for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, begin)) {
			const line = text?.slice(begin, end) ?? bytes.toString('utf8', begin, end);
			this.#takeLine(line, this.#restOffset + begin, events);
			begin = end + 1;
		}
		this.#checksum = begin === 0 ? this.#checksum : crc32(bytes.subarray(0, begin), this.#checksum);
		this.#rest = Buffer.from(bytes.subarray(begin));
		this.#restOffset += begin;
	}

	/**
	 * Every write begins with its newline, so the last line has none behind it. If its checksum holds it is complete;
	 * if not, it may still be on its way, and only the next newline decides.
	 */
	#takeOpenLine(events: StampedEvent[]): void {
		const line = this.#rest.toString('utf8');
		if (line !== '' && typeof parseLine(line) !== 'string') {
			this.#takeLine(line, this.#restOffset, events);
			this.#checksum = crc32(this.#rest, this.#checksum);
			this.#restOffset += this.#rest.length;
			this.#rest = Buffer.alloc(0);
		}
	}

	/** A newline that was damaged joins two good lines: both are taken, as far as their checksums hold. */
	#takeJoined(text: string, offset: number, events: StampedEvent[]): void {
		const begin = text.indexOf(lineHead, 1);
		for (const part of begin < 0 ? [] : [text.slice(0, begin - 1), text.slice(begin)]) {
			if (typeof parseLine(part) !== 'string') {
				this.#takeLine(part, offset, events);
			}
		}
	}

	#takeLine(text: string, offset: number, events: StampedEvent[]): void {
		if (text === '') {
			return;
		}
		const line = parseLine(text);
		if (typeof line === 'string') {
			this.badLines.push({ offset, reason: line });
			this.#takeJoined(text, offset, events);
			return;
		}
		const { writer, sequence } = line.event.stamp;
		const before = this.#writers.get(writer);
		if (before !== undefined && sequence <= before.sequence) {
			// A duplicated block of the file: the same line counts once.
			return;
		}
		if (line.previous !== (before?.checksum ?? '')) {
			this.badLines.push({ offset, reason: 'chain' });
		}
		this.#writers.set(writer, { sequence, checksum: line.checksum });
		events.push(line.event);
	}
}

/** CRC-32 of the first so many bytes; null where the file has fewer. */
async function checksumOf(descriptor: number, length: number): Promise<number | null> {
	const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, length));
	let checksum = 0;
	for (let offset = 0; offset < length; ) {
		const bytesRead = readSync(descriptor, buffer, 0, Math.min(buffer.length, length - offset), offset);
		if (bytesRead === 0) {
			return null;
		}
		checksum = crc32(buffer.subarray(0, bytesRead), checksum);
		offset += bytesRead;
		await nextTurn();
	}
	return checksum;
}

function openIfThere(file: string): number | null {
	try {
		return openSync(file, 'r');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return null;
		}
		throw error;
	}
}
