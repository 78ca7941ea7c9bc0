import { closeSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
	/** CRC-32 of everything before this field. */
	readonly checksum: number;
}

const checksumKey = ',"checksum":';

/**
 * Puts a checkpoint in the place of the one before. Nothing waits for the disk: what a crash leaves of it is no checkpoint,
 * and the journal is read instead. Two engines that do it at once may spoil it for both, with the same outcome.
 */
export function writeCheckpoint(
	folder: string,
	{ fold, ...rest }: Omit<Checkpoint, 'fold'> & { readonly fold: PackedFold },
): void {
	const file = checkpointFile(folder);
	const head = JSON.stringify({ version: foldVersion, ...rest }).slice(0, -1);
	const bytes = Buffer.from(JSON.stringify(fold), 'utf8');
	const tail = `\n${head}`;
	const descriptor = openSync(`${file}.new`, 'w', 0o600);
	try {
		writeFileSync(descriptor, bytes);
		writeFileSync(descriptor, `${tail}${checksumKey}${crc32(tail, crc32(bytes))}}`);
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
		const seal = JSON.parse(bytes.toString('utf8', end)) as Seal;
		const { version, checksum, ...rest } = seal;
		const isWhole = crc32(bytes.subarray(0, bytes.lastIndexOf(checksumKey))) === checksum;
		return isWhole && version === foldVersion && version !== ''
			? { ...rest, fold: bytes.toString('utf8', 0, end) }
			: null;
	} catch {
		return null;
	}
}
