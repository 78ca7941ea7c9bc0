import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { ConfiguredAgent } from '../../core/run/agentTable.ts';

/** The agents of the user's settings, as the editor hands them over: name → `{run: [program, arguments], env}`. */
const agentsFileShape = z.record(
	z.string(),
	z.object({
		run: z.array(z.string()).check(z.minLength(1)),
		env: z.optional(z.record(z.string(), z.string())),
	}),
);

/** Reads a file of agents (`--agents-file`). Throws a sentence where it cannot be read, or lists something else. */
export async function readAgentsFile(file: string): Promise<ConfiguredAgent[]> {
	const parsed = agentsFileShape.safeParse(parseJson(await readText(file)));
	if (!parsed.success) {
		throw new Error(`${file} does not list agents as name → {run: [program, arguments]}.`);
	}
	return Object.entries(parsed.data).map(([name, { run, env }]) => ({ name, argv: run, env: env ?? {} }));
}

async function readText(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		const { code = String(error) } = error as NodeJS.ErrnoException;
		throw new Error(`The agents file ${file} cannot be read (${code}).`, { cause: error });
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
