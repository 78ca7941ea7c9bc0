import type { Check, Plan, Task } from '../plan/plan.ts';
import type { PlacedGate } from './placeGates.ts';
import { checksIn, concerns, placeGates } from './placeGates.ts';
import type { RunCheck, RunChoice, RunPlan, RunSprint, RunTask, RunTrack, Work } from './runPlan.ts';
import { withStages } from './stagesOf.ts';
import { defaultStrategy, rulesOf } from './strategies.ts';
import { toGates } from './toGates.ts';

/** An agent that the user's settings declare, beside those of the plan. */
export interface ConfiguredAgent {
	readonly name: string;
	readonly argv: readonly string[];
	readonly env: Readonly<Record<string, string>>;
}

/** Why a task cannot be run as written, with the place in the plan. */
export interface RunPlanFault {
	readonly task: string;
	readonly message: string;
	readonly line: number;
	readonly uri: string;
}

const defaultCheckMinutes = 30;

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
	const faults: RunPlanFault[] = [];
	const taskGates = placeGates(plan).filter(({ at }) => at === 'task');
	const tasks: RunTask[] = [];
	for (const task of plan.tasks) {
		const work = workOf(plan, task, options.agents);
		if ('fault' in work) {
			faults.push(faultAt(task, work.fault));
			continue;
		}
		const place = sprintOf.get(task.id);
		tasks.push(toRunTask(plan, task, work, { place, strategyMinutes: rules.minutes, gates: taskGates }));
	}
	const sprints = orderSprints(plan, tasks);
	const tracks = tracksOf(plan, tasks);
	const staged = withStages(tasks, { sprints: withBatches(plan, sprints), barrier: rules.barrier });
	const gates = toGates(plan, {
		tasks: staged,
		sprints,
		tracks,
		level: plan.header.gateLevel ?? rules.gates,
		batches: rules.barrier === 'batches',
		resolver: {
			minutes: rules.minutes,
			checks: (_, checks) => checks.map(toRunCheck),
			work: (about) => {
				const work = workOf(plan, about, options.agents);
				if ('fault' in work) {
					faults.push(faultAt(about, work.fault));
					return null;
				}
				return work;
			},
		},
	});
	return {
		runPlan: {
			schema: 1,
			key: plan.id.key,
			form: plan.form,
			name: plan.header.name,
			...way,
			evidence: plan.header.evidence ?? '.work',
			tracks,
			sprints,
			tasks: staged,
			...(gates.length > 0 && { gates }),
			...(plan.header.evidenceLayout !== undefined && { evidenceLayout: plan.header.evidenceLayout }),
		},
		faults,
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

function toRunTask(
	plan: Plan,
	task: Task,
	work: Work,
	context: {
		place: { id: string; track: number | null } | undefined;
		strategyMinutes: number;
		gates: readonly PlacedGate[];
	},
): RunTask {
	const estimate = task.estimateMinutes ?? null;
	const verify = [
		...(task.verify.length > 0 ? task.verify : plan.header.defaultVerify),
		...context.gates.filter((gate) => concerns(gate, task.id)).flatMap(checksIn),
	];
	return {
		id: task.id,
		name: task.name,
		description: task.description ?? '',
		type: task.type ?? '',
		sprint: context.place?.id ?? null,
		track: context.place?.track ?? null,
		estimateMinutes: estimate,
		layer: 1,
		stage: null,
		dependencies: [...new Set(task.dependencies.map(({ value }) => value))],
		acceptanceCriteria: task.acceptanceCriteria,
		work,
		checks: verify.map(toRunCheck),
		produces: task.produces,
		touches: task.touches,
		locks: task.locks,
		priority: task.priority ?? 0,
		timeoutMinutes:
			task.timeoutMinutes ??
			plan.header.defaultTimeoutMinutes ??
			Math.max(context.strategyMinutes, 2 * (estimate ?? 0)),
		maxAttempts: 1 + (task.retries ?? 0),
		idempotent: task.idempotent,
		env: task.env,
		cwd: task.cwd ?? '.',
	};
}

function toRunCheck(check: Check): RunCheck {
	return {
		command: check.command,
		expectExit: check.expectExit,
		timeoutMinutes: check.timeoutMinutes ?? defaultCheckMinutes,
	};
}

/** T6: the task's agent, else the plan's default; `run` without an agent means shell. Never an installed CLI by itself. */
function workOf(plan: Plan, task: Task, configured: readonly ConfiguredAgent[]): Work | { fault: string } {
	const name = task.agent?.value ?? (task.run === undefined ? plan.header.defaultAgent?.value : 'shell');
	if (name === 'shell') {
		return task.run === undefined
			? { fault: `${task.id} has agent shell and no run. Say what it runs: run: [npm, test].` }
			: { kind: 'command', command: task.run };
	}
	if (name === undefined) {
		return { fault: `${task.id} has neither run nor an agent. Add one, or plan.defaults.agent.` };
	}
	const prompt = task.prompt ?? { kind: 'text' as const, text: composePrompt(task) };
	const declared = plan.agents.get(name);
	if (declared !== undefined) {
		return { kind: 'agent', agent: name, command: declared.command, env: declared.env, prompt };
	}
	const setting = configured.find((agent) => agent.name === name);
	if (setting !== undefined) {
		return {
			kind: 'agent',
			agent: name,
			command: { kind: 'argv', argv: setting.argv },
			env: setting.env,
			prompt,
		};
	}
	return {
		fault: `${task.id} asks for the agent ${name}, which nobody declared. Add it under agents: (${name}: {run: [program, arguments]}) or in the setting switchyard.agents.`,
	};
}

/** The prompt of a task that brings none: its text and its criteria, and where to report (T7). */
function composePrompt(task: Task): string {
	const lines = [`# ${task.id}: ${task.name}`, ''];
	if (task.description !== undefined) {
		lines.push(task.description.trim(), '');
	}
	if (task.acceptanceCriteria.length > 0) {
		lines.push('Acceptance criteria:', ...task.acceptanceCriteria.map((criterion) => `- ${criterion}`), '');
	}
	if (task.touches.length > 0) {
		lines.push(`Change only files that match: ${task.touches.join(', ')}`, '');
	}
	if (task.produces.length > 0) {
		lines.push(`These files must exist afterwards: ${task.produces.join(', ')}`, '');
	}
	lines.push('Write your report to report.json in the folder that SWITCHYARD_OUT names.', '');
	return lines.join('\n');
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
