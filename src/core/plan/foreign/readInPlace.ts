import type { PlanFile, PlanId } from '../plan.ts';
import { classify } from '../planFiles.ts';
import type { PlanReading, ReadOptions } from '../readPlan.ts';
import { checkParts, readPlan } from '../readPlan.ts';
import { baseName } from '../uris.ts';
import { checkTotals } from './checkTotals.ts';
import { detectForeign } from './detectForeign.ts';
import { foreignPart } from './foreignPart.ts';
import type { ForeignFormat } from './foreignPlan.ts';
import { readForeign } from './readForeign.ts';

/** Which other tool wrote a plan, where it is one file that was named by hand; null for plans of ours. */
export function foreignFormatOf(id: PlanId, files: readonly PlanFile[]): ForeignFormat | null {
	const [only, ...others] = files;
	const isOurs =
		only === undefined ||
		others.length > 0 ||
		only.fault !== undefined ||
		id.key === 'planning' ||
		classify(baseName(only.uri)) !== null;
	return isOurs ? null : detectForeign(baseName(only.uri), only.text);
}

/**
 * Reads a plan for commands that only look: one file that another tool wrote is read as what it is, with the places of that
 * file; everything else is a plan of ours. Never throws.
 */
export function readInPlace(id: PlanId, files: readonly PlanFile[], options: ReadOptions = {}): PlanReading {
	const format = foreignFormatOf(id, files);
	const only = files[0];
	if (format === null || only === undefined) {
		return readPlan(id, files, options);
	}
	const part = foreignPart(only.uri, readForeign(format, files));
	const totals = /\.json$/i.test(only.uri) ? checkTotals(only, part.tasks) : [];
	return checkParts(id, [{ ...part, problems: [...part.problems, ...totals] }]);
}
