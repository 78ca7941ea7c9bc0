import type { AgentDefinition, Command, Plan, Prompt } from '../plan/plan.ts';
import type { AgentProgram } from '../plan/resolveAgent.ts';
import { resolveAgent } from '../plan/resolveAgent.ts';
import type { AgentWork } from './runPlan.ts';
import { FaultError } from './workFault.ts';

/** An agent that the user's settings declare, beside those of the plan. */
export interface ConfiguredAgent {
	readonly name: string;
	readonly argv: readonly string[];
	readonly env: Readonly<Record<string, string>>;
}

/** What an agent is asked for. */
export interface WantedWork {
	/** Of the agent. */
	readonly name: string;
	readonly prompt: Prompt;
	/** Undefined: that of the agent, if it has one. */
	readonly model: string | undefined;
}

/** The agents of the settings in the form of those of a plan. */
export function definitionsOf(configured: readonly ConfiguredAgent[]): ReadonlyMap<string, AgentDefinition> {
	const range = { uri: '', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
	return new Map(
		configured.map(({ name, argv, env }) => [name, { name, command: { kind: 'argv', argv }, env, range }]),
	);
}

/** The agents that a run may start: those of its plan, with what they extend, and those of the settings (T6). */
export class AgentTable {
	readonly #declared: ReadonlyMap<string, AgentDefinition>;
	readonly #configured: ReadonlyMap<string, AgentDefinition>;

	constructor({ agents }: Pick<Plan, 'agents'>, configured: readonly ConfiguredAgent[]) {
		this.#declared = agents;
		this.#configured = definitionsOf(configured);
	}

	/** What an agent does for `task` (named in faults), and who takes over while its usage limit lasts (T3). */
	work(task: string, wanted: WantedWork, seen: readonly string[] = []): AgentWork {
		const { name, prompt } = wanted;
		const agent = this.#programOf(task, name);
		const model = wanted.model ?? agent.model;
		const next = agent.fallback?.value;
		const fallback =
			next === undefined || next === name || seen.includes(next)
				? undefined
				: this.work(task, { name: next, prompt, model: undefined }, [...seen, name]);
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

	#programOf(task: string, name: string): AgentProgram {
		const found = resolveAgent(name, { declared: this.#declared, configured: this.#configured });
		if ('command' in found) {
			return found;
		}
		if ('circle' in found) {
			throw new FaultError(
				`${task} asks for the agent ${name}, which extends itself (${found.circle.join(' → ')}). Give one of them run: [program, arguments].`,
			);
		}
		const { missing } = found;
		const why =
			missing === name ? ', which nobody declared' : `, which extends ${missing}, and nobody declared that`;
		throw new FaultError(
			`${task} asks for the agent ${name}${why}. Add it under agents: (${missing}: {run: [program, arguments]}) or in the setting switchyard.agents.`,
		);
	}
}

/** `{model}` in an argument stands for the model; a line for the shell reads SWITCHYARD_MODEL. */
function withModel(command: Command, model: string | undefined): Command {
	return command.kind === 'shell' || model === undefined
		? command
		: { kind: 'argv', argv: command.argv.map((argument) => argument.replaceAll('{model}', model)) };
}
