import type { NewFile } from '../core/prd/newPlanFiles.ts';
import type { NewPlanPaths } from '../core/prd/newPlanPaths.ts';
import type { KnownAgents } from '../engine/newPlan/findAgent.ts';
import type { MadePlan } from '../engine/newPlan/makePlan.ts';
import { makePlan } from '../engine/newPlan/makePlan.ts';
import type { PrdFile } from '../engine/newPlan/prdFile.ts';
import { refreshDocuments } from '../engine/newPlan/refreshDocuments.ts';
import { filesInTheWay, filesToWrite, otherTasks, writeTasks } from '../engine/newPlan/writeNewFiles.ts';
import type { LineReader } from './lineReader.ts';
import type { NewFlags } from './newCommand.ts';
import { positiveInteger } from './runArguments.ts';

/** Where a new plan goes, and who may do it. */
export interface NewPlace {
	readonly rootPath: string;
	readonly paths: NewPlanPaths;
	readonly file: PrdFile;
	readonly known: KnownAgents;
	readonly feature: string | null;
}

/** The tasks of a complete PRD, and what became of them. */
export interface NewTasks {
	readonly plan: MadePlan;
	readonly written: readonly string[];
	readonly inTheWay: readonly string[];
}

/** Plans the tasks and writes them, unless they are in the way of something and nobody allows to write over it. */
export async function newTasks(
	place: NewPlace,
	flags: NewFlags,
	lines: LineReader | null,
): Promise<NewTasks> {
	const { rootPath, paths } = place;
	const plan = await plannedUntilStopped(place, flags);
	if (plan.kind !== 'made') {
		return { plan, written: [], inTheWay: [] };
	}
	const changed = await filesInTheWay(rootPath, plan.taskFiles);
	// A feature is planned beside the tasks that are there; a project is not.
	const others = place.feature === null ? await otherTasks(rootPath, paths.tasks, plan.taskFiles) : [];
	const inTheWay = [...changed, ...others];
	if (inTheWay.length > 0 && flags.force !== true && !(await mayOverwrite(inTheWay, lines))) {
		return { plan, written: [], inTheWay };
	}
	const written = await write(place, plan.taskFiles, plan.header);
	await refreshDocuments(rootPath, { ...place, tasks: plan.tasks });
	return { plan, written, inTheWay: [] };
}

async function plannedUntilStopped(place: NewPlace, flags: NewFlags): Promise<MadePlan> {
	const stop = new AbortController();
	const onSignal = () => stop.abort();
	process.on('SIGINT', onSignal);
	process.on('SIGTERM', onSignal);
	try {
		return await makePlan({
			...place,
			agent: flags.agent ?? null,
			byTemplates: flags.templates === true,
			timeoutMs: positiveInteger('--timeout', flags.timeout) * 60_000,
			stop: stop.signal,
			now: () => Date.now(),
			onRound: (round, problems) => process.stderr.write(roundText(round, problems, flags.agent ?? '')),
		});
	} finally {
		process.off('SIGINT', onSignal);
		process.off('SIGTERM', onSignal);
	}
}

function roundText(round: number, problems: readonly string[] | null, agent: string): string {
	if (problems === null) {
		return `Round ${round}: ${agent} plans …\n`;
	}
	const what =
		problems.length === 0 ? 'is clean' : `has ${problems.length} problem${problems.length === 1 ? '' : 's'}`;
	return `Round ${round}: the answer ${what}\n`;
}

async function mayOverwrite(paths: readonly string[], lines: LineReader | null): Promise<boolean> {
	if (lines === null) {
		return false;
	}
	const answer = await lines.ask(`There are ${paths.length} task files already. Write over them? (y/N) `);
	return /^y(es)?$/i.test(answer?.trim() ?? '');
}

/** The header first: tasks without it would be done by nobody. Returns what was written. */
async function write(
	{ rootPath, paths }: NewPlace,
	tasks: readonly NewFile[],
	header: NewFile | null,
): Promise<string[]> {
	const missing = await filesToWrite(rootPath, tasks);
	if (header !== null) {
		await writeTasks(rootPath, paths.tasks, [header]);
	}
	if (missing.length > 0) {
		await writeTasks(rootPath, paths.tasks, tasks);
	}
	return [...(header === null ? [] : [header.path]), ...missing.map(({ path }) => path)];
}
