import { open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';

const newline = 0x0a;
const chunkBytes = 256 * 1024;
/** More than this behind, and a person cannot have followed it: the rest of a line and then the end is what is shown. */
const mostBytesBehind = 1024 * 1024;

export interface TailChunk {
	/** Whole characters; a character that is cut by the end of the file waits for its rest. */
	readonly text: string;
	/** Bytes that were passed over before `text`, because the log is or grew too long to be shown whole. */
	readonly skippedBytes: number;
}

/** Reads a growing log by offset: each call gives what came since the last one. */
export class LogTail {
	readonly #file: string;
	#offset = 0;
	#decoder = new StringDecoder('utf8');

	constructor(file: string) {
		this.#file = file;
	}

	/** The next stretch; null when there is nothing new, or no file yet. */
	async read(): Promise<TailChunk | null> {
		const handle = await open(this.#file, 'r').catch(() => null);
		if (handle === null) {
			return null;
		}
		try {
			const { size } = await handle.stat();
			if (size < this.#offset) {
				// A check that is made again writes a log of its own in the place of the first.
				this.#offset = 0;
				this.#decoder = new StringDecoder('utf8');
			}
			if (size <= this.#offset) {
				return null;
			}
			const skip = size - this.#offset > mostBytesBehind;
			const from = skip ? size - mostBytesBehind : this.#offset;
			const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size - from));
			const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
			if (!skip) {
				this.#offset = from + bytesRead;
				return { text: this.#decoder.write(buffer.subarray(0, bytesRead)), skippedBytes: 0 };
			}
			// Begin with a whole line: the bytes before it may be half a character or half a colour.
			const cut = buffer.subarray(0, bytesRead).indexOf(newline) + 1 || wholeCharacter(buffer);
			const skippedBytes = from + cut - this.#offset;
			this.#offset = from + bytesRead;
			this.#decoder = new StringDecoder('utf8');
			return { text: this.#decoder.write(buffer.subarray(cut, bytesRead)), skippedBytes };
		} finally {
			await handle.close();
		}
	}
}

/** Where the first whole character begins, for a log without line ends. */
function wholeCharacter(buffer: Buffer): number {
	const start = buffer.findIndex((byte) => (byte & 0xc0) !== 0x80);
	return Math.max(0, start);
}
