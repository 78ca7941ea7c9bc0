import { nearest } from './nearest.ts';
import type { Located, Plan, Task } from './plan.ts';
import type { Problem } from './problem.ts';
import type { PlanPart } from './readPart.ts';
import { makeProblem } from './sourceFile.ts';

/** Agents that Switchyard knows without a declaration. */
export const builtInAgents: readonly string[] = ['claude', 'codex', 'gemini', 'opencode', 'shell'];

/** Who does what (EXECUTION T6): unknown agents, shell tasks without a command, tasks that nobody does. */
export function checkWork(plan: Plan, parts: readonly PlanPart[], configured: readonly string[]): Problem[] {
	const known = new Set([...builtInAgents, ...configured, ...parts.flatMap((part) => part.agentNames)]);
	const problems: Problem[] = [];
	const idle: Task[] = [];
	if (plan.header.defaultAgent !== undefined) {
		problems.push(...checkAgent(plan.header.defaultAgent, known));
	}
	for (const task of plan.tasks) {
		if (task.agent !== undefined) {
			problems.push(...checkAgent(task.agent, known));
		}
		if (task.run === undefined && task.agent === undefined && plan.header.defaultAgent === undefined) {
			idle.push(task);
		} else {
			problems.push(...checkCommand(task, plan.header.defaultAgent));
		}
	}
	return [...problems, ...reportIdle(plan, idle)];
}

/** Whether a task's command and its agent fit together. */
function checkCommand(task: Task, defaultAgent: Located<string> | undefined): Problem[] {
	const { id, run, agent } = task;
	const data = { id };
	if (run === undefined && (agent ?? defaultAgent)?.value === 'shell') {
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
