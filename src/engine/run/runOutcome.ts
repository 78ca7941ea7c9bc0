import { budgetQuestion } from '../../core/run/planQuestions.ts';
import type { TaskState } from '../../core/run/runState.ts';
import { isSatisfied } from '../../core/run/runState.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { enumerate } from '../../core/run/summarise.ts';

/** How an engine's part of a run ended, for exit codes and last lines. */
export interface RunOutcome {
	readonly completed: readonly string[];
	readonly failed: readonly string[];
	/** Tasks that wait for a person, each with a sentence; empty where the answer to another task frees it. */
	readonly needs: readonly { readonly task: string; readonly reason: string }[];
	/** Asked for and not done because somebody stopped or drained the run. */
	readonly stopped: readonly string[];
}

/** Judges the tasks a person asked this engine for (S5: nothing outside the scope was run for them). */
export function runOutcome(table: RunTable, engine: string, requested: readonly string[]): RunOutcome {
	const rows = rowsAsked(table, engine, requested);
	const isEnding = table.closed || table.engines.get(engine)?.draining === true;
	const [budget] = isEnding ? [] : budgetQuestion(table);
	const ends = [...rows].flatMap((id) => {
		const state = table.tasks.get(id);
		const asks = state === undefined || (isEnding && state.need === null) ? null : needOf(table, state, rows);
		return state === undefined
			? []
			: { task: id, end: endOf(state, asks, budget !== undefined), reason: asks };
	});
	const idsOf = (end: keyof RunOutcome) => ends.filter((each) => each.end === end).map(({ task }) => task);
	const needs = ends.filter(({ end }) => end === 'needs');
	// One answer frees all that the budget keeps waiting, and what waits for those: it is said once.
	const first = needs.find(({ reason }) => reason === null);
	return {
		completed: idsOf('completed'),
		failed: idsOf('failed'),
		needs: needs.map((each) => ({
			task: each.task,
			reason: each.reason ?? (each === first ? (budget?.sentence ?? '') : ''),
		})),
		stopped: idsOf('stopped'),
	};
}

/** How a task ended. `asks`: what it asks a person; `waitsForMoney`: what is left of the run waits for its budget. */
function endOf(state: TaskState, asks: string | null, waitsForMoney: boolean): keyof RunOutcome {
	if (isSatisfied(state)) {
		return 'completed';
	}
	if (asks !== null) {
		return 'needs';
	}
	if (state.status === 'failed' || state.status === 'blocked') {
		return 'failed';
	}
	return waitsForMoney && state.inScope ? 'needs' : 'stopped';
}

/** What started by itself, and what runs when a gate has passed, was asked for with the rest. */
function rowsAsked(table: RunTable, engine: string, requested: readonly string[]): ReadonlySet<string> {
	const gates = [...(table.engines.get(engine)?.scope ?? []), ...requested].flatMap(
		(id) => table.gates.get(id) ?? [],
	);
	const after = gates.flatMap(({ units }) =>
		units.filter((id) => table.tasks.get(id)?.task.unit?.role === 'after'),
	);
	return new Set([...requested, ...gates.map(({ gate }) => gate.id), ...after]);
}

/** What a person has to know about a task that waits for them; null for one that does not. */
function needOf(table: RunTable, state: TaskState, requested: ReadonlySet<string>): string | null {
	if (state.need !== null) {
		return state.reason;
	}
	if (state.status === 'blocked') {
		const origin = state.blockedBy === null ? undefined : table.tasks.get(state.blockedBy);
		return origin === undefined || origin.need === null ? null : '';
	}
	return state.status === 'pending' && state.inScope ? outsideReason(table, state.task.id, requested) : null;
}

/** Which predecessors a person did not ask for; null where there are none, and it waits for what was stopped. */
function outsideReason(table: RunTable, id: string, scope: ReadonlySet<string>): string | null {
	const own = table.gates.get(id)?.gate.waitsFor ?? table.predecessorsOf(id);
	const earlier =
		table.sprintOf(id)?.predecessors.flatMap((name) => table.sprints.get(name)?.sprint.tasks ?? []) ?? [];
	const gates =
		table
			.sprintOf(id)
			?.predecessors.flatMap((name) => table.gates.ofSprint(name).map(({ gate }) => gate.id)) ?? [];
	const missing = [...new Set([...own, ...earlier, ...gates])].filter(
		(name) => !scope.has(name) && !isSatisfied(table.tasks.get(name)),
	);
	return missing.length === 0
		? null
		: `${id} waits for ${enumerate(missing)}, which nobody asked for. Run with --with-deps to include them.`;
}
