import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nearest } from '../../core/plan/nearest.ts';
import { readPlan } from '../../core/plan/readPlan.ts';
import { resolveAgent } from '../../core/plan/resolveAgent.ts';
import { joinUri } from '../../core/plan/uris.ts';
import type { ConfiguredAgent } from '../../core/run/agentTable.ts';
import { definitionsOf } from '../../core/run/agentTable.ts';
import { readAgentsFile } from '../loader/readAgentsFile.ts';
import { argvOf } from '../run/prepareJob.ts';

/** An agent by its name, and where it was declared. */
export interface KnownAgents {
	readonly agents: readonly ConfiguredAgent[];
	/** Names of those that the plan itself declares. */
	readonly inPlan: ReadonlySet<string>;
}

/**
 * The agents that a new plan may be made with: those of its header file, where there is one already, and those of the
 * settings. The plan's own word counts.
 */
export async function knownAgents(
	rootPath: string,
	headerPath: string,
	agentsFile: string | null,
): Promise<KnownAgents> {
	const settings = agentsFile === null ? [] : await readAgentsFile(agentsFile);
	const text = await readFile(join(rootPath, headerPath), 'utf8').catch(() => null);
	const rootUri = pathToFileURL(rootPath).href;
	const files = text === null ? [] : [{ uri: joinUri(rootUri, headerPath), text }];
	const { plan } = readPlan({ rootUri, key: 'planning' }, files);
	const programs = { declared: plan.agents, configured: definitionsOf(settings) };
	const declared = [...plan.agents.keys()].flatMap((name): ConfiguredAgent[] => {
		const found = resolveAgent(name, programs);
		return 'command' in found ? [{ name, argv: argvOf(found.command), env: found.env }] : [];
	});
	const inPlan = new Set(declared.map(({ name }) => name));
	return { agents: [...declared, ...settings.filter(({ name }) => !inPlan.has(name))], inPlan };
}

/** The agent of a name. Throws a sentence that says which ones there are. */
export function agentNamed({ agents }: KnownAgents, name: string, headerPath: string): ConfiguredAgent {
	const found = agents.find((agent) => agent.name === name);
	if (found !== undefined) {
		return found;
	}
	const near = nearest(
		name,
		agents.map((agent) => agent.name),
	);
	const help =
		near === null
			? `Declare it in ${headerPath} under agents: {${name}: {run: [program, argument]}}, or give --agents-file.`
			: `Did you mean ${near}?`;
	throw new Error(`Nobody declares the agent ${name}. ${help}`);
}
