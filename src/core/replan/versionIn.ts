import { isMap, parseDocument } from 'yaml';
import type { PlanFile, PlanForm } from '../plan/plan.ts';
import { planMap } from './setNumber.ts';

/** The version that the head of a plan states; 1 where it states none, or no whole number. */
export function versionIn(files: readonly PlanFile[], form: PlanForm): number {
	for (const { uri, text } of files) {
		if (form === 'folder' && !uri.endsWith('/switchyard.yaml')) {
			continue;
		}
		const { contents } = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
		const version = Number(isMap(contents) ? planMap(contents)?.get('version') : Number.NaN);
		if (Number.isInteger(version) && version >= 1) {
			return version;
		}
	}
	return 1;
}
