import { assumedMinutes } from '../run/rankTasks.ts';
import type { RunTask } from '../run/runPlan.ts';
import type { History } from './history.ts';
import { describeKey } from './history.ts';
import { agentOf, tierOf } from './historySample.ts';
import type { NeighbourEstimate } from './neighbours.ts';
import { Neighbours } from './neighbours.ts';
import type { Spread } from './spread.ts';
import { scaleSpread } from './spread.ts';
import { kindOf, widerKindOf } from './taskKinds.ts';

/** How the minutes of a task are known: only `stated` is the plan's own word, and `unknown` is nobody's. */
export type EstimateSource = 'stated' | 'history' | 'neighbours' | 'assumed' | 'unknown';

/** How long a task or a step of a gate will take, and how we know. */
export interface TaskEstimate {
	readonly id: string;
	readonly minutes: number;
	readonly source: EstimateSource;
	/** How far what it rests on is spread, in minutes; null for one that was stated or assumed. */
	readonly spread: Spread | null;
	/** A sentence for a person; empty where it was stated. */
	readonly reason: string;
}

/** Fewer samples than this are a guess: neighbours of the same type are asked first. */
const enough = 3;

/**
 * An estimate for every row of a run, in the order given: its own, else what finished ones like it took, else for a task what
 * its neighbours state (P6). A step of a gate that was never measured counts as taking no time, and is `unknown`: other
 * work says nothing about it. Where the plan states estimates and history knows how they compare with what happened,
 * times of history are put into the plan's own unit: hours planned for people and minutes taken by agents must not be mixed
 * in one critical path.
 */
export function estimateMissing(rows: readonly RunTask[], history: History): TaskEstimate[] {
	const tasks = rows.filter(({ unit }) => unit === undefined);
	const neighbours = new Neighbours(tasks);
	const states = tasks.some(({ estimateMinutes }) => estimateMinutes !== null);
	const pace = states && history.pace !== null && history.pace.n >= enough ? history.pace.median : 1;
	return rows.map((row) => {
		if (row.estimateMinutes !== null) {
			const { id, estimateMinutes: minutes } = row;
			return { id, minutes, source: 'stated', spread: null, reason: '' };
		}
		return row.unit === undefined
			? ofTask(row, { history, neighbours, pace })
			: ofStep(row, { history, pace });
	});
}

interface Sources {
	readonly history: History;
	readonly pace: number;
}

function ofTask(
	task: RunTask,
	{ neighbours, ...sources }: Sources & { readonly neighbours: Neighbours },
): TaskEstimate {
	return (
		fromHistory(task, sources, enough) ??
		fromNeighbours(task.id, neighbours.ofType(task)) ??
		fromHistory(task, sources, 1) ??
		fromNeighbours(task.id, neighbours.nearby(task)) ??
		assumedEstimate(task.id)
	);
}

/** For a task about which neither history nor the plan says anything. */
export function assumedEstimate(id: string): TaskEstimate {
	const reason = `Nothing is known about tasks like it: ${assumedMinutes} minutes are assumed.`;
	return { id, minutes: assumedMinutes, source: 'assumed', spread: null, reason };
}

function ofStep(step: RunTask, sources: Sources): TaskEstimate {
	return (
		fromHistory(step, sources, 1) ?? {
			id: step.id,
			minutes: 0,
			source: 'unknown',
			spread: null,
			reason: 'It states no time and no run has measured one: 0 minutes are counted.',
		}
	);
}

function fromHistory(task: RunTask, { history, pace }: Sources, least: number): TaskEstimate | null {
	const wider = widerKindOf(task);
	const group =
		history.nearest({ type: kindOf(task), agent: agentOf(task), tier: tierOf(task) }, least) ??
		(wider === null ? null : history.group({ type: wider }));
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

/** What the estimates of neighbours say of a task; null without any. */
export function fromNeighbours(id: string, found: NeighbourEstimate | null): TaskEstimate | null {
	if (found === null) {
		return null;
	}
	const { spread, where } = found;
	const reason = `From ${spread.n} stated ${spread.n === 1 ? 'estimate' : 'estimates'} of ${where}.`;
	return { id, minutes: spread.median, source: 'neighbours', spread, reason };
}

function round(value: number): number {
	return Number(value.toPrecision(2));
}
