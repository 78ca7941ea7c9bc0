/** What the evidence of one row says of files, as its `results.json` has it. */
export interface EvidenceRecord {
	readonly task: string;
	/** When its last attempt ended, in milliseconds since the epoch. */
	readonly endedAt: number;
	readonly files: readonly {
		readonly path: string;
		readonly change: string;
		/** Null where there was no file. */
		readonly hash: string | null;
	}[];
}

/** The evidence of a task that no longer holds, with the files that are not what was recorded. */
export type StaleEvidence = ReadonlyMap<string, readonly string[]>;

/**
 * FORMATS 2.3: evidence is stale when a file it speaks of was changed since by anything but a later recorded attempt.
 * What counts for a file is therefore the last record of it, whoever made it.
 */
export function staleEvidence(
	records: readonly EvidenceRecord[],
	currentHash: (path: string) => string | null,
): StaleEvidence {
	const last = new Map<string, { readonly at: number; readonly hash: string | null }>();
	for (const { endedAt, files } of records) {
		for (const { path, hash } of files) {
			if ((last.get(path)?.at ?? Number.NEGATIVE_INFINITY) <= endedAt) {
				last.set(path, { at: endedAt, hash });
			}
		}
	}
	const changed = new Set<string>();
	for (const [path, { hash }] of last) {
		if (currentHash(path) !== hash) {
			changed.add(path);
		}
	}
	const stale = new Map<string, readonly string[]>();
	for (const { task, files } of records) {
		const paths = files.map(({ path }) => path).filter((path) => changed.has(path));
		if (paths.length > 0) {
			stale.set(task, paths);
		}
	}
	return stale;
}
