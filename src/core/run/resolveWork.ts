import type { Check } from '../plan/check.ts';
import type { Plan, Prompt, Step, Task } from '../plan/plan.ts';
import type { ConfiguredAgent } from './agentTable.ts';
import { AgentTable } from './agentTable.ts';
import { composePrompt, composeStepPrompt, composeVerdictPrompt } from './composePrompt.ts';
import type { AgentRunCheck, RunCheck, RunStep, Work } from './runPlan.ts';
import type { Workers } from './workerTable.ts';
import { WorkerTable, withDefaults } from './workerTable.ts';
import type { WorkFault } from './workFault.ts';
import { FaultError, orFault } from './workFault.ts';

/** Everything a task's own words and the defaults of the plan say about who works. */
export interface TaskWork extends Workers {
	readonly steps?: readonly RunStep[];
	readonly checks: readonly RunCheck[];
}

/** What a gate at tasks wants of each of them. */
export interface GateCheck {
	readonly check: Check;
	/** A failure is shown and holds nothing up. */
	readonly advisory: boolean;
}

const defaultCheckMinutes = 30;

/** Decides who does what (EXECUTION T2, T6): the task's words, then the tier's, then the plan's defaults. */
export class WorkResolver {
	readonly #plan: Plan;
	readonly #workers: WorkerTable;

	constructor(plan: Plan, configured: readonly ConfiguredAgent[], chosen?: string) {
		this.#plan = plan;
		this.#workers = new WorkerTable(plan, new AgentTable(plan, configured), chosen);
	}

	/** `minutes`: what a step may take that says nothing itself; `gateChecks`: what gates want of each task. */
	resolve(
		task: Task,
		{ minutes, gateChecks }: { readonly minutes: number; readonly gateChecks: readonly GateCheck[] },
	): TaskWork | WorkFault {
		return orFault(() => {
			const steps = task.steps ?? this.#workflowOf(task) ?? [];
			const own = task.verify.length > 0 ? task.verify : this.#plan.header.defaultVerify;
			const checks = [...this.#checks(task, own), ...this.#ofGates(task, gateChecks)];
			if (steps.length > 0) {
				return this.#chain(task, { steps, checks, minutes });
			}
			const prompt = task.prompt ?? textPrompt(composePrompt(task));
			return { ...this.#workers.workers(task.id, { who: task, prompt }), checks };
		});
	}

	/** Who does something that is no task: a step of a gate. Larger models come in where it is repaired, not here. */
	workOf(about: Task): Work | WorkFault {
		const prompt = about.prompt ?? textPrompt(composePrompt(about));
		return orFault(() => this.#workers.workers(about.id, { who: about, prompt }).work);
	}

	/** The checks of something that is no task: a gate. `about` is named in faults and prompts. */
	checksOf(about: Task, checks: readonly Check[]): readonly RunCheck[] | WorkFault {
		return orFault(() => this.#checks(about, checks));
	}

	#ofGates(task: Task, checks: readonly GateCheck[]): RunCheck[] {
		return checks.flatMap(({ check, advisory }) =>
			this.#checks(task, [check]).map((made) => (advisory ? { ...made, advisory: true as const } : made)),
		);
	}

	/** The steps of the task's type; a task that says itself what it runs has none. */
	#workflowOf(task: Task): readonly Step[] | undefined {
		return task.run === undefined ? this.#plan.header.workflows?.get(task.type ?? '') : undefined;
	}

	#chain(
		task: Task,
		{ steps, checks, minutes }: { steps: readonly Step[]; checks: readonly RunCheck[]; minutes: number },
	): TaskWork {
		const chain: RunStep[] = [];
		const last: RunCheck[] = [];
		for (const [index, step] of steps.entries()) {
			const own = this.#checks(task, step.verify);
			const before = chain.at(-1);
			if (!isValidator(step) || before === undefined) {
				chain.push({ ...this.#step(task, { step, index, minutes }), checks: own });
				continue;
			}
			// Who only judges has no work of its own: its verdict is a check on what came before (G3).
			const verdict = [...this.#checks(task, [validatorCheck(step)]), ...own];
			if (index === steps.length - 1) {
				last.push(...verdict);
			} else {
				chain[chain.length - 1] = { ...before, checks: [...before.checks, ...verdict] };
			}
		}
		const [first] = chain;
		if (first === undefined) {
			throw new FaultError(`${task.id} has no step that works.`);
		}
		return { work: first.work, steps: chain, checks: [...checks, ...last] };
	}

	#step(
		task: Task,
		{ step, index, minutes }: { readonly step: Step; readonly index: number; readonly minutes: number },
	): Omit<RunStep, 'checks'> {
		const { touches, produces, persona = '' } = step;
		const prompt = step.prompt ?? textPrompt(composeStepPrompt(task, step));
		return {
			...this.#workers.workers(task.id, { who: withDefaults(step, task), prompt }),
			name: step.name ?? (persona === '' ? `step ${index + 1}` : persona),
			persona,
			touches,
			produces,
			timeoutMinutes: step.timeoutMinutes ?? minutes,
		};
	}

	#checks(task: Task, checks: readonly Check[]): RunCheck[] {
		return checks.map((check) =>
			check.kind === 'agent' ? this.#agentCheck(task, check) : plainCheck(check),
		);
	}

	#agentCheck(task: Task, check: Check & { kind: 'agent' }): AgentRunCheck {
		const criteria = criteriaOf(check, task);
		const { persona } = check;
		const prompt = textPrompt(composeVerdictPrompt(task, { persona, criteria }));
		const work = this.#workers.judge(task.id, { agent: check.agent?.value, prompt });
		const timeoutMinutes = check.timeoutMinutes ?? defaultCheckMinutes;
		const label = check.name === undefined ? {} : { name: check.name };
		return { kind: 'agent', ...label, persona, work, criteria, timeoutMinutes };
	}
}

/** `requirements-validator` and its like judge; they do not work (seed 004). */
function isValidator(step: Step): boolean {
	return step.run === undefined && /\bvalidator$/i.test(step.persona ?? '');
}

function validatorCheck({ agent, persona, name, timeoutMinutes, range }: Step): Check {
	return {
		kind: 'agent',
		persona: persona ?? 'requirements-validator',
		criteria: [],
		...(name !== undefined && { name }),
		...(agent !== undefined && { agent }),
		...(timeoutMinutes !== undefined && { timeoutMinutes }),
		range,
	};
}

function plainCheck(check: Check & { kind: 'command' | 'approval' }): RunCheck {
	const label = check.name === undefined ? {} : { name: check.name };
	if (check.kind === 'approval') {
		return { kind: 'approval', ...label, what: check.what };
	}
	const { command, expectExit, minCoverage, maxFindings, reports } = check;
	return {
		kind: 'command',
		...label,
		command,
		expectExit,
		timeoutMinutes: check.timeoutMinutes ?? defaultCheckMinutes,
		...(Object.keys(reports).length > 0 && { reports }),
		...(minCoverage !== undefined && { minCoverage }),
		...(maxFindings !== undefined && { maxFindings }),
		...(check.baseline && { baseline: true as const }),
	};
}

/** Somebody who judges needs something to judge by: at the least that the task is done as it is described. */
function criteriaOf(check: Check & { kind: 'agent' }, task: Task): readonly string[] {
	const criteria = check.criteria.length > 0 ? check.criteria : task.acceptanceCriteria;
	return criteria.length > 0 ? criteria : [`${task.name} is done as described`];
}

function textPrompt(text: string): Prompt {
	return { kind: 'text', text };
}
