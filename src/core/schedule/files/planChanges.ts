import type { Plan } from '../../plan/plan.ts';
import { joinUri } from '../../plan/uris.ts';
import type { PlanningTask } from '../planningTask.ts';
import type { TrackPlan } from '../trackPlan.ts';
import type { FileChange } from './fileChange.ts';
import { changeOf } from './fileChange.ts';
import { oneFileChange } from './oneFileChange.ts';
import type { DocumentInput } from './planDocuments.ts';
import { dependencyGraph, sprintOverview, taskSummary } from './planDocuments.ts';
import { isUntouched, withPlanMark } from './planMark.ts';
import { sprintRows } from './planTable.ts';
import { sprintFileChanges } from './sprintFiles.ts';
import { trackNameChanges } from './trackNames.ts';

/** Documents of the folder form that planning writes (FORMATS 1.1), with what makes them. */
const documents: readonly (readonly [path: string, render: (input: DocumentInput) => string])[] = [
	['docs/planning/TASK_SUMMARY.md', taskSummary],
	['docs/planning/task-dependency-graph.md', dependencyGraph],
	['docs/sprints/SPRINT_OVERVIEW.md', sprintOverview],
];

/** The files besides those of the plan whose texts `planChanges` has to know, as far as they exist. */
export function documentUris(plan: Plan): string[] {
	return plan.form === 'file'
		? []
		: [...documents.map(([path]) => path), 'docs/planning/switchyard.yaml'].map((path) =>
				joinUri(plan.id.rootUri, path),
			);
}

export interface PlanChangeInput {
	readonly plan: Plan;
	readonly tasks: readonly PlanningTask[];
	readonly trackPlan: TrackPlan;
	/** Texts of the plan's files and of its documents, by URI; what is not in it does not exist. */
	readonly texts: ReadonlyMap<string, string>;
}

/**
 * What has to change on disk so that a plan has these tracks and sprints: nothing where it has them already. Pure: the
 * caller shows, asks and writes. A plan in one file is edited in place; the folder form gets a file for each sprint and
 * the documents about it.
 */
export function planChanges({ plan, tasks, trackPlan, texts }: PlanChangeInput): FileChange[] {
	const rows = sprintRows(trackPlan.tracks, plan.sprints);
	if (plan.form === 'file') {
		const uri = plan.files[0] ?? '';
		const text = texts.get(uri);
		return text === undefined ? [] : oneFileChange(plan, { tracks: trackPlan.tracks, rows }, { uri, text });
	}
	const input: DocumentInput = { plan, tasks, trackPlan, rows };
	return [
		...trackNameChanges(plan, trackPlan.tracks, texts),
		...sprintFileChanges(plan, rows, texts),
		...documents.flatMap(([path, render]) => {
			const uri = joinUri(plan.id.rootUri, path);
			const before = texts.get(uri) ?? null;
			const kind = before === null ? 'new' : isUntouched(before, 'markdown') ? 'update' : 'overwrite';
			return changeOf({ uri, kind, before, after: withPlanMark(render(input), 'markdown') });
		}),
	];
}
