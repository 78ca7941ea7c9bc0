import type { PlanFile, PlanId } from '../plan.ts';
import { classify } from '../planFiles.ts';
import type { PlanReading, ReadOptions } from '../readPlan.ts';
import { checkParts, readPlan } from '../readPlan.ts';
import { baseName } from '../uris.ts';
import { detectForeign } from './detectForeign.ts';
import { foreignPart } from './foreignPart.ts';
import { readForeign } from './readForeign.ts';

/**
 * Reads a plan for commands that only look: one file that another tool wrote is read as what it is, with the places of that
 * file; everything else is a plan of ours. Never throws.
 */
export function readInPlace(id: PlanId, files: readonly PlanFile[], options: ReadOptions = {}): PlanReading {
	const [only, ...others] = files;
	if (
		only === undefined ||
		others.length > 0 ||
		only.fault !== undefined ||
		classify(baseName(only.uri)) !== null
	) {
		return readPlan(id, files, options);
	}
	const format = id.key === 'planning' ? null : detectForeign(baseName(only.uri), only.text);
	if (format === null) {
		return readPlan(id, files, options);
	}
	return checkParts(id, [foreignPart(only.uri, readForeign(format, [only]))]);
}
