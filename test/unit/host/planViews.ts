import type { TaskSummary } from '../../../src/core/run/runState.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import type { SprintView, TaskView } from '../../../src/protocol/lsp.ts';

const place = { line: 0, character: 0 };
const range = { uri: 'file:///ws/a.plan.yaml', start: place, end: place };

export function taskView(id: string, part: Partial<TaskView> = {}): TaskView {
	return {
		id,
		name: `Name of ${id}`,
		description: '',
		type: 'backend',
		estimateMinutes: 60,
		dependencies: [],
		agent: null,
		range,
		idRange: range,
		worst: null,
		...part,
	};
}

export function sprintView(id: string, tasks: readonly string[], part: Partial<SprintView> = {}): SprintView {
	return {
		id,
		name: `Name of ${id}`,
		goal: '',
		track: 1,
		tasks,
		dependencies: [],
		range,
		idRange: range,
		...part,
	};
}

export function planModel(part: {
	readonly key?: string;
	readonly tasks?: readonly TaskView[];
	readonly sprints?: readonly SprintView[];
	readonly tracks?: readonly { readonly number: number; readonly name: string }[];
}): PlanModel {
	return {
		id: { rootUri: 'file:///ws', key: part.key ?? 'planning' },
		version: 1,
		name: `Plan ${part.key ?? 'planning'}`,
		form: 'folder',
		files: [range.uri],
		errors: 0,
		warnings: 0,
		tracks: (part.tracks ?? []).map((track) => ({ ...track, range: null })),
		sprints: new Map((part.sprints ?? []).map((sprint) => [sprint.id, sprint])),
		tasks: new Map((part.tasks ?? []).map((task) => [task.id, task])),
	};
}

export function summary(id: string, part: Partial<TaskSummary> = {}): TaskSummary {
	return {
		id,
		status: 'pending',
		iteration: 0,
		tier: null,
		validation: null,
		reason: '',
		needsPerson: false,
		startedAt: null,
		endedAt: null,
		evidence: null,
		exit: null,
		...part,
	};
}
