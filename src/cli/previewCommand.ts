import type { Command } from 'commander';
import { forecastBasis } from '../core/history/forecastBasis.ts';
import { foreignFormatOf, readInPlace } from '../core/plan/foreign/readInPlace.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { RunChoice } from '../core/run/runPlan.ts';
import { scopeOf } from '../core/run/scopeOf.ts';
import { toForecastPlan } from '../core/run/toForecastPlan.ts';
import { PlanForecast } from '../core/schedule/planForecast.ts';
import type { PreviewReport, PreviewWarning } from '../core/schedule/previewReport.ts';
import { unreachableGates } from '../core/schedule/unreachableGates.ts';
import { choosePlan } from '../engine/files/choosePlan.ts';
import { readHistory } from '../engine/journal/readHistory.ts';
import { exitCodes } from './exitCodes.ts';
import { previewText } from './previewText.ts';
import { runChoice, scopeRequest } from './runArguments.ts';
import { UsageError } from './usageError.ts';

export interface PreviewFlags {
	readonly strategy?: string;
	readonly jobs?: string;
	readonly sprint?: string;
	readonly track?: string;
	readonly task?: string;
	readonly plan?: string;
	readonly json?: boolean;
}

/** Adds `switchyard preview [PATH]` to the command line: what a run would do, and nothing is run. */
export function registerPreview(program: Command): void {
	program
		.command('preview')
		.description('Say how a run will go: layers, schedule, time with so many agents, who waits for what.')
		.argument('[PATH]', 'a workspace folder or a plan file, also one of another tool', '.')
		.option('--strategy <NAME>', 'as if the plan asked for this strategy')
		.option('--jobs <N>', 'with so many tasks at once')
		.option('--sprint <ID>', 'only the tasks of this sprint')
		.option('--track <N>', 'only the tasks of this track')
		.option('--task <ID>', 'only this task')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.option('--json', 'print an object instead of text')
		.action(async (path: string, flags: PreviewFlags) => {
			const { report, label, exitCode } = await previewPath(path, flags);
			const text =
				flags.json === true ? `${JSON.stringify(report, null, 2)}\n` : previewText(report, { label });
			process.stdout.write(text);
			process.exitCode = exitCode;
		});
}

/** The forecast of what a path and flags mean. Throws a `UsageError` where there is nothing to preview. */
export async function previewPath(
	path: string,
	flags: PreviewFlags,
): Promise<{ readonly report: PreviewReport; readonly label: string; readonly exitCode: number }> {
	const found = await choosePlan({ path, ...(flags.plan === undefined ? {} : { planKey: flags.plan }) });
	if ('message' in found) {
		throw new UsageError(found.message);
	}
	const { plan, problems } = readInPlace(found.id, found.files);
	if (plan.tasks.length === 0) {
		throw new UsageError(
			`The plan “${plan.header.name}” in ${path} has no tasks. See: switchyard check ${path}`,
		);
	}
	const isForeign = foreignFormatOf(found.id, found.files) !== null;
	const { runPlan, faults } = toForecastPlan(plan, choiceOf(plan, flags, isForeign));
	const scope = scopeOf(runPlan, requestOf(flags), { withDependencies: false });
	if ('error' in scope) {
		throw new UsageError(scope.error);
	}
	const wanted = new Set(scope.tasks);
	const history = await readHistory(found.rootPath);
	const errors = [...found.problems, ...problems].filter(({ severity }) => severity === 'error').length;
	const forecast = new PlanForecast(runPlan, {
		...(wanted.size < runPlan.tasks.length && { scope: scope.tasks }),
		basis: forecastBasis(runPlan, history),
		warnings: [
			...(errors > 0 ? [cannotStart(errors, path)] : []),
			// A plan of another tool says nothing about who does the work: that is not worth a word for each task.
			...(isForeign ? [] : faults.filter(({ task }) => wanted.has(task)).map(nobodyRuns)),
			...unreachableGates(plan, runPlan),
		],
	});
	const report = forecast.fullReport();
	const isCircular = report.warnings.some(({ kind }) => kind === 'circle');
	return { report, label: scope.label, exitCode: isCircular ? exitCodes.failed : exitCodes.ok };
}

/** P1: layers that another tool states, without an edge between tasks, are batches. */
function choiceOf(plan: Plan, flags: PreviewFlags, isForeign: boolean): RunChoice {
	const { strategy, jobs } = flags;
	const chosen = runChoice({
		...(strategy !== undefined && { strategy }),
		...(jobs !== undefined && { agents: jobs }),
	});
	const isLayered =
		isForeign && plan.sprints.length > 1 && plan.tasks.every((task) => task.dependencies.length === 0);
	return isLayered && strategy === undefined ? { ...chosen, strategy: 'batches' } : chosen;
}

function requestOf({ sprint, track, task }: PreviewFlags) {
	const request = scopeRequest(sprint ?? null, {
		...(track !== undefined && { track }),
		...(task !== undefined && { task }),
	});
	return request.kind === 'resume' ? { kind: 'all' as const } : request;
}

function cannotStart(errors: number, path: string): PreviewWarning {
	const what = errors === 1 ? 'an error' : `${errors} errors`;
	return {
		kind: 'cannot-run',
		message: `The plan has ${what}, so it would not start. See: switchyard check ${path}`,
		tasks: [],
	};
}

function nobodyRuns({ task, message }: { readonly task: string; readonly message: string }): PreviewWarning {
	return { kind: 'cannot-run', message, tasks: [task] };
}
