import type { Check } from './check.ts';
import { nearest } from './nearest.ts';
import type { Located, Plan, Step, Task } from './plan.ts';
import type { Problem } from './problem.ts';
import type { PlanPart } from './readPart.ts';
import { resolveAgent } from './resolveAgent.ts';
import { makeProblem } from './sourceFile.ts';

/** Agents that Switchyard knows without a declaration. */
export const builtInAgents: readonly string[] = ['claude', 'codex', 'gemini', 'opencode', 'shell'];

/** Agents that need no declaration in the plan. */
interface Settings {
	readonly agents?: readonly string[];
}

/** Who does what (EXECUTION T6): unknown agents in what the plan says for all tasks. */
export function checkPlanAgents(plan: Plan, parts: readonly PlanPart[], settings: Settings): Problem[] {
	const known = knownAgents(parts, settings);
	const { defaultAgent, tiers, workflows, defaultVerify } = plan.header;
	const steps = [...(workflows?.values() ?? [])].flat();
	const named = [
		defaultAgent,
		tiers?.T1?.agent,
		tiers?.T2?.agent,
		...[...plan.agents.values()].flatMap(({ fallback, base }) => [fallback, base]),
		...agentsOf(steps, [defaultVerify]),
	];
	return [
		...named.flatMap((agent) => (agent === undefined ? [] : checkAgent(agent, known))),
		...checkVariants(plan, settings.agents ?? []),
	];
}

/** Unknown agents of a task, and commands that do not fit to them. Looks at one task after another. */
export function checkTaskAgents(
	{ header }: Plan,
	parts: readonly PlanPart[],
	settings: Settings,
): (task: Task) => readonly Problem[] {
	const known = knownAgents(parts, settings);
	return (task) => {
		const { agent, steps = [], verify } = task;
		const problems = checkCommand(task, header.defaultAgent);
		for (const named of [agent, ...agentsOf(steps, [verify])]) {
			if (named !== undefined && !known.has(named.value)) {
				problems.push(...checkAgent(named, known));
			}
		}
		return problems;
	};
}

/** Tasks that nobody does. Looks at one task after another. */
export function checkIdle(plan: Plan): (task: Task) => readonly Problem[] {
	return (task) => {
		if (!isIdle(plan, task)) {
			return [];
		}
		const message = `Nothing says what does \`${task.id}\`. Add \`run: [program, argument]\` or \`agent: …\`.`;
		return [makeProblem('SY315', task.idRange, message, { data: { id: task.id } })];
	};
}

/** A plan in which no task says it is a plan that was written for another tool: one message, not one for every task. */
export function sayAllIdle(
	{ size }: { readonly size: number },
	{ tasks }: Pick<Plan, 'tasks'>,
): Problem[] | null {
	const [first] = tasks;
	if (first === undefined || size !== tasks.length || size === 1) {
		return null;
	}
	const message = `None of the ${size} tasks says what does it, so the plan can be shown but not run. Add \`run\` or \`agent\` to the tasks, or \`plan: {defaults: {agent: …}}\`.`;
	return [makeProblem('SY315', first.idRange, message)];
}

function knownAgents(parts: readonly PlanPart[], { agents = [] }: Settings): ReadonlySet<string> {
	const known = new Set([...builtInAgents, ...agents]);
	for (const { agentNames } of parts) {
		for (const name of agentNames) {
			known.add(name);
		}
	}
	return known;
}

/** True where neither the task nor anything that the plan says for all tasks names who works. */
function isIdle({ header }: Plan, { run, agent, steps, type }: Task): boolean {
	const anyAgent = agent ?? header.defaultAgent ?? header.tiers?.T1?.agent;
	if (run !== undefined || anyAgent !== undefined) {
		return false;
	}
	const chain = steps ?? header.workflows?.get(type ?? '') ?? [];
	return chain.length === 0 || chain.some((step) => step.run === undefined && step.agent === undefined);
}

/** Every place where steps and checks name an agent. */
function agentsOf(
	steps: readonly Step[],
	checks: readonly (readonly Check[])[],
): (Located<string> | undefined)[] {
	const all = [...checks, ...steps.map(({ verify }) => verify)];
	return [
		...steps.map(({ agent }) => agent),
		...all.flatMap((list) => list.map((check) => (check.kind === 'agent' ? check.agent : undefined))),
	];
}

/** Whether a task's command and its agent fit together. */
function checkCommand(task: Task, defaultAgent: Located<string> | undefined): Problem[] {
	const { id, run, agent, steps } = task;
	const data = { id };
	if (run === undefined && steps === undefined && (agent ?? defaultAgent)?.value === 'shell') {
		const message = `\`${id}\` is a task for the shell and has no command. Add \`run: [program, argument]\`.`;
		return [makeProblem('SY316', task.idRange, message, { data })];
	}
	if (run !== undefined && agent !== undefined && agent.value !== 'shell') {
		const message = `\`${agent.value}\` does \`${id}\`, so its \`run\` is not run. Remove one of the two, or move the command to \`verify\`.`;
		return [makeProblem('SY318', agent.range, message, { data })];
	}
	return [];
}

function checkAgent({ value, range }: Located<string>, known: ReadonlySet<string>): Problem[] {
	if (known.has(value)) {
		return [];
	}
	const near = nearest(value, known);
	const help = near === null ? '' : ` Did you mean \`${near}\`?`;
	const message = `Nobody declares the agent \`${value}\`.${help} Declare it under \`agents\`: {${value}: {run: [program, argument]}}.`;
	const data = { id: value, ...(near !== null && { replacement: near }) };
	return [makeProblem('SY314', range, message, { data })];
}

/** Variants of each other have no program: nobody would know what to start. */
function checkVariants({ agents }: Plan, configured: readonly string[]): Problem[] {
	const variants = [...agents.values()].filter(
		({ base, command }) => base !== undefined && command === undefined,
	);
	return variants.flatMap(({ name, base }) => {
		const found = resolveAgent(name, { declared: agents, configured: new Map() });
		const isOfSettings = 'circle' in found && found.circle.some((each) => configured.includes(each));
		const isOwn = base?.value === name && !configured.includes(name);
		if (base === undefined || isOfSettings || !('circle' in found || isOwn)) {
			return [];
		}
		const way = 'circle' in found ? found.circle.map((each) => `\`${each}\``).join(' → ') : `\`${name}\``;
		const message = `\`${name}\` extends itself (${way}), so it has no program. Add \`run: [program, --flag]\` to one of them.`;
		return [makeProblem('SY314', base.range, message, { data: { id: name } })];
	});
}
