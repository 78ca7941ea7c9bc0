import type { PlanFile, PlanId } from './plan.ts';
import type { PlanReading } from './planChecker.ts';
import { PlanChecker } from './planChecker.ts';
import type { ReadOptions } from './planChecks.ts';
import type { PlanFileKind } from './planFiles.ts';
import { classify, planOf } from './planFiles.ts';
import type { PlanPart } from './readPart.ts';
import { readPart } from './readPart.ts';
import { baseName, relativePath } from './uris.ts';

/** Reads a plan from the texts of all its files: parse, merge, check. Never throws; takes time linear in the text. */
export function readPlan(id: PlanId, files: readonly PlanFile[], options: ReadOptions = {}): PlanReading {
	return checkParts(
		id,
		files.map((file) => readPart(file, kindOf(id, file.uri))),
		options,
	);
}

/** Merges and checks what was read file by file, so that an edit parses one file only. */
export function checkParts(id: PlanId, parts: readonly PlanPart[], options: ReadOptions = {}): PlanReading {
	return new PlanChecker(id).check(parts, options);
}

/** What a file is in this plan. A file that was named by hand (`switchyard check my.yaml`) is a plan in one file. */
export function kindOf(id: PlanId, uri: string): PlanFileKind {
	const path = relativePath(id.rootUri, uri) ?? baseName(uri);
	return planOf(id.rootUri, path)?.id.key === id.key ? (classify(path) ?? 'one-file') : 'one-file';
}
