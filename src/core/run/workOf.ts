import type { Tier } from '../plan/plan.ts';
import type { AgentWork, RunStep, RunTask, Work } from './runPlan.ts';

/** Who does a task or a step on a tier. */
export function workOnTier(of: Pick<RunTask | RunStep, 'work' | 't2'>, tier: Tier): Work {
	return tier === 'T2' ? (of.t2 ?? of.work) : of.work;
}

/** The worker of an attempt as its record names it: who the tier means, or one that took over from them (T3). */
export function workOf(
	of: Pick<RunTask | RunStep, 'work' | 't2'>,
	record: { readonly tier: Tier; readonly agent: string | null },
): Work {
	const work = workOnTier(of, record.tier);
	return chainOf(work).find(({ agent }) => agent === record.agent) ?? work;
}

/** An agent and everybody who may take over from it, in order; none for a command. */
export function chainOf(work: Work): AgentWork[] {
	const chain: AgentWork[] = [];
	for (let next: Work | undefined = work; next?.kind === 'agent'; next = next.fallback) {
		chain.push(next);
	}
	return chain;
}

/** Who of them works now: the first whose usage limit is not reached, else the one that was meant. Null for a command. */
export function freeAgent(work: Work, parked: ReadonlyMap<string, number>, at: number): string | null {
	const chain = chainOf(work);
	const free = chain.find(({ agent }) => (parked.get(agent) ?? 0) <= at);
	return (free ?? chain[0])?.agent ?? null;
}

/** True where any part of a task is an agent's. */
export function usesAgent(task: RunTask): boolean {
	return [task, ...(task.steps ?? [])].some(({ work }) => work.kind === 'agent');
}

/** True where a task needs one of the machine's places for agents (S4): for its work, or for who judges it. */
export function startsAgents(task: RunTask): boolean {
	const checks = [task, ...(task.steps ?? [])].flatMap((part) => part.checks);
	return usesAgent(task) || checks.some(({ kind }) => kind === 'agent');
}
