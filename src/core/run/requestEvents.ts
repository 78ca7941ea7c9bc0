import { approvalAnswered } from './approvals.ts';
import { recomputeBlocked } from './blocking.ts';
import type {
	BudgetSet,
	DrainRequested,
	EngineAway,
	EngineBack,
	EngineStarted,
	EngineStopped,
	ScopeAdded,
	Stamp,
	StopRequested,
	TaskAnswered,
} from './events.ts';
import {
	dropUnits,
	isOfOldCycle,
	isVerdict,
	judgeGate,
	renewGate,
	startedByThemselves,
} from './gateEvents.ts';
import type { TaskState } from './runState.ts';
import { isActive, isSatisfied } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { budgetOf, changeBudget } from './spending.ts';

/** What persons ask of a run, and which engines serve it. Each function returns null, or why its event is void. */
type Verdict = string | null;

export function engineStarted(table: RunTable, event: EngineStarted & { stamp: Stamp }): Verdict {
	if (table.engines.has(event.engine)) {
		return 'the engine is known already';
	}
	table.engines.set(event.engine, {
		id: event.engine,
		process: event.process,
		face: event.face,
		jobs: event.jobs,
		startedAt: event.stamp.at,
		stopped: false,
		away: false,
		draining: false,
		scope: new Set(),
	});
	return null;
}

export function engineStopped(table: RunTable, event: EngineStopped): Verdict {
	const engine = table.engines.get(event.engine);
	if (engine === undefined) {
		return 'there is no such engine';
	}
	engine.stopped = true;
	const asked = [...engine.scope];
	engine.scope.clear();
	for (const id of asked) {
		table.refresh(id);
	}
	return null;
}

/** D3: a frozen engine keeps what it was asked for, so that a person can still stop it; it counts again when it is back. */
export function engineAway(table: RunTable, event: EngineAway | EngineBack, away: boolean): Verdict {
	const engine = table.engines.get(event.engine);
	if (engine === undefined || engine.stopped) {
		return 'its engine is not part of the run';
	}
	if (engine.away === away) {
		return away ? 'that is known' : 'it was never away';
	}
	engine.away = away;
	for (const id of engine.scope) {
		table.refresh(id);
	}
	return null;
}

/** True while an engine may ask for tasks. */
export function isPartOfRun(table: RunTable, engine: string): boolean {
	return table.engines.get(engine)?.stopped === false;
}

/** D5: what failed or was cancelled gets a fresh budget; an unknown outcome only when the person named the task (D4). */
export function scopeAdded(table: RunTable, event: ScopeAdded): Verdict {
	const engine = table.engines.get(event.engine);
	if (engine === undefined || !isPartOfRun(table, event.engine)) {
		return 'its engine is not part of the run';
	}
	let reset = false;
	for (const id of [...event.tasks, ...startedByThemselves(table)].flatMap((name) =>
		withUnits(table, name),
	)) {
		const state = table.tasks.get(id);
		if (state === undefined || isSatisfied(state) || isOfOldCycle(table, state)) {
			continue;
		}
		engine.scope.add(id);
		state.inScope = true;
		reset = renew(table, state, event.explicit) || reset;
		table.changed.add(id);
		table.refresh(id);
	}
	if (reset) {
		recomputeBlocked(table);
	}
	return null;
}

/** Whoever asks for a gate asks for everything it is made of. */
function withUnits(table: RunTable, id: string): readonly string[] {
	const entry = table.gates.get(id);
	return entry === undefined ? [id] : [id, ...entry.units];
}

/** Gives a task that ended badly a fresh budget. False where it has nothing to renew. */
function renew(table: RunTable, state: TaskState, answersNeed: boolean): boolean {
	if (state.task.unit?.role === 'gate') {
		return renewGate(table, state);
	}
	// What a validator said stands until its gate opens another cycle (G1).
	if (isVerdict(state)) {
		return false;
	}
	const ended = state.status === 'failed' || state.status === 'cancelled';
	// Whether something may begin or is good enough is not answered by running it.
	const answered = state.need !== null && state.need.kind !== 'approval' && answersNeed;
	if (!ended && !answered) {
		return false;
	}
	state.status = 'pending';
	state.used = 0;
	state.need = null;
	state.notBefore = null;
	state.infrastructure = 0;
	state.reason = '';
	return true;
}

export function stopRequested(table: RunTable, event: StopRequested): Verdict {
	const ids =
		event.tasks === 'all' ? [...table.tasks.keys()] : event.tasks.flatMap((name) => withUnits(table, name));
	for (const id of ids) {
		const state = table.tasks.get(id);
		if (state === undefined || !leavesScope(table, state, event.engine)) {
			table.refresh(id);
			continue;
		}
		for (const engine of table.engines.values()) {
			engine.scope.delete(id);
		}
		if (state.inScope || isActive(state)) {
			state.inScope = false;
			state.stopping = isActive(state);
			table.changed.add(id);
			table.refresh(id);
		}
	}
	return null;
}

/** False where only one engine lets go of a task: others still want it, or run it. */
function leavesScope(table: RunTable, state: TaskState, engineId: string | undefined): boolean {
	if (engineId === undefined) {
		return true;
	}
	const { id } = state.task;
	table.engines.get(engineId)?.scope.delete(id);
	if (isActive(state)) {
		return state.owner === engineId;
	}
	return ![...table.engines.values()].some(({ scope }) => scope.has(id));
}

export function drainRequested(table: RunTable, _event: DrainRequested): Verdict {
	for (const engine of table.engines.values()) {
		engine.draining = true;
	}
	for (const id of table.ready.ids()) {
		table.refresh(id);
	}
	return null;
}

/** What a run may cost, as a person says it. */
export function budgetSet(table: RunTable, { limitUsd }: BudgetSet): Verdict {
	if (!Number.isFinite(limitUsd) || limitUsd < 0) {
		return 'a budget is an amount of money';
	}
	if (budgetOf(table)?.limitUsd === limitUsd) {
		return 'that is the budget already';
	}
	changeBudget(table, () => {
		table.spending.saidUsd = limitUsd;
	});
	return null;
}

/** Why a person cannot have a task or gate tried again or skipped as it stands; null where they can. */
export function answerObstacle(
	table: RunTable,
	state: TaskState,
	answer: 'retry' | 'skip' | 'approve' | 'reject',
): Verdict {
	if (isActive(state) || isSatisfied(state)) {
		return `the task is ${state.status}`;
	}
	if (isOfOldCycle(table, state) || isVerdict(state)) {
		return `${state.task.unit?.gate} is what can be answered`;
	}
	return answer === 'retry' && state.need?.kind === 'approval'
		? 'it waits for an approval: approve or reject it'
		: null;
}

export function taskAnswered(table: RunTable, event: TaskAnswered & { stamp: Stamp }): Verdict {
	const state = table.tasks.get(event.task);
	if (state === undefined) {
		return 'there is no such task';
	}
	const obstacle = answerObstacle(table, state, event.answer);
	if (obstacle !== null) {
		return obstacle;
	}
	if (event.answer === 'approve' || event.answer === 'reject') {
		return approvalAnswered(table, state, event);
	}
	table.changed.add(event.task);
	if (event.answer === 'skip') {
		state.status = 'skipped';
		state.need = null;
		state.completedAt = event.stamp.at;
		const why = event.reason?.trim() ?? '';
		state.reason = `Skipped by ${event.by}${why === '' ? '.' : `: ${why}`}`;
		table.ready.delete(event.task);
		dropUnits(table, event.task);
		table.satisfy(event.task);
		recomputeBlocked(table);
		if (state.task.unit !== undefined) {
			judgeGate(table, state.task.unit.gate);
		}
		return null;
	}
	if (renew(table, state, true)) {
		recomputeBlocked(table);
	}
	table.refresh(event.task);
	return null;
}
