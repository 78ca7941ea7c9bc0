import type { Located, Sprint, Task } from '../plan.ts';
import type { PlanPart } from '../readPart.ts';
import { present } from '../readValues.ts';
import { withContainment } from './containment.ts';
import type { ForeignGroup, ForeignPlan, ForeignTask } from './foreignPlan.ts';

/** A plan of another tool as a part that the checks of plans understand, with places in the file as it is. */
export function foreignPart(uri: string, plan: ForeignPlan): PlanPart {
	const start = { uri, start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
	const groups = plan.groups.filter((group) => group.tasks.length > 0);
	return {
		uri,
		kind: 'one-file',
		header: { name: plan.name },
		agents: [],
		agentNames: [],
		tracks: [],
		sprints: groups.map(toSprint),
		tasks: withContainment(plan.tasks).map(toTask),
		start,
		problems: plan.problems,
		complete: true,
		likelyIds: new Set(),
	};
}

function toTask(task: ForeignTask): Task {
	return {
		id: task.id,
		name: task.name,
		...present('description', task.description),
		...present('type', task.type),
		...present('persona', task.persona),
		...present('estimateMinutes', task.estimateMinutes),
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
		range: group.range,
		idRange: group.range,
	};
}
