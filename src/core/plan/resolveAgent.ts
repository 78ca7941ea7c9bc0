import type { AgentDefinition, Command } from './plan.ts';

/** An agent with everything that the one it is a variant of says: what can be started. */
export type AgentProgram = Omit<AgentDefinition, 'command' | 'args' | 'base'> & { readonly command: Command };

/** Why a variant has no program; `missing` names the agent that nobody declared, `circle` the ones on the way. */
export type AgentGap = { readonly missing: string } | { readonly circle: readonly string[] };

/**
 * The agent of a name, with `extends` followed (FORMATS 1.2): its own words count, arguments and environment are added to
 * those of the other, and so are the patterns of its usage limit. A variant of its own name extends the agent of the settings.
 */
export function resolveAgent(
	name: string,
	from: {
		readonly declared: ReadonlyMap<string, AgentDefinition>;
		/** The agents of the user's settings. */
		readonly configured: ReadonlyMap<string, AgentDefinition>;
	},
	way: readonly string[] = [],
): AgentProgram | AgentGap {
	const isAgain = way.includes(name);
	const agent = isAgain ? from.configured.get(name) : (from.declared.get(name) ?? from.configured.get(name));
	if (agent === undefined) {
		return isAgain && way.at(-1) !== name ? { circle: [...way, name] } : { missing: name };
	}
	const { args = [], base, command, ...own } = agent;
	if (command !== undefined || base === undefined) {
		return command === undefined ? { missing: name } : { ...own, command: withArguments(command, args) };
	}
	const found = resolveAgent(base.value, from, [...way, name]);
	if ('missing' in found || 'circle' in found) {
		return found;
	}
	const usageLimit = [...(found.usageLimit ?? []), ...(own.usageLimit ?? [])];
	return {
		...found,
		...own,
		env: { ...found.env, ...own.env },
		command: withArguments(found.command, args),
		...(usageLimit.length > 0 && { usageLimit }),
	};
}

/** Arguments can be added to a list of them; a line for the shell stays as it is. */
function withArguments(command: Command, args: readonly string[]): Command {
	return command.kind === 'argv' ? { kind: 'argv', argv: [...command.argv, ...args] } : command;
}
