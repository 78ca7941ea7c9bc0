import type { PlanFile, PlanId } from '../plan.ts';
import type { PlanReading } from '../planChecker.ts';
import type { ReadOptions } from '../planChecks.ts';
import { classify } from '../planFiles.ts';
import type { PlanPart } from '../readPart.ts';
import { checkParts, readPlan } from '../readPlan.ts';
import { baseName } from '../uris.ts';
import { checkTotals } from './checkTotals.ts';
import { detectForeign } from './detectForeign.ts';
import { foreignParts } from './foreignPart.ts';
import type { ForeignFormat } from './foreignPlan.ts';
import { readForeign } from './readForeign.ts';

/**
 * Which other tool wrote a plan: one file that was named by hand or that lies where tools keep their plans, or the tasks of a
 * Backlog.md. Null for plans of ours.
 */
export function foreignFormatOf(id: PlanId, files: readonly PlanFile[]): ForeignFormat | null {
	const [first] = files;
	const isOurs =
		first === undefined ||
		id.key === 'planning' ||
		files.some(({ uri, fault }) => fault !== undefined || classify(baseName(uri)) !== null);
	if (isOurs) {
		return null;
	}
	const format = detectForeign(baseName(first.uri), first.text);
	return files.length === 1 || format === 'backlog' ? format : null;
}

/**
 * Reads a plan for commands that only look: what another tool wrote is read as what it is, with the places of its files;
 * everything else is a plan of ours. Never throws.
 */
export function readInPlace(id: PlanId, files: readonly PlanFile[], options: ReadOptions = {}): PlanReading {
	const format = foreignFormatOf(id, files);
	if (format === null) {
		return readPlan(id, files, options);
	}
	return checkParts(id, partsInPlace(format, files));
}

/** The parts of another tool's plan, one a file, with the totals in it that do not hold (P5). */
export function partsInPlace(format: ForeignFormat, files: readonly PlanFile[]): PlanPart[] {
	const uris = files.map(({ uri }) => uri);
	const parts = foreignParts(uris, readForeign(format, files));
	return parts.map((part, index) => {
		const file = files[index];
		const totals = file !== undefined && /\.json$/i.test(file.uri) ? checkTotals(file, part.tasks) : [];
		return { ...part, problems: [...part.problems, ...totals] };
	});
}
