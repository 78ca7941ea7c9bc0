import { refuseSlot } from './claimEvents.ts';
import { waitsUntil } from './nextStep.ts';
import type { TaskState, TaskSummary } from './runState.ts';
import { isSatisfied } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { budgetOf, budgetWords, waitsForBudget } from './spending.ts';

/** How a task stands, with a sentence for everything that waits, is blocked or failed (EDITOR, `status --json`). */
export function summariseTask(table: RunTable, state: TaskState): TaskSummary {
	const attempt = state.attempts.at(-1);
	return {
		id: state.task.id,
		// What could run and nobody asked for is not waiting for anything: to a person it has not begun.
		status: state.status === 'ready' && !state.inScope ? 'pending' : state.status,
		iteration: attempt?.iteration ?? 0,
		tier: attempt?.tier ?? null,
		validation: state.validation,
		reason: reasonOf(table, state),
		needsPerson: state.need !== null,
		...(state.need !== null && { asks: state.need.kind }),
		startedAt: attempt?.claimedAt ?? null,
		endedAt: state.completedAt ?? attempt?.checks.at(-1)?.endedAt ?? attempt?.endedAt ?? null,
		evidence: state.evidence,
		exit: attempt?.exit ?? null,
	};
}

function reasonOf(table: RunTable, state: TaskState): string {
	if (state.stopping) {
		return 'Stopping.';
	}
	if (state.status === 'pending') {
		return waitReason(table, state);
	}
	if (state.status === 'ready' && state.inScope) {
		return slotReason(table, state);
	}
	return state.reason;
}

/** Which predecessors are missing: the task's own, else the sprint before. */
function waitReason(table: RunTable, state: TaskState): string {
	const missing = table.predecessorsOf(state.task.id).filter((id) => !isSatisfied(table.tasks.get(id)));
	if (missing.length > 0) {
		return `Waits for ${enumerate(missing.map((id) => nameOf(table, id)))}.`;
	}
	const gate = table.sprintOf(state.task.id);
	const closed = gate?.predecessors.filter((id) => !isComplete(table, id)) ?? [];
	return closed.length > 0 ? `Waits until ${enumerate(closed)} is complete.` : '';
}

/** Tasks by their id; gates and their units by their name, because nobody wrote their ids. */
function nameOf(table: RunTable, id: string): string {
	const task = table.definitionOf(id);
	return task?.unit === undefined || task.unit.role === 'fix' ? id : task.name;
}

function slotReason(table: RunTable, state: TaskState): string {
	if (state.notBefore !== null) {
		return `Tried again at ${clockTime(state.notBefore)}: ${state.reason}`;
	}
	const budget = budgetOf(table);
	if (budget !== null && waitsForBudget(table, state.task.id)) {
		return `Ready; the budget of the run is spent: ${budgetWords(budget)}.`;
	}
	const wait = waitsUntil(table, state);
	const limit = limitReason(table, wait);
	if (limit !== '' && state.attempts.at(-1)?.outcome === 'usage-limit') {
		return limit;
	}
	for (const engine of table.engines.values()) {
		if (engine.scope.has(state.task.id)) {
			const refusal = refuseSlot(table, state, engine);
			return refusal === null ? limit : `Ready; ${refusal}.`;
		}
	}
	return '';
}

/** T3: the limit that another task met holds up all tasks of the same agent. */
function limitReason({ absent, parked }: RunTable, wait: ReturnType<typeof waitsUntil>): string {
	if (wait === null || wait.agent === null) {
		return '';
	}
	const { agent, at } = wait;
	return absent.has(agent)
		? `Waits for ${agent}, which could not work and is tried again at ${clockTime(at)}.`
		: `Waits for the usage limit of ${agent}, which ends at ${clockTime(parked.get(agent) ?? at)}.`;
}

/** The time of day in UTC, to the second: a sentence must be the same for every reader. */
export function clockTime(at: number): string {
	return `${new Date(at).toISOString().slice(11, 19)} UTC`;
}

function isComplete(table: RunTable, sprint: string): boolean {
	const gate = table.sprints.get(sprint);
	return gate === undefined || (gate.remaining === 0 && gate.unmet === 0);
}

/** At most three names, then how many more. */
export function enumerate(names: readonly string[]): string {
	const shown = names.slice(0, 3).join(', ');
	return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/** Of the tasks of the plan; gates are summed up by themselves. */
export interface RunTotals {
	readonly total: number;
	readonly completed: number;
	readonly failed: number;
	readonly running: number;
	readonly blocked: number;
	/** Asked for and not started, or never asked for. */
	readonly waiting: number;
	/** Completed without any check (T1). */
	readonly unverified: number;
	readonly needPerson: number;
}

export function totalsOf(table: RunTable): RunTotals {
	const totals = {
		total: 0,
		completed: 0,
		failed: 0,
		running: 0,
		blocked: 0,
		waiting: 0,
		unverified: 0,
		needPerson: 0,
	};
	for (const state of table.planTasks()) {
		totals.total++;
		totals[bucketOf(state)]++;
		totals.needPerson += state.need === null ? 0 : 1;
		totals.unverified += isUnverified(state) ? 1 : 0;
	}
	return totals;
}

/** How many tasks are settled, without looking at each of them: asked for after every one. */
export function progressOf(table: RunTable): { readonly completed: number; readonly total: number } {
	const passed = [...table.gates.values()].filter(({ gate }) => isSatisfied(table.tasks.get(gate.id)));
	return { completed: table.completedCount - passed.length, total: table.plan.tasks.length };
}

/** Completed without any check of this run (T1). */
export function isUnverified(state: TaskState): boolean {
	return state.status === 'completed' && (state.validation === 'none' || state.validation === 'imported');
}

function bucketOf(state: TaskState): 'completed' | 'failed' | 'running' | 'blocked' | 'waiting' {
	switch (state.status) {
		case 'completed':
		case 'skipped':
			return 'completed';
		case 'failed':
			return 'failed';
		case 'running':
		case 'checking':
		case 'merging':
			return 'running';
		case 'blocked':
			return 'blocked';
		case 'pending':
		case 'ready':
		case 'cancelled':
			return 'waiting';
	}
}
