import type { EvidenceFile } from '../../core/evidence/evidenceInput.ts';
import type { RunTask } from '../../core/run/runPlan.ts';
import type { Fingerprint } from './fingerprint.ts';
import { fingerprint, readBefore } from './fingerprint.ts';

/** What became of the files that a task says it makes or touches, against what was kept in the attempt's folder. */
export async function compareFiles(rootPath: string, task: RunTask, folder: string): Promise<EvidenceFile[]> {
	if (task.produces.length + task.touches.length === 0) {
		return [];
	}
	const before: Fingerprint = readBefore(folder) ?? {};
	const after = await fingerprint(rootPath, task);
	const files = Object.entries(after).map(([path, { hash, bytes }]): EvidenceFile => {
		const old = before[path];
		const change = old === undefined ? 'created' : old.hash === hash ? 'unchanged' : 'modified';
		return { path, change, hash, bytes, bytesBefore: old?.bytes ?? null };
	});
	const gone = (path: string, change: 'deleted' | 'missing'): EvidenceFile => ({
		path,
		change,
		hash: null,
		bytes: null,
		bytesBefore: before[path]?.bytes ?? null,
	});
	const deleted = Object.keys(before).filter((path) => after[path] === undefined);
	const plain = task.produces.filter((path) => !/[*?[\]{}!]/.test(path));
	const missing = plain.filter((path) => after[path] === undefined && before[path] === undefined);
	return [
		...files,
		...deleted.map((path) => gone(path, 'deleted')),
		...missing.map((path) => gone(path, 'missing')),
	];
}
