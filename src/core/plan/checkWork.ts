import { nearest } from './nearest.ts';
import type { Located, Plan, Task } from './plan.ts';
import type { Problem } from './problem.ts';
import type { PlanPart } from './readPart.ts';
import { resolveAgent } from './resolveAgent.ts';
import { makeProblem } from './sourceFile.ts';

/** Agents that Switchyard knows without a declaration. */
export const builtInAgents: readonly string[] = ['claude', 'codex', 'gemini', 'opencode', 'shell'];

/** Who does what (EXECUTION T6): unknown agents, shell tasks without a command, tasks that nobody does. */
export function checkWork(plan: Plan, parts: readonly PlanPart[], configured: readonly string[]): Problem[] {
	const known = new Set([...builtInAgents, ...configured, ...parts.flatMap((part) => part.agentNames)]);
	const problems: Problem[] = [];
	const idle: Task[] = [];
	for (const agent of namedAgents(plan)) {
		problems.push(...checkAgent(agent, known));
	}
	problems.push(...checkVariants(plan, configured));
	for (const task of plan.tasks) {
		if (isIdle(plan, task)) {
			idle.push(task);
		} else {
			problems.push(...checkCommand(task, plan.header.defaultAgent));
		}
	}
	return [...problems, ...reportIdle(plan, idle)];
}

/** True where neither the task nor anything that the plan says for all tasks names who works. */
function isIdle({ header }: Plan, { run, agent, steps, type }: Task): boolean {
	const anyAgent = agent ?? header.defaultAgent ?? header.tiers?.T1?.agent;
	const chain = steps ?? header.workflows?.get(type ?? '') ?? [];
	const worksByChain =
		chain.length > 0 && chain.every((step) => step.run !== undefined || step.agent !== undefined);
	return run === undefined && anyAgent === undefined && !worksByChain;
}

/** Every place where a plan names an agent. */
function namedAgents({ header, agents, tasks }: Plan): Located<string>[] {
	const { defaultAgent, tiers, workflows, defaultVerify } = header;
	const steps = [...(workflows?.values() ?? []), ...tasks.map((task) => task.steps ?? [])].flat();
	const checks = [
		defaultVerify,
		...tasks.map(({ verify }) => verify),
		...steps.map(({ verify }) => verify),
	].flat();
	return [
		defaultAgent,
		tiers?.T1?.agent,
		tiers?.T2?.agent,
		...[...agents.values()].flatMap(({ fallback, base }) => [fallback, base]),
		...tasks.map(({ agent }) => agent),
		...steps.map(({ agent }) => agent),
		...checks.map((check) => (check.kind === 'agent' ? check.agent : undefined)),
	].filter((agent) => agent !== undefined);
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

/** A plan in which no task says it is a plan that was written for another tool: one message, not one for every task. */
function reportIdle(plan: Plan, idle: readonly Task[]): Problem[] {
	const first = idle[0];
	if (first === undefined) {
		return [];
	}
	if (idle.length === plan.tasks.length && idle.length > 1) {
		const message = `None of the ${idle.length} tasks says what does it, so the plan can be shown but not run. Add \`run\` or \`agent\` to the tasks, or \`plan: {defaults: {agent: …}}\`.`;
		return [makeProblem('SY315', first.idRange, message)];
	}
	return idle.map((task) => {
		const message = `Nothing says what does \`${task.id}\`. Add \`run: [program, argument]\` or \`agent: …\`.`;
		return makeProblem('SY315', task.idRange, message, { data: { id: task.id } });
	});
}
