import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { forecastBasis } from '../core/history/forecastBasis.ts';
import { foreignFormatOf, readInPlace } from '../core/plan/foreign/readInPlace.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { Problem } from '../core/plan/problem.ts';
import { toForecastPlan } from '../core/run/toForecastPlan.ts';
import { knownTracks } from '../core/schedule/knownTracks.ts';
import type { PlanningTask } from '../core/schedule/planningTask.ts';
import { planningTasks } from '../core/schedule/planningTask.ts';
import { planTracks } from '../core/schedule/planTracks.ts';
import type { TrackPlan } from '../core/schedule/trackPlan.ts';
import { choosePlan } from '../engine/files/choosePlan.ts';
import type { FoundPlan } from '../engine/files/findPlans.ts';
import { readHistory } from '../engine/journal/readHistory.ts';
import { exitCodes } from './exitCodes.ts';
import { planObject, planText } from './planReport.ts';
import { terminalQuestion, writePlanning } from './planWriting.ts';
import { UsageError } from './usageError.ts';

export interface PlanFlags {
	readonly tracks?: number;
	readonly split?: boolean;
	readonly json?: boolean;
	readonly plan?: string;
	readonly write?: boolean;
	readonly force?: boolean;
}

/** A plan with its tracks as they would be. */
export interface Planning {
	readonly found: FoundPlan;
	readonly plan: Plan;
	readonly problems: readonly Problem[];
	readonly isForeign: boolean;
	readonly tasks: readonly PlanningTask[];
	readonly trackPlan: TrackPlan;
}

/** Adds `switchyard plan [PATH]` to the command line. */
export function registerPlan(program: Command): void {
	program
		.command('plan')
		.description(
			'Work out tracks and sprints from the tasks of a plan: chains, critical path, hours, time saved.',
		)
		.argument('[PATH]', 'a workspace folder or a plan file, also one of another tool', '.')
		.option('--tracks <N>', 'how many tracks; the recommended number without it', wholeNumber)
		.option('--split', 'take chains apart where that is faster')
		.option('--write', 'write tracks and sprints into the plan, and the documents about them')
		.option('--force', 'with --write: also over what was written by hand')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.option('--json', 'print an object instead of text')
		.action(async (path: string, flags: PlanFlags) => {
			process.exitCode = await runPlanning(path, flags, (text) => process.stdout.write(text));
		});
}

/** Plans what a path means and prints it; returns the exit code. Throws a `UsageError` where there is nothing to plan. */
export async function runPlanning(
	path: string,
	flags: PlanFlags,
	out: (text: string) => void,
): Promise<number> {
	const planning = await planPath(path, flags);
	const { plan, trackPlan } = planning;
	const { name } = plan.header;
	const isJson = flags.json === true;
	if (!isJson) {
		out(planText(name, trackPlan));
	}
	const ask = isJson ? null : terminalQuestion();
	const outcome =
		flags.write === true ? await writePlanning(planning, { force: flags.force === true, ask }) : null;
	if (isJson) {
		const files = outcome === null ? {} : { written: outcome.written, refused: outcome.refused };
		out(`${JSON.stringify({ ...planObject(name, trackPlan), ...files }, null, 2)}\n`);
	} else if (outcome !== null) {
		out(`\n${outcome.text}`);
	}
	return outcome?.exitCode ?? (trackPlan.cycles.length > 0 ? exitCodes.failed : exitCodes.ok);
}

/** Reads the plan that a path means and works out its tracks. */
export async function planPath(path: string, flags: PlanFlags): Promise<Planning> {
	const found = await choosePlan({ path, ...(flags.plan === undefined ? {} : { planKey: flags.plan }) });
	if ('message' in found) {
		throw new UsageError(found.message);
	}
	const isForeign = foreignFormatOf(found.id, found.files) !== null;
	const { plan, problems } = readInPlace(found.id, found.files);
	if (plan.tasks.length === 0) {
		throw new UsageError(
			`The plan “${plan.header.name}” in ${path} has no tasks to place. See: switchyard check ${path}`,
		);
	}
	const { runPlan } = toForecastPlan(plan, {});
	const { estimates } = forecastBasis(runPlan, await readHistory(found.rootPath));
	const tasks = planningTasks(plan, { layered: isForeign, estimates });
	const trackPlan = planTracks(tasks, {
		split: flags.split === true,
		known: isForeign ? [] : knownTracks(plan),
		...(flags.tracks === undefined ? {} : { tracks: flags.tracks }),
	});
	return { found, plan, problems: [...found.problems, ...problems], isForeign, tasks, trackPlan };
}

function wholeNumber(text: string): number {
	const number = Number(text);
	if (!Number.isInteger(number) || number < 1 || number > 999) {
		throw new InvalidArgumentError('It must be a whole number from 1 to 999.');
	}
	return number;
}
