import type { StampedEvent } from './events.ts';
import type { Explanation } from './explanation.ts';
import { eventsOf, lastStanding } from './explanation.ts';
import { waitsUntil } from './nextStep.ts';
import type { TaskState } from './runState.ts';
import { isSatisfied } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { waitsForBudget } from './spending.ts';
import { clockTime, summariseTask } from './summarise.ts';

/** More lines than these behind one sentence help nobody. */
const mostLines = 3;

/** What a task waits for that has not begun: tasks before it, a sprint, a slot, what it shares, or a time (S2, S3, T3, G2). */
export function explainWait(
	table: RunTable,
	state: TaskState,
	events: readonly StampedEvent[],
): Explanation[] {
	if (state.status !== 'pending' && state.status !== 'ready') {
		return [];
	}
	if (!state.inScope) {
		return [{ about: 'wait', sentence: 'Nobody asked for it in this run.', events: [] }];
	}
	const { reason } = summariseTask(table, state);
	const until = state.notBefore === null ? '' : ` It is tried again at ${clockTime(state.notBefore)}.`;
	if (reason === '' && until === '') {
		return [{ about: 'wait', sentence: 'It could start now: no engine has taken it up yet.', events: [] }];
	}
	const sentence = `${reason}${reason.includes('again at') ? '' : until}`.trim();
	return [{ about: 'wait', sentence, events: linesBehind(table, state, events) }];
}

function linesBehind(
	table: RunTable,
	state: TaskState,
	events: readonly StampedEvent[],
): readonly StampedEvent[] {
	const { id } = state.task;
	if (state.status === 'pending') {
		return standingsOf(missingBefore(table, id), events);
	}
	if (waitsForBudget(table, id)) {
		return events.filter(isAboutMoney).slice(-mostLines);
	}
	const ofTime = timeLines(table, state, events);
	if (ofTime.length > 0) {
		return ofTime;
	}
	const holders = [...table.engines.values()]
		.filter(({ scope, stopped }) => scope.has(id) && !stopped)
		.flatMap(({ scope }) => table.ready.refusal(id, (other) => scope.has(other)) ?? [])
		.flatMap((refusal) => (refusal.kind === 'barrier' ? [] : refusal.task));
	// The slots of the run, or a barrier: what runs is what keeps it waiting.
	return standingsOf(holders.length > 0 ? holders : [...table.active], events);
}

/** What the budget is, and what agents said they cost. */
function isAboutMoney(event: StampedEvent): boolean {
	const isJob = event.kind === 'attempt-ended' || event.kind === 'check-ended';
	return event.kind === 'budget-set' || (isJob && event.costUsd !== undefined);
}

/** The failure after which it waits, its own or that of another task of the same agent (T3). */
function timeLines(
	table: RunTable,
	state: TaskState,
	events: readonly StampedEvent[],
): readonly StampedEvent[] {
	const wait = waitsUntil(table, state);
	if (wait === null) {
		return [];
	}
	const { agent } = wait;
	return events
		.filter((event) => {
			if (agent !== null && 'handOver' in event && event.handOver === agent) {
				return true;
			}
			if (event.kind !== 'attempt-ended') {
				return false;
			}
			return agent === null
				? event.task === state.task.id && event.retryAt !== undefined
				: event.outcome === 'usage-limit' && event.reason.includes(` ${agent} `);
		})
		.slice(-1);
}

/** What is not done of what comes before a task: its predecessors, else the tasks and gates of the sprints before. */
function missingBefore(table: RunTable, id: string): string[] {
	const isMissing = (other: string) => !isSatisfied(table.tasks.get(other));
	const own = table.predecessorsOf(id).filter(isMissing);
	if (own.length > 0) {
		return own;
	}
	const sprints = table.sprintOf(id)?.predecessors ?? [];
	return sprints
		.flatMap((sprint) => [
			...(table.sprints.get(sprint)?.sprint.tasks ?? []),
			...table.gates.ofSprint(sprint).flatMap(({ gate, units }) => [gate.id, ...units]),
		])
		.filter(isMissing);
}

/** How each of these tasks stands, by its own last line, oldest first. */
function standingsOf(ids: readonly string[], events: readonly StampedEvent[]): readonly StampedEvent[] {
	const lines = new Set(ids.slice(0, 100).flatMap((id) => lastStanding(eventsOf(events, id))));
	return events.filter((event) => lines.has(event)).slice(-mostLines);
}
