import type { Located, SourceRange, Sprint, Task } from '../plan.ts';
import type { PlanPart } from '../readPart.ts';
import { present } from '../readValues.ts';
import { withContainment } from './containment.ts';
import type { ForeignGroup, ForeignPlan, ForeignTask } from './foreignPlan.ts';

/**
 * A plan of another tool as parts that the checks of plans understand, one a file, with places in the files as they are.
 * Sprints stand in the first.
 */
export function foreignParts(uris: readonly string[], plan: ForeignPlan): PlanPart[] {
	const tasks = byFile(withContainment(plan.tasks).map(toTask));
	const problems = byFile(plan.problems);
	const groups = plan.groups.filter((group) => group.tasks.length > 0);
	return uris.map((uri, index) => ({
		uri,
		kind: 'one-file',
		header: index === 0 ? { name: plan.name } : {},
		agents: [],
		agentNames: [],
		tracks: [],
		sprints: index === 0 ? groups.map(toSprint) : [],
		tasks: tasks.get(uri) ?? [],
		start: { uri, start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
		problems: problems.get(uri) ?? [],
		complete: true,
		likelyIds: new Set(),
	}));
}

function byFile<T extends { readonly range: SourceRange }>(items: readonly T[]): Map<string, T[]> {
	const found = new Map<string, T[]>();
	for (const item of items) {
		const list = found.get(item.range.uri);
		if (list === undefined) {
			found.set(item.range.uri, [item]);
		} else {
			list.push(item);
		}
	}
	return found;
}

function toTask(task: ForeignTask): Task {
	return {
		id: task.id,
		name: task.name,
		...present('description', task.description),
		...present('type', task.type),
		...present('persona', task.persona),
		...present('estimateMinutes', task.estimateMinutes),
		...present('stated', task.status),
		dependencies: task.dependencies,
		acceptanceCriteria: task.acceptanceCriteria,
		verify: [],
		touches: [],
		produces: [],
		locks: [],
		idempotent: false,
		env: {},
		range: task.range,
		idRange: task.idRange,
	};
}

function toSprint(group: ForeignGroup, index: number): Sprint {
	const tasks: readonly Located<string>[] = group.tasks;
	return {
		id: group.id,
		name: group.name,
		...present('goal', group.goal),
		...present('track', group.track),
		...(group.track !== undefined && { number: index + 1 }),
		tasks,
		dependencies: group.dependencies,
		...(group.inTurn === true && {
			pipeline: { batches: [{ tasks, inTurn: true }], validation: [], qualityGates: [], after: [] },
		}),
		range: group.range,
		idRange: group.range,
	};
}
