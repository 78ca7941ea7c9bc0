import type { Work } from './runPlan.ts';
import type { RunTable } from './runTable.ts';
import { chainOf } from './workOf.ts';

/**
 * T3: an agent that is missing, or that something around it kept from working again and again, hands over to its fallback until a
 * time. False where nobody is left in its place who could work: then it is a failure of the task.
 */
export function handOver(
	table: RunTable,
	work: Work,
	{ agent, until }: { readonly agent: string; readonly until: number },
): boolean {
	const chain = chainOf(work).map((each) => each.agent);
	if (!chain.slice(chain.indexOf(agent) + 1).some((other) => !table.absent.has(other))) {
		return false;
	}
	table.parked.set(agent, Math.max(until, table.parked.get(agent) ?? 0));
	table.absent.add(agent);
	return true;
}

/** A limit says that an agent is there, and so does work that ended. */
export function isBack(table: RunTable, agent: string | null): void {
	if (agent !== null && table.absent.size > 0) {
		table.absent.delete(agent);
	}
}
