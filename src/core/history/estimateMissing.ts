import type { RunTask } from '../run/runPlan.ts';
import type { History } from './history.ts';
import { describeKey } from './history.ts';
import { agentOf, tierOf } from './historySample.ts';
import { Neighbours } from './neighbours.ts';
import type { Spread } from './spread.ts';
import { scaleSpread } from './spread.ts';

/** How long a task will take, and how we know: only `stated` is the plan's own word. */
export interface TaskEstimate {
	readonly id: string;
	readonly minutes: number;
	readonly source: 'stated' | 'history' | 'neighbours' | 'assumed';
	/** How far what it rests on is spread, in minutes; null for one that was stated or assumed. */
	readonly spread: Spread | null;
	/** A sentence for a person; empty where it was stated. */
	readonly reason: string;
}

/** Fewer samples than this are a guess: neighbours of the same type are asked first. */
const enough = 3;

/** Minutes of a task about which nobody knows anything, as the order of ready tasks takes it (S2). */
const assumedMinutes = 30;

/**
 * An estimate for every task, in the order given: its own, else what finished tasks like it took, else what its
 * neighbours state (P6). Where the plan states estimates and history knows how they compare with what happened, times of
 * history are put into the plan's own unit: hours planned for people and minutes taken by agents must not be mixed in
 * one critical path.
 */
export function estimateMissing(tasks: readonly RunTask[], history: History): TaskEstimate[] {
	const neighbours = new Neighbours(tasks);
	const states = tasks.some(({ estimateMinutes }) => estimateMinutes !== null);
	const pace = states && history.pace !== null && history.pace.n >= enough ? history.pace.median : 1;
	return tasks.map((task) => {
		if (task.estimateMinutes !== null) {
			const { id, estimateMinutes: minutes } = task;
			return { id, minutes, source: 'stated', spread: null, reason: '' };
		}
		return (
			fromHistory(task, history, { least: enough, pace }) ??
			fromNeighbours(task, neighbours.ofType(task)) ??
			fromHistory(task, history, { least: 1, pace }) ??
			fromNeighbours(task, neighbours.nearby(task)) ?? {
				id: task.id,
				minutes: assumedMinutes,
				source: 'assumed',
				spread: null,
				reason: `Nothing is known about tasks like it: ${assumedMinutes} minutes are assumed.`,
			}
		);
	});
}

function fromHistory(
	task: RunTask,
	history: History,
	{ least, pace }: { readonly least: number; readonly pace: number },
): TaskEstimate | null {
	const group = history.nearest({ type: task.type, agent: agentOf(task), tier: tierOf(task) }, least);
	if (group === null || pace <= 0) {
		return null;
	}
	const spread = scaleSpread(group.minutes, 1 / pace);
	const unit = pace === 1 ? '' : `, taken at the pace of the stated estimates (${round(pace)} × as long)`;
	return {
		id: task.id,
		minutes: spread.median,
		source: 'history',
		spread,
		reason: `From ${spread.n} finished ${describeKey(group.key)}${unit}.`,
	};
}

function fromNeighbours(
	task: RunTask,
	found: { readonly spread: Spread; readonly where: string } | null,
): TaskEstimate | null {
	if (found === null) {
		return null;
	}
	const { spread, where } = found;
	const reason = `From ${spread.n} stated ${spread.n === 1 ? 'estimate' : 'estimates'} of ${where}.`;
	return { id: task.id, minutes: spread.median, source: 'neighbours', spread, reason };
}

function round(value: number): number {
	return Number(value.toPrecision(2));
}
