import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { EvidenceFile, GitPlace } from '../../core/evidence/evidenceInput.ts';
import { readSmallFile } from '../files/readSmallFile.ts';
import { jobFiles } from '../files/runPaths.ts';

/** What evidence says of the workspace, and what only the moment of its writing can tell. */
export interface Observed {
	readonly files: readonly EvidenceFile[];
	readonly git: GitPlace;
}

const observedShape = z.object({
	files: z.array(
		z.object({
			path: z.string(),
			change: z.enum(['created', 'modified', 'unchanged', 'deleted', 'missing']),
			hash: z.nullable(z.string()),
			bytes: z.nullable(z.number()),
			bytesBefore: z.nullable(z.number()),
		}),
	),
	git: z.union([
		z.object({ kind: z.literal('none') }),
		z.object({ kind: z.literal('repository'), head: z.nullable(z.string()), dirty: z.boolean() }),
	]),
});

/**
 * Keeps it in the folder of the attempt (`work`), so that evidence which is damaged later can be written again as it was.
 * Not synced: who writes evidence again after a crash looks anew, because no line of the journal speaks of it yet.
 */
export function keepObserved(work: string, observed: Observed): void {
	if (observed.files.length === 0 && observed.git.kind === 'none') {
		return;
	}
	writeFileSync(join(work, jobFiles.observed), JSON.stringify(observed), { mode: 0o600 });
}

/** What was kept; null where nothing was, or where it cannot be read. */
export function readObserved(work: string): Observed | null {
	try {
		const found = readSmallFile(join(work, jobFiles.observed));
		return found === null ? null : observedShape.parse(JSON.parse(found.text));
	} catch {
		return null;
	}
}
