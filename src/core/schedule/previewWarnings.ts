import { buildGraph } from '../graph/buildGraph.ts';
import { topUnblockers } from '../graph/topUnblockers.ts';
import type { RunTask } from '../run/runPlan.ts';
import { hasNoWorker } from '../run/toForecastPlan.ts';
import type { PreviewGate, PreviewWarning } from './previewReport.ts';
import type { Simulation } from './simulate.ts';

export interface PreviewFacts {
	/** The tasks of the scope with their minutes. */
	readonly tasks: readonly RunTask[];
	readonly minutes: Float64Array;
	readonly gates: readonly PreviewGate[];
}

/** A task that at least so many others wait for, and at least half of all, holds everything up. */
const fewestBehind = 3;

/** What a person should know before a run, whatever the number of agents (P6). */
export function planWarnings(facts: PreviewFacts): PreviewWarning[] {
	return [
		...outside(facts),
		...withoutEstimate(facts),
		...withoutTime(facts),
		...unverified(facts),
		...singlePoints(facts),
	];
}

/** What a person should know about one simulated run. */
export function runWarnings(simulation: Simulation): PreviewWarning[] {
	return [...circles(simulation), ...kept(simulation)];
}

/** P7: what waits in a circle never starts. */
function circles({ stranded }: Simulation): PreviewWarning[] {
	return stranded.length === 0
		? []
		: [
				{
					kind: 'circle',
					message: `${names(stranded)} never ${stranded.length === 1 ? 'starts' : 'start'}: something there waits for itself. See: switchyard check`,
					tasks: stranded,
				},
			];
}

/** S5: a run of a part never runs what lies outside of it. */
function outside({ tasks }: PreviewFacts): PreviewWarning[] {
	const ids = new Set(tasks.map(({ id }) => id));
	const waiting = tasks.filter(({ dependencies }) => dependencies.some((id) => !ids.has(id)));
	const missing = [
		...new Set(waiting.flatMap(({ dependencies }) => dependencies.filter((id) => !ids.has(id)))),
	];
	return missing.length === 0
		? []
		: [
				{
					kind: 'out-of-scope',
					message: `${names(missing)} ${missing.length === 1 ? 'is' : 'are'} outside of this part and counted as completed. A run would wait for ${missing.length === 1 ? 'it' : 'them'}.`,
					tasks: waiting.map(({ id }) => id),
				},
			];
}

function withoutEstimate({ tasks, minutes }: PreviewFacts): PreviewWarning[] {
	const guessed = tasks.flatMap((task, index) =>
		task.estimateMinutes === null ? [{ id: task.id, minutes: minutes[index] ?? 0 }] : [],
	);
	const said = guessed.map(({ id, minutes: value }) => `${id} (${Math.round(value)} min)`);
	return guessed.length === 0
		? []
		: [
				{
					kind: 'no-estimate',
					message: `${guessed.length === 1 ? 'A task has' : `${guessed.length} tasks have`} no estimate and ${guessed.length === 1 ? 'is' : 'are'} counted with what history and neighbours suggest: ${names(said)}.`,
					tasks: guessed.map(({ id }) => id),
				},
			];
}

/** Steps of gates that nobody expects to take any time, because nobody knows. */
function withoutTime({ gates }: PreviewFacts): PreviewWarning[] {
	const steps = gates.flatMap((gate) => gate.steps.filter(({ source }) => source === 'unknown'));
	const ids = steps.map(({ id }) => id);
	return ids.length === 0
		? []
		: [
				{
					kind: 'no-gate-time',
					message: `${ids.length === 1 ? 'A step of a gate is' : `${ids.length} steps of gates are`} counted as taking no time, because the plan states none (estimated_minutes) and no run has measured one: ${names(ids)}.`,
					tasks: ids,
				},
			];
}

/** T1: the work of an agent without a check ends completed, and nobody has verified it. */
function unverified({ tasks }: PreviewFacts): PreviewWarning[] {
	const without = tasks.filter(
		(task) => task.work.kind === 'agent' && task.checks.length === 0 && !hasNoWorker(task),
	);
	const ids = without.map(({ id }) => id);
	return ids.length === 0
		? []
		: [
				{
					kind: 'no-verification',
					message: `${names(ids)} ${ids.length === 1 ? 'has' : 'have'} no check: what an agent says of its own work is not verified. Add verify.`,
					tasks: ids,
				},
			];
}

/** S3: tasks that the forecast keeps apart because they may change the same files. */
function kept({ waits }: Simulation): PreviewWarning[] {
	return waits
		.filter(({ cause }) => cause === 'touches')
		.map(({ task, waitsFor, from, until }) => ({
			kind: 'overlapping-touches',
			message: `${task} waits ${Math.round(until - from)} min for ${waitsFor}: both may change the same files (touches).`,
			tasks: [task, waitsFor],
		}));
}

function singlePoints({ tasks, minutes }: PreviewFacts): PreviewWarning[] {
	const graph = buildGraph(
		tasks.map(({ id }) => id),
		tasks.flatMap(({ id, dependencies }) => dependencies.map((before) => [before, id] as const)),
	);
	return topUnblockers(graph, minutes, { count: 3 })
		.filter((point) => point.tasks >= fewestBehind && point.tasks * 2 >= tasks.length)
		.map((point): PreviewWarning => {
			const id = graph.ids[point.node] ?? '';
			return {
				kind: 'single-point',
				message: `${point.tasks} of ${tasks.length} tasks wait for ${id}: while it is late, all of them are.`,
				tasks: [id],
			};
		});
}

function names(ids: readonly string[]): string {
	const shown = ids.slice(0, 5).join(', ');
	return ids.length > 5 ? `${shown} and ${ids.length - 5} more` : shown;
}
