import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatNames } from '../../core/plan/foreign/foreignPlan.ts';
import { foreignFormatOf } from '../../core/plan/foreign/readInPlace.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Problem } from '../../core/plan/problem.ts';
import { readPlan } from '../../core/plan/readPlan.ts';
import type { RunChoice } from '../../core/run/runPlan.ts';
import type { RunPlanFault } from '../../core/run/toRunPlan.ts';
import { toRunPlan } from '../../core/run/toRunPlan.ts';
import { strandedTasks } from '../../core/schedule/strandedTasks.ts';
import type { LoaderReply, LoadFault } from '../../protocol/loaderReply.ts';
import type { PlanChoice } from '../files/choosePlan.ts';
import { choosePlan } from '../files/choosePlan.ts';
import { formatSnapshot } from '../files/snapshot.ts';
import { readAgentsFile } from './readAgentsFile.ts';

export interface LoadOptions extends PlanChoice {
	readonly agentsFile?: string;
	/** What a person chose in place of what the plan says. */
	readonly choice?: RunChoice;
}

/** Reads the plan that a path means and applies every default. Never throws for what a user can write. */
export async function loadRunPlan(options: LoadOptions): Promise<LoaderReply> {
	const found = await choosePlan(options);
	if ('message' in found) {
		return { kind: 'no-plan', message: found.message };
	}
	const foreign = foreignFormatOf(found.id, found.files);
	if (foreign !== null) {
		const what = formatNames[foreign];
		return {
			kind: 'no-plan',
			message: `${options.path} is a plan of another tool (${what}), which can be checked but not run. Write it as a plan with: switchyard import ${options.path}`,
		};
	}
	const agents = options.agentsFile === undefined ? [] : await readAgentsFile(options.agentsFile);
	const { plan, problems } = readPlan(found.id, found.files, { agents: agents.map(({ name }) => name) });
	const files = found.files.map(({ uri }) => fileURLToPath(uri));
	const errors = [...found.problems, ...problems].filter(({ severity }) => severity === 'error');
	const { rootPath } = found;
	if (errors.length > 0) {
		return {
			kind: 'faults',
			rootPath,
			files,
			faults: errors.map((problem) => fromProblem(rootPath, problem)),
		};
	}
	const { runPlan, faults } = toRunPlan(plan, { agents, choice: options.choice ?? {} });
	if (faults.length > 0) {
		return { kind: 'faults', rootPath, files, faults: faults.map((fault) => fromFault(rootPath, fault)) };
	}
	if (runPlan.tasks.length === 0) {
		return { kind: 'no-plan', message: `The plan “${runPlan.name}” in ${rootPath} has no tasks yet.` };
	}
	const stranded = strandedTasks(runPlan);
	if (stranded.length > 0) {
		return { kind: 'faults', rootPath, files, faults: [circleFault(rootPath, plan, stranded)] };
	}
	const { hash } = formatSnapshot(runPlan);
	return { kind: 'plan', rootPath, hash, runPlan, files };
}

function fromProblem(rootPath: string, { range, code, message }: Problem): LoadFault {
	const { line, character } = range.start;
	return { file: relativeFile(rootPath, range.uri), line: line + 1, column: character + 1, code, message };
}

function fromFault(rootPath: string, { uri, line, message }: RunPlanFault): LoadFault {
	return { file: relativeFile(rootPath, uri), line, column: 1, code: 'SY000', message };
}

/** P7: dependencies, sprints, batches and gates that each hold, and that together wait for each other. */
function circleFault(rootPath: string, plan: Plan, stranded: readonly string[]): LoadFault {
	const first = plan.tasks.find(({ id }) => stranded.includes(id)) ?? plan.tasks[0];
	const range = first?.idRange;
	const names = stranded.slice(0, 5).join(', ');
	const more = stranded.length > 5 ? ` and ${stranded.length - 5} more` : '';
	return {
		file: range === undefined ? '' : relativeFile(rootPath, range.uri),
		line: (range?.start.line ?? 0) + 1,
		column: (range?.start.character ?? 0) + 1,
		code: 'SY000',
		message: `${names}${more} could never start: their dependencies, sprints, batches and gates wait for each other in a circle. Take one of those out.`,
	};
}

function relativeFile(rootPath: string, uri: string): string {
	const path = fileURLToPath(uri);
	const way = relative(rootPath, path);
	return (way.startsWith('..') ? path : way).split(sep).join('/');
}
