import type { Command, Plan, Prompt, Step, Task, Tier } from '../plan/plan.ts';
import type { AgentTable } from './agentTable.ts';
import type { AgentWork, Work } from './runPlan.ts';
import { FaultError } from './workFault.ts';

/** What a task or a step says about who does it. */
export type Worker = Pick<Step, 'agent' | 'run' | 'tier' | 'model' | 'persona'> & { readonly type?: string };

/** Who works on each tier, and on which the work begins. */
export interface Workers {
	readonly work: Work;
	readonly t2?: Work;
	readonly startTier?: Tier;
}

/** Says who does what (EXECUTION T2, T6): the words of the task, then those of the tier, then the defaults of the plan. */
export class WorkerTable {
	readonly #plan: Pick<Plan, 'header'>;
	readonly #agents: AgentTable;
	/** Whom a person chose for the run: in place of what tier and defaults say, and not of what a task says itself. */
	readonly #chosen: string | undefined;

	constructor(plan: Pick<Plan, 'header'>, agents: AgentTable, chosen?: string) {
		this.#plan = plan;
		this.#agents = agents;
		this.#chosen = chosen;
	}

	/** Who does the work of `task` that `who` describes. Throws a fault where nobody can. */
	workers(task: string, { who, prompt }: { readonly who: Worker; readonly prompt: Prompt }): Workers {
		const { header } = this.#plan;
		const own = who.agent?.value ?? (who.run === undefined ? undefined : 'shell');
		const small = this.#chosen ?? header.tiers?.T1?.agent?.value ?? header.defaultAgent?.value;
		const name = own ?? small;
		if (name === 'shell' || name === undefined) {
			return { work: shellWork(task, { name, run: who.run }) };
		}
		// A task that names the agent of T1 means T1, not that it stays there for ever.
		const large = own === undefined || own === small ? (header.tiers?.T2?.agent?.value ?? name) : name;
		const work = this.#agents.work(task, { name, prompt, model: this.#modelOf(who, 'T1') });
		const t2 = this.#agents.work(task, { name: large, prompt, model: this.#modelOf(who, 'T2') });
		const isSame = large === name && t2.model === work.model;
		const startTier = who.tier ?? header.defaultTier ?? (isCritical(who) ? 'T2' : 'T1');
		return { work, ...(isSame ? {} : { t2 }), ...(startTier === 'T2' ? { startTier } : {}) };
	}

	/** Who judges where the plan names nobody: a judge is as good as its model, so it is of the larger tier. */
	judge(
		task: string,
		{ agent, prompt }: { readonly agent: string | undefined; readonly prompt: Prompt },
	): AgentWork {
		const { header } = this.#plan;
		const name = agent ?? header.tiers?.T2?.agent?.value ?? this.#chosen ?? header.defaultAgent?.value;
		if (name === undefined || name === 'shell') {
			throw new FaultError(
				`A check of ${task} is to be judged by an agent, and nobody says which. Add agent: … to the check, or plan.defaults.agent.`,
			);
		}
		const model = header.tiers?.T2?.model ?? header.defaultModel;
		return this.#agents.work(task, { name, prompt, model });
	}

	#modelOf(who: Worker, tier: Tier): string | undefined {
		const { tiers, defaultModel } = this.#plan.header;
		return who.model ?? tiers?.[tier]?.model ?? defaultModel;
	}
}

/** A step works as its task says where it says nothing itself. */
export function withDefaults(step: Step, task: Task): Worker {
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

function shellWork(
	task: string,
	{ name, run }: { readonly name: string | undefined; readonly run: Command | undefined },
): Work {
	if (run !== undefined) {
		return { kind: 'command', command: run };
	}
	throw new FaultError(
		name === 'shell'
			? `${task} has agent shell and no run. Say what it runs: run: [npm, test].`
			: `${task} has neither run nor an agent. Add one, or plan.defaults.agent.`,
	);
}

/** T2: what is critical for security starts on T2. */
function isCritical({ type, persona }: Worker): boolean {
	return /^security\b/i.test(type ?? '') || /\bsecurity\b/i.test(persona ?? '');
}
