import type { AgentDefinition, Check, Command, Plan, Prompt, Step, Task, Tier } from '../plan/plan.ts';
import { composePrompt, composeStepPrompt, composeVerdictPrompt } from './composePrompt.ts';
import type { AgentRunCheck, AgentWork, RunCheck, RunStep, Work } from './runPlan.ts';

/** An agent that the user's settings declare, beside those of the plan. */
export interface ConfiguredAgent {
	readonly name: string;
	readonly argv: readonly string[];
	readonly env: Readonly<Record<string, string>>;
}

/** Why something cannot be run as written; a sentence that says what to do. */
export interface WorkFault {
	readonly fault: string;
}

/** Everything a task's own words and the defaults of the plan say about who works. */
export interface TaskWork {
	readonly work: Work;
	readonly t2?: Work;
	readonly startTier?: Tier;
	readonly steps?: readonly RunStep[];
	readonly checks: readonly RunCheck[];
}

const defaultCheckMinutes = 30;

/** Decides who does what (EXECUTION T2, T6): the task's words, then the tier's, then the plan's defaults. */
export class WorkResolver {
	readonly #plan: Plan;
	readonly #agents: ReadonlyMap<string, AgentDefinition>;

	constructor(plan: Plan, configured: readonly ConfiguredAgent[]) {
		this.#plan = plan;
		const range = { uri: '', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
		const settings = configured.map(({ name, argv, env }): [string, AgentDefinition] => [
			name,
			{ name, command: { kind: 'argv', argv }, env, range },
		]);
		this.#agents = new Map([...settings, ...plan.agents]);
	}

	/** `minutes`: what a step may take that says nothing itself; `gateChecks`: what gates want of each task. */
	resolve(
		task: Task,
		{ minutes, gateChecks }: { readonly minutes: number; readonly gateChecks: readonly Check[] },
	): TaskWork | WorkFault {
		return orFault(() => {
			const steps = task.steps ?? this.#workflowOf(task) ?? [];
			const own = task.verify.length > 0 ? task.verify : this.#plan.header.defaultVerify;
			const verify = [...own, ...gateChecks];
			if (steps.length > 0) {
				return this.#chain(task, { steps, verify, minutes });
			}
			const prompt = task.prompt ?? textPrompt(composePrompt(task));
			return { ...this.#worker(task, { who: task, prompt }), checks: this.#checks(task, verify) };
		});
	}

	/** Who does something that is no task: a step of a gate. Larger models come in where it is repaired, not here. */
	workOf(about: Task): Work | WorkFault {
		const prompt = about.prompt ?? textPrompt(composePrompt(about));
		return orFault(() => this.#worker(about, { who: about, prompt }).work);
	}

	/** The checks of something that is no task: a gate. `about` is named in faults and prompts. */
	checksOf(about: Task, checks: readonly Check[]): readonly RunCheck[] | WorkFault {
		return orFault(() => this.#checks(about, checks));
	}

	/** The steps of the task's type; a task that says itself what it runs has none. */
	#workflowOf(task: Task): readonly Step[] | undefined {
		return task.run === undefined ? this.#plan.header.workflows?.get(task.type ?? '') : undefined;
	}

	#chain(
		task: Task,
		{ steps, verify, minutes }: { steps: readonly Step[]; verify: readonly Check[]; minutes: number },
	): TaskWork {
		const chain: RunStep[] = [];
		const last: RunCheck[] = [];
		for (const [index, step] of steps.entries()) {
			const checks = this.#checks(task, step.verify);
			const before = chain.at(-1);
			if (!isValidator(step) || before === undefined) {
				chain.push({ ...this.#step(task, { step, index, minutes }), checks });
				continue;
			}
			// Who only judges has no work of its own: its verdict is a check on what came before (G3).
			const verdict = [...this.#checks(task, [validatorCheck(step)]), ...checks];
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
		return { work: first.work, steps: chain, checks: [...this.#checks(task, verify), ...last] };
	}

	#step(
		task: Task,
		{ step, index, minutes }: { readonly step: Step; readonly index: number; readonly minutes: number },
	): Omit<RunStep, 'checks'> {
		const { touches, produces, persona = '' } = step;
		const prompt = step.prompt ?? textPrompt(composeStepPrompt(task, step));
		return {
			...this.#worker(task, { who: withDefaults(step, task), prompt }),
			name: step.name ?? (persona === '' ? `step ${index + 1}` : persona),
			persona,
			touches,
			produces,
			timeoutMinutes: step.timeoutMinutes ?? minutes,
		};
	}

	#worker(
		task: Task,
		{ who, prompt }: { who: Worker; prompt: Prompt },
	): { readonly work: Work; readonly t2?: Work; readonly startTier?: Tier } {
		const { header } = this.#plan;
		const own = who.agent?.value ?? (who.run === undefined ? undefined : 'shell');
		const small = header.tiers?.T1?.agent?.value ?? header.defaultAgent?.value;
		const name = own ?? small;
		if (name === 'shell' || name === undefined) {
			return { work: shellWork(task, { name, run: who.run }) };
		}
		// A task that names the agent of T1 means T1, not that it stays there for ever.
		const large = own === undefined || own === small ? (header.tiers?.T2?.agent?.value ?? name) : name;
		const work = this.#agentWork(task, { name, prompt, model: this.#modelOf(who, 'T1') });
		const t2 = this.#agentWork(task, { name: large, prompt, model: this.#modelOf(who, 'T2') });
		const isSame = large === name && t2.model === work.model;
		const startTier = who.tier ?? header.defaultTier ?? (isCritical(who) ? 'T2' : 'T1');
		return { work, ...(isSame ? {} : { t2 }), ...(startTier === 'T2' ? { startTier } : {}) };
	}

	#modelOf(who: Worker, tier: Tier): string | undefined {
		const { tiers, defaultModel } = this.#plan.header;
		return who.model ?? tiers?.[tier]?.model ?? defaultModel;
	}

	#agentWork(
		task: Task,
		wanted: { name: string; prompt: Prompt; model: string | undefined },
		seen: readonly string[] = [],
	): AgentWork {
		const { name, prompt } = wanted;
		const agent = this.#agents.get(name);
		if (agent === undefined) {
			throw new FaultError(
				`${task.id} asks for the agent ${name}, which nobody declared. Add it under agents: (${name}: {run: [program, arguments]}) or in the setting switchyard.agents.`,
			);
		}
		const model = wanted.model ?? agent.model;
		const next = agent.fallback?.value;
		const fallback =
			next === undefined || next === name || seen.includes(next)
				? undefined
				: this.#agentWork(task, { name: next, prompt, model: undefined }, [...seen, name]);
		return {
			kind: 'agent',
			agent: name,
			command: withModel(agent.command, model),
			env: agent.env,
			prompt,
			...(model !== undefined && { model }),
			...(agent.usageLimit && { usageLimit: agent.usageLimit }),
			...(fallback && { fallback }),
		};
	}

	#checks(task: Task, checks: readonly Check[]): RunCheck[] {
		return checks.map((check) =>
			check.kind === 'agent' ? this.#agentCheck(task, check) : plainCheck(check),
		);
	}

	#agentCheck(task: Task, check: Check & { kind: 'agent' }): AgentRunCheck {
		const { header } = this.#plan;
		// A judge is as good as its model: it is of the larger tier where the plan says nothing else.
		const name = check.agent?.value ?? header.tiers?.T2?.agent?.value ?? header.defaultAgent?.value;
		if (name === undefined || name === 'shell') {
			throw new FaultError(
				`A check of ${task.id} is to be judged by an agent, and nobody says which. Add agent: … to the check, or plan.defaults.agent.`,
			);
		}
		const criteria = criteriaOf(check, task);
		const { persona } = check;
		const prompt = textPrompt(composeVerdictPrompt(task, { persona, criteria }));
		const model = header.tiers?.T2?.model ?? header.defaultModel;
		const work = this.#agentWork(task, { name, prompt, model });
		const timeoutMinutes = check.timeoutMinutes ?? defaultCheckMinutes;
		const label = check.name === undefined ? {} : { name: check.name };
		return { kind: 'agent', ...label, persona, work, criteria, timeoutMinutes };
	}
}

/** Tells a fault from what was asked for. */
export function isFault(found: unknown): found is WorkFault {
	return typeof found === 'object' && found !== null && 'fault' in found;
}

/** Thrown inside of this file only: who resolves a task gets it as a value. */
class FaultError extends Error {
	override readonly name = 'FaultError';
}

function orFault<T>(resolve: () => T): T | WorkFault {
	try {
		return resolve();
	} catch (error) {
		if (error instanceof FaultError) {
			return { fault: error.message };
		}
		throw error;
	}
}

function shellWork(
	task: Task,
	{ name, run }: { readonly name: string | undefined; readonly run: Command | undefined },
): Work {
	if (run !== undefined) {
		return { kind: 'command', command: run };
	}
	throw new FaultError(
		name === 'shell'
			? `${task.id} has agent shell and no run. Say what it runs: run: [npm, test].`
			: `${task.id} has neither run nor an agent. Add one, or plan.defaults.agent.`,
	);
}

/** What a task or a step says about who does it. */
type Worker = Pick<Step, 'agent' | 'run' | 'tier' | 'model' | 'persona'> & { readonly type?: string };

/** A step works as its task says where it says nothing itself. */
function withDefaults(step: Step, task: Task): Worker {
	const agent = step.agent ?? (step.run === undefined ? task.agent : undefined);
	const tier = step.tier ?? task.tier;
	const model = step.model ?? task.model;
	return {
		...(step.persona !== undefined && { persona: step.persona }),
		...(task.type !== undefined && { type: task.type }),
		...(step.run !== undefined && { run: step.run }),
		...(agent !== undefined && { agent }),
		...(tier !== undefined && { tier }),
		...(model !== undefined && { model }),
	};
}

/** T2: what is critical for security starts on T2. */
function isCritical({ type, persona }: Worker): boolean {
	return /^security\b/i.test(type ?? '') || /\bsecurity\b/i.test(persona ?? '');
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

/** `{model}` in an argument stands for the model; a line for the shell reads SWITCHYARD_MODEL. */
function withModel(command: Command, model: string | undefined): Command {
	return command.kind === 'shell' || model === undefined
		? command
		: { kind: 'argv', argv: command.argv.map((argument) => argument.replaceAll('{model}', model)) };
}

function textPrompt(text: string): Prompt {
	return { kind: 'text', text };
}
