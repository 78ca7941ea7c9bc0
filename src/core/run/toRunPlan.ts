import type { Plan, Task } from '../plan/plan.ts';
import type { ConfiguredAgent } from './agentTable.ts';
import { checksIn, concerns, placeGates } from './placeGates.ts';
import { WorkResolver } from './resolveWork.ts';
import type { RunChoice, RunPlan, RunSprint, RunTask, RunTrack } from './runPlan.ts';
import { withStages } from './stagesOf.ts';
import { defaultStrategy, rulesOf } from './strategies.ts';
import { toGates } from './toGates.ts';
import { timeoutOf, toRunTask } from './toRunTask.ts';
import type { WorkFault } from './workFault.ts';
import { isFault } from './workFault.ts';

/** Why a task cannot be run as written, with the place in the plan. */
export interface RunPlanFault {
	readonly task: string;
	readonly message: string;
	readonly line: number;
	readonly uri: string;
}

/**
 * Applies every default of a plan that has no errors; `choice` takes the place of what the plan says. Tasks whose worker
 * is unknown come back as faults (T6).
 */
export function toRunPlan(
	plan: Plan,
	options: { readonly agents: readonly ConfiguredAgent[]; readonly choice?: RunChoice },
): { readonly runPlan: RunPlan; readonly faults: readonly RunPlanFault[] } {
	const way = wayOf(plan, options.choice ?? {});
	const { rules } = way;
	const sprintOf = new Map<string, { id: string; track: number | null }>();
	for (const sprint of plan.sprints) {
		for (const task of sprint.tasks) {
			sprintOf.set(task.value, { id: sprint.id, track: sprint.track ?? null });
		}
	}
	const resolver = new WorkResolver(plan, options.agents, options.choice?.agent);
	const faults: RunPlanFault[] = [];
	const level = plan.header.gateLevel ?? rules.gates;
	const taskGates = placeGates(plan).filter(({ at }) => at === 'task');
	const tasks: RunTask[] = [];
	for (const task of plan.tasks) {
		const timeoutMinutes = timeoutOf(plan, task, rules.minutes);
		const gateChecks = taskGates
			.filter((gate) => concerns(gate, task.id))
			.flatMap((gate) => checksIn(gate, { isStrict: level === 'strict' }));
		const work = resolver.resolve(task, { minutes: timeoutMinutes, gateChecks });
		if ('fault' in work) {
			faults.push(faultAt(task, work.fault));
			continue;
		}
		const place = sprintOf.get(task.id);
		tasks.push(toRunTask(plan, task, { work, place, timeoutMinutes, iterations: rules.iterations }));
	}
	const sprints = orderSprints(plan, tasks);
	const tracks = tracksOf(plan, tasks);
	const staged = withStages(tasks, { sprints: withBatches(plan, sprints), barrier: rules.barrier });
	const known = <T, E>(about: Task, found: T | WorkFault, otherwise: E): T | E => {
		if (isFault(found)) {
			faults.push(faultAt(about, found.fault));
			return otherwise;
		}
		return found;
	};
	const gates = toGates(plan, {
		tasks: staged,
		sprints,
		tracks,
		level,
		batches: rules.barrier === 'batches',
		resolver: {
			minutes: rules.minutes,
			checks: (about, checks) => known(about, resolver.checksOf(about, checks), []),
			work: (about) => known(about, resolver.workOf(about), null),
		},
	});
	return {
		runPlan: {
			schema: 1,
			key: plan.id.key,
			form: plan.form,
			name: plan.header.name,
			...way,
			...(plan.header.backoffSeconds !== undefined && { backoffSeconds: plan.header.backoffSeconds }),
			...(plan.header.budgetUsd !== undefined && { budgetUsd: plan.header.budgetUsd }),
			evidence: plan.header.evidence ?? '.work',
			tracks,
			sprints,
			tasks: staged,
			...(gates.length > 0 && { gates }),
			...saidOf(plan.header),
		},
		faults,
	};
}

/** What the header says about the run beside its strategy; what it leaves out is left out. */
function saidOf({
	replan,
	evidenceLayout,
	stateFile,
}: Plan['header']): Pick<RunPlan, 'replan' | 'evidenceLayout' | 'stateFile'> {
	return {
		...(replan !== undefined && { replan }),
		...(evidenceLayout !== undefined && { evidenceLayout }),
		...(stateFile !== undefined && { stateFile }),
	};
}

function faultAt({ id, idRange }: Task, message: string): RunPlanFault {
	return { task: id, message, line: idRange.start.line + 1, uri: idRange.uri };
}

/** The batches that sprints state, beside what the run knows of them. */
function withBatches(plan: Plan, sprints: readonly RunSprint[]) {
	const stated = new Map(plan.sprints.map(({ id, pipeline }) => [id, pipeline?.batches ?? []]));
	return sprints.map((sprint) => ({
		...sprint,
		batches: (stated.get(sprint.id) ?? []).map(({ tasks, inTurn }) => ({
			tasks: tasks.map(({ value }) => value),
			inTurn,
		})),
	}));
}

/** How the run goes: strategy, its numbers, and how many tasks at once. */
function wayOf(plan: Plan, choice: RunChoice): Pick<RunPlan, 'strategy' | 'rules' | 'jobs' | 'chosen'> {
	const own = plan.header.strategy?.value ?? defaultStrategy(plan);
	const strategy = choice.strategy ?? own;
	const rules = rulesOf(strategy, plan.tracks.length);
	// A number that the plan states is meant for its own strategy: another one that is chosen brings its own.
	const stated = strategy === own ? plan.header.jobs : undefined;
	const jobs = choice.agents ?? stated ?? rules.agents;
	return { strategy, rules, jobs, ...(Object.keys(choice).length > 0 && { chosen: choice }) };
}

/** Sprints of a track in order of their number, then id; sprints without a track as they come (G2). */
function orderSprints(plan: Plan, tasks: readonly RunTask[]): RunSprint[] {
	const known = new Map(tasks.map((task) => [task.id, task]));
	return [...plan.sprints]
		.sort((a, b) => (a.number ?? 0) - (b.number ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
		.map((sprint) => {
			// A task that two sprints name belongs to the last of them; the check says so as a warning.
			const members = sprint.tasks
				.map(({ value }) => value)
				.filter((id) => known.get(id)?.sprint === sprint.id);
			return {
				id: sprint.id,
				name: sprint.name,
				track: sprint.track ?? null,
				tasks: [...new Set(members)],
				dependencies: sprint.dependencies.map(({ value }) => value),
				estimateMinutes: sumMinutes(members.map((id) => known.get(id))),
			};
		});
}

function tracksOf(plan: Plan, tasks: readonly RunTask[]): RunTrack[] {
	return [...plan.tracks]
		.sort((a, b) => a.number - b.number)
		.map((track) => ({
			number: track.number,
			name: track.name,
			estimateMinutes: sumMinutes(tasks.filter((task) => task.track === track.number)),
		}));
}

function sumMinutes(tasks: readonly (RunTask | undefined)[]): number {
	return tasks.reduce((sum, task) => sum + (task?.estimateMinutes ?? 0), 0);
}
