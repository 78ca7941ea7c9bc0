import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planPrompt } from '../../core/prd/agentPrompt.ts';
import type { Prd } from '../../core/prd/prd.ts';
import type { AnsweredTask } from '../../core/prd/readAgentAnswer.ts';
import { readAgentAnswer } from '../../core/prd/readAgentAnswer.ts';
import type { ConfiguredAgent } from '../../core/run/agentTable.ts';
import { askAgent } from './askAgent.ts';

/** A plan to be made by an agent. */
export interface GenerateOptions {
	readonly rootPath: string;
	/** A new folder; each round gets one in it. */
	readonly folder: string;
	readonly agent: ConfiguredAgent;
	/** Names of agents that tasks may ask for. */
	readonly agents: readonly string[];
	readonly prd: Prd;
	readonly prdText: string;
	readonly prefix: string;
	readonly timeoutMs: number;
	readonly stop: AbortSignal;
	readonly now: () => number;
	/** Told before each round, and after it with what is wrong with the answer. */
	readonly onRound: (round: number, problems: readonly string[] | null) => void;
}

/** Tasks that hold, or why there are none. `rounds` counts the answers. */
export type Generated =
	| { readonly kind: 'tasks'; readonly tasks: readonly AnsweredTask[]; readonly rounds: number }
	| { readonly kind: 'gave-up'; readonly problems: readonly string[]; readonly rounds: number }
	| { readonly kind: 'failed'; readonly message: string; readonly rounds: number }
	| { readonly kind: 'stopped'; readonly rounds: number };

/** An agent that has not understood after so many answers will not. */
export const mostRounds = 3;

/**
 * Has an agent plan the tasks of a PRD. Each answer is checked like every plan; while something is wrong with it, it is sent
 * back with the problems, at most three times in all. Prompt, answer and problems of every round stay in its folder.
 */
export async function generateTasks(options: GenerateOptions): Promise<Generated> {
	const { prd, prdText, prefix, agents } = options;
	let before: { readonly answer: string; readonly problems: readonly string[] } | null = null;
	for (let round = 1; round <= mostRounds; round++) {
		options.onRound(round, null);
		const folder = join(options.folder, `round-${round}`);
		const prompt = planPrompt({ prd: prdText, prefix, before });
		const { agent, rootPath, timeoutMs, stop, now } = options;
		const reply = await askAgent({ rootPath, folder, agent, prompt, round, timeoutMs, stop, now });
		if (reply.kind !== 'answer') {
			return { ...reply, rounds: round };
		}
		const { yaml, tasks, problems } = readAgentAnswer(reply.text, { prd, prefix, agents });
		await keep(folder, 'answer.yaml', yaml);
		await keep(folder, 'problems.txt', problems.map((problem) => `${problem}\n`).join(''));
		options.onRound(round, problems);
		if (problems.length === 0) {
			return { kind: 'tasks', tasks, rounds: round };
		}
		before = { answer: yaml, problems };
	}
	return { kind: 'gave-up', problems: before?.problems ?? [], rounds: mostRounds };
}

async function keep(folder: string, name: string, text: string): Promise<void> {
	await writeFile(join(folder, name), text, { mode: 0o600 });
}
