import { checkCycles } from './checkCycles.ts';
import { checkDates } from './checkDates.ts';
import { checkFigures } from './checkFigures.ts';
import { checkGates } from './checkGates.ts';
import { checkIds } from './checkIds.ts';
import { checkMembership } from './checkMembership.ts';
import { checkOrder } from './checkOrder.ts';
import { checkPersonas } from './checkPersonas.ts';
import { checkReferences } from './checkReferences.ts';
import { checkSummaries } from './checkSummaries.ts';
import { checkPrompts, checkState } from './checkSurroundings.ts';
import { checkTouches } from './checkTouches.ts';
import { checkWork } from './checkWork.ts';
import { mergeParts } from './mergeParts.ts';
import type { Plan, PlanFile, PlanForm, PlanId } from './plan.ts';
import type { PlanFileKind } from './planFiles.ts';
import { classify, planOf } from './planFiles.ts';
import type { Problem } from './problem.ts';
import type { PlanPart } from './readPart.ts';
import { readPart } from './readPart.ts';
import { makeProblem } from './sourceFile.ts';
import { baseName, relativePath } from './uris.ts';

/** What the text of a plan cannot say. */
export interface ReadOptions {
	/** Names of agents that the user's settings declare: no plan has to declare them again. */
	readonly agents?: readonly string[];
	/** Whether there is a file, by its path below the root; without it nobody looks. */
	readonly hasFile?: (path: string) => boolean;
}

/** A plan with everything that is wrong in it. */
export interface PlanReading {
	readonly plan: Plan;
	readonly problems: readonly Problem[];
}

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
	const plan = mergeParts(id, formOf(id, parts), parts);
	const all = {
		tasks: parts.flatMap((part) => part.tasks),
		sprints: parts.flatMap((part) => part.sprints),
	};
	const problems = [
		...parts.flatMap((part) => part.problems),
		...checkIds(all),
		...checkReferences(plan, parts),
		...checkMembership(plan),
		...checkCycles(plan),
		...checkOrder(plan),
		...checkFigures(plan),
		...checkGates(plan),
		...checkTouches(plan),
		...checkWork(plan, parts, options.agents ?? []),
		...checkState(plan, parts),
		...checkSummaries(plan, parts),
		...checkDates(plan),
		...checkPersonas(plan),
		...(options.hasFile ? checkPrompts(plan, options.hasFile) : []),
		...checkEmpty(plan, parts),
	];
	return { plan, problems: problems.sort(compareProblems) };
}

/** What a file is in this plan. A file that was named by hand (`switchyard check my.yaml`) is a plan in one file. */
export function kindOf(id: PlanId, uri: string): PlanFileKind {
	const path = relativePath(id.rootUri, uri) ?? baseName(uri);
	return planOf(id.rootUri, path)?.id.key === id.key ? (classify(path) ?? 'one-file') : 'one-file';
}

function formOf(id: PlanId, parts: readonly PlanPart[]): PlanForm {
	return parts.some((part) => part.kind === 'one-file') || id.key !== 'planning' ? 'file' : 'folder';
}

function checkEmpty(plan: Plan, parts: readonly PlanPart[]): Problem[] {
	const first = parts.find((part) => part.kind !== 'state' && part.kind !== 'summary');
	const isEmpty =
		plan.tasks.length === 0 && parts.every((part) => part.complete && part.problems.length === 0);
	if (first === undefined || !isEmpty) {
		return [];
	}
	const how =
		plan.form === 'folder'
			? 'Add files to docs/planning/tasks, one a task.'
			: 'Add `tasks:` with a list of tasks.';
	return [makeProblem('SY317', first.start, `This plan has no tasks yet. ${how}`)];
}

/** By file, then by place, then by code: the same plan always gives the same list. */
function compareProblems(a: Problem, b: Problem): number {
	return (
		compareText(a.range.uri, b.range.uri) ||
		a.range.start.line - b.range.start.line ||
		a.range.start.character - b.range.start.character ||
		compareText(a.code, b.code)
	);
}

function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
