import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../../core/base/ports.ts';
import type { AlteredFile } from '../../core/evidence/writtenRecords.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import type { JournalWriter } from '../journal/journalWriter.ts';
import type { RunLog } from '../journal/runLog.ts';
import { WrittenWatch } from '../journal/writtenWatch.ts';
import { ownIdentity } from '../processes/processIdentity.ts';
import { restoreEvidence } from './restoreEvidence.ts';

export interface AfterBootOptions {
	readonly rootPath: string;
	/** Read up to now, and without a line of this engine. */
	readonly log: RunLog;
	readonly writer: JournalWriter;
	readonly now: number;
	readonly logger: Logger;
}

/**
 * Writes evidence again that a power cut took away (D7). Its files are not synced, because everything in them is in the
 * attempts and in the journal: where the last engine of a run belongs to another boot of this machine, the next one looks
 * for files that are gone or were never filled. What has another text was edited, and is only said to be (`evidence`).
 */
export async function restoreAfterBoot(options: AfterBootOptions): Promise<void> {
	const { rootPath, log, now, logger } = options;
	const { table } = log.fold;
	if (table === null || !isOfAnotherBoot(table)) {
		return;
	}
	const altered = await new WrittenWatch(rootPath).look(table);
	const lost = altered.filter((file) => isUnfilled(rootPath, file));
	if (lost.length === 0) {
		return;
	}
	const { files } = await restoreEvidence({ ...options, altered: lost, anew: false, now });
	const count = files.filter(({ done }) => done === 'restored').length;
	logger.info(
		`${count} of ${lost.length} files of evidence did not survive the last boot, and were written again.`,
	);
}

function isOfAnotherBoot(table: RunTable): boolean {
	const last = [...table.engines.values()].at(-1)?.process;
	const own = ownIdentity();
	return last !== undefined && last.host === own.host && last.boot !== own.boot;
}

/** What a file system shows of a file whose content never reached the disk. */
function isUnfilled(rootPath: string, { path, how }: AlteredFile): boolean {
	if (how === 'gone') {
		return true;
	}
	try {
		return readFileSync(join(rootPath, ...path.split('/'))).every((byte) => byte === 0);
	} catch {
		return false;
	}
}
