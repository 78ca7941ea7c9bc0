import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { EvidenceRecord, StaleEvidence } from '../../core/evidence/staleness.ts';
import { staleEvidence } from '../../core/evidence/staleness.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { hashFile } from '../files/hashFile.ts';
import { readSmallFile } from '../files/readSmallFile.ts';

const resultsShape = z.object({
	files: z.array(z.object({ path: z.string(), change: z.string(), sha256: z.nullable(z.string()) })),
});

type Records = EvidenceRecord['files'];

/**
 * What the evidence of a run's tasks and repairs says of files. Evidence that cannot be read says nothing. `known` keeps
 * what was read, for who looks again and again.
 */
export function evidenceRecords(
	rootPath: string,
	table: RunTable,
	known = new Map<string, Records>(),
): EvidenceRecord[] {
	const records: EvidenceRecord[] = [];
	for (const { task, evidence, attempts, status } of table.tasks.values()) {
		const last = attempts.at(-1);
		const speaksOfFiles = task.produces.length + task.touches.length > 0;
		if (evidence === null || last === undefined || status !== 'completed' || !speaksOfFiles) {
			continue;
		}
		const endedAt = last.checks.at(-1)?.endedAt ?? last.endedAt ?? 0;
		const file = join(rootPath, ...evidence.split('/'), 'results.json');
		const key = `${file} ${last.number} ${endedAt}`;
		const files = known.get(key) ?? readFiles(file);
		known.set(key, files);
		records.push({ task: task.id, endedAt, files });
	}
	return records;
}

function readFiles(file: string): EvidenceRecord['files'] {
	try {
		const parsed = resultsShape.safeParse(JSON.parse(readSmallFile(file)?.text ?? ''));
		return parsed.success
			? parsed.data.files.map(({ path, change, sha256 }) => ({ path, change, hash: sha256 }))
			: [];
	} catch {
		return [];
	}
}

/** Remembers hashes of files by their size and time, so that looking again costs a `stat` a file. */
export class StaleWatch {
	readonly #rootPath: string;
	readonly #records = new Map<string, Records>();
	readonly #known = new Map<string, { readonly stamp: string; readonly hash: string | null }>();

	constructor(rootPath: string) {
		this.#rootPath = rootPath;
	}

	/** The tasks whose evidence no longer holds, with what changed since: files, or the task itself (D6). Reads only. */
	async look(table: RunTable): Promise<StaleEvidence> {
		const records = evidenceRecords(this.#rootPath, table, this.#records);
		const paths = new Set(records.flatMap(({ files }) => files.map(({ path }) => path)));
		const hashes = new Map<string, string | null>();
		for (const path of paths) {
			hashes.set(path, await this.#hashOf(path));
		}
		const stale = new Map(staleEvidence(records, (path) => hashes.get(path) ?? null));
		for (const task of table.changedSinceFinished()) {
			stale.set(task, ['the task in the plan', ...(stale.get(task) ?? [])]);
		}
		return stale;
	}

	async #hashOf(path: string): Promise<string | null> {
		const file = join(this.#rootPath, ...path.split('/'));
		const stamp = await stat(file).then(
			({ size, mtimeMs, ino }) => `${size} ${mtimeMs} ${ino}`,
			() => 'none',
		);
		const known = this.#known.get(path);
		if (known?.stamp === stamp) {
			return known.hash;
		}
		const hash = stamp === 'none' ? null : ((await hashFile(file))?.hash ?? null);
		this.#known.set(path, { stamp, hash });
		return hash;
	}
}
