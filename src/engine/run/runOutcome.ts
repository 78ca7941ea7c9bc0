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
	const completed: string[] = [];
	const failed: string[] = [];
	const needs: { task: string; reason: string }[] = [];
	const stopped: string[] = [];
	const rows = rowsAsked(table, engine, requested);
	const isEnding = table.closed || table.engines.get(engine)?.draining === true;
	for (const id of rows) {
		const state = table.tasks.get(id);
		if (state === undefined) {
			continue;
		}
		if (isSatisfied(state)) {
			completed.push(id);
			continue;
		}
		const need = isEnding && state.need === null ? null : needOf(table, state, rows);
		if (need !== null) {
			needs.push({ task: id, reason: need });
		} else if (state.status === 'failed' || state.status === 'blocked') {
			failed.push(id);
		} else {
			stopped.push(id);
		}
	}
	return { completed, failed, needs, stopped };
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
