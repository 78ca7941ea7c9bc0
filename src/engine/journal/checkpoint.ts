import { closeSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { PackedFold } from '../../core/run/checkpoint/packFold.ts';
import { checkpointFile } from '../files/runPaths.ts';
import { foldVersion } from './foldVersion.ts';
import type { JournalPosition } from './journalReader.ts';

/** What a journal came to up to a position. */
export interface Checkpoint {
	readonly position: JournalPosition;
	/** The hashes that all `run-created` and `plan-changed` lines before it name; each of these snapshots could be read. */
	readonly snapshots: readonly string[];
	/** The one in force. */
	readonly plan: string;
	/** The fold as text, because most readers find first that they cannot use it. */
	readonly fold: string;
}

/** The last line of the file: torn, damaged or of another version, nothing above it is looked at. */
interface Seal extends Omit<Checkpoint, 'fold'> {
	readonly version: string;
	/** CRC-32 of everything above. */
	readonly checksum: number;
}

/**
 * Puts a checkpoint in the place of the one before. Nothing waits for the disk: what a crash leaves of it is no checkpoint,
 * and the journal is read instead. Two engines that do it at once may spoil it for both, with the same outcome.
 */
export function writeCheckpoint(
	folder: string,
	{ fold, ...rest }: Omit<Checkpoint, 'fold'> & { readonly fold: PackedFold },
): void {
	const file = checkpointFile(folder);
	const bytes = Buffer.from(`${JSON.stringify(fold)}\n`, 'utf8');
	const seal: Seal = { version: foldVersion, ...rest, checksum: crc32(bytes) };
	const descriptor = openSync(`${file}.new`, 'w', 0o600);
	try {
		writeSync(descriptor, bytes);
		writeSync(descriptor, JSON.stringify(seal));
	} finally {
		closeSync(descriptor);
	}
	renameSync(`${file}.new`, file);
}

/** The checkpoint of a run; null where there is none that can be trusted and that this program would have made as well. */
export function readCheckpoint(folder: string): Checkpoint | null {
	try {
		const bytes = readFileSync(checkpointFile(folder));
		const end = bytes.lastIndexOf('\n') + 1;
		const { version, checksum, ...rest } = JSON.parse(bytes.toString('utf8', end)) as Seal;
		const isOurs = version === foldVersion && version !== '';
		return isOurs && crc32(bytes.subarray(0, end)) === checksum
			? { ...rest, fold: bytes.toString('utf8', 0, end) }
			: null;
	} catch {
		return null;
	}
}
