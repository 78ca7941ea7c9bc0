import type { Plan, Position, SourceRange } from '../core/plan/plan.ts';
import type { Problem, Severity } from '../core/plan/problem.ts';
import type { SprintView, TaskView, TrackView } from '../protocol/lsp.ts';

/** What views are shown of a plan, complete. */
export interface PlanViews {
	readonly name: string;
	readonly files: readonly string[];
	readonly errors: number;
	readonly warnings: number;
	readonly tracks: readonly TrackView[];
	readonly tasks: ReadonlyMap<string, TaskView>;
	readonly sprints: ReadonlyMap<string, SprintView>;
}

/** Turns a plan and its problems into what views need. */
export function toPlanViews(plan: Plan, problems: readonly Problem[]): PlanViews {
	const worst = worstByTask(plan, problems);
	return {
		name: plan.header.name,
		files: plan.files,
		errors: problems.filter(({ severity }) => severity === 'error').length,
		warnings: problems.filter(({ severity }) => severity === 'warning').length,
		tracks: plan.tracks.map(({ number, name, range }) => ({ number, name, range: range ?? null })),
		tasks: new Map(
			plan.tasks.map((task) => [
				task.id,
				{
					id: task.id,
					name: task.name,
					description: task.description ?? '',
					type: task.type ?? '',
					estimateMinutes: task.estimateMinutes ?? null,
					dependencies: [...new Set(task.dependencies.map(({ value }) => value))],
					agent: task.agent?.value ?? null,
					range: task.range,
					idRange: task.idRange,
					worst: worst.get(task.id) ?? null,
				},
			]),
		),
		sprints: new Map(
			plan.sprints.map((sprint) => [
				sprint.id,
				{
					id: sprint.id,
					name: sprint.name,
					goal: sprint.goal ?? '',
					track: sprint.track ?? null,
					tasks: [...new Set(sprint.tasks.map(({ value }) => value))],
					dependencies: [...new Set(sprint.dependencies.map(({ value }) => value))],
					range: sprint.range,
					idRange: sprint.idRange,
				},
			]),
		),
	};
}

const gravity: Readonly<Record<Severity, number>> = { hint: 0, info: 1, warning: 2, error: 3 };

/** The worst problem that starts inside each task: tasks of a file in order, each problem found its task by bisection. */
function worstByTask(plan: Plan, problems: readonly Problem[]): Map<string, Severity> {
	const byFile = new Map<string, { id: string; range: SourceRange }[]>();
	for (const { id, range } of plan.tasks) {
		const list = byFile.get(range.uri) ?? [];
		list.push({ id, range });
		byFile.set(range.uri, list);
	}
	for (const list of byFile.values()) {
		list.sort((a, b) => comparePositions(a.range.start, b.range.start));
	}
	const worst = new Map<string, Severity>();
	for (const { range, severity } of problems) {
		const task = taskAt(byFile.get(range.uri) ?? [], range.start);
		const known = task === null ? undefined : worst.get(task);
		if (task !== null && (known === undefined || gravity[severity] > gravity[known])) {
			worst.set(task, severity);
		}
	}
	return worst;
}

function taskAt(tasks: readonly { id: string; range: SourceRange }[], at: Position): string | null {
	let low = 0;
	let high = tasks.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		const task = tasks[middle];
		if (task !== undefined && comparePositions(task.range.start, at) <= 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	const task = tasks[low - 1];
	return task !== undefined && comparePositions(at, task.range.end) <= 0 ? task.id : null;
}

function comparePositions(a: Position, b: Position): number {
	return a.line - b.line || a.character - b.character;
}
