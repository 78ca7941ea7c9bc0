import type { TaskSummary } from '../../core/run/runState.ts';
import type { RunView } from '../../engine/journal/runFollower.ts';
import type { GraphPlan, GraphRun, GraphStatus } from '../../protocol/graphView.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';

/** What the graph shows of a plan. */
export function planFacts(plan: PlanModel, revision: number): GraphPlan {
	return {
		key: planKey(plan.id),
		name: plan.name,
		revision,
		errors: plan.errors,
		tracks: plan.tracks.map(({ number, name }) => ({ number, name })),
		sprints: Array.from(plan.sprints.values(), ({ id, name, track, tasks }) => ({
			id,
			name,
			track,
			tasks: [...tasks],
		})),
		tasks: Array.from(plan.tasks.values(), (task) => ({
			id: task.id,
			name: task.name,
			type: task.type,
			estimateMinutes: task.estimateMinutes,
			dependencies: [...task.dependencies],
			worst: task.worst,
		})),
	};
}

/** What the graph shows of a task's run. */
export function statusFacts(summary: TaskSummary): GraphStatus {
	return {
		id: summary.id,
		status: summary.status,
		iteration: summary.iteration,
		validation: summary.validation,
		reason: summary.reason,
		needsPerson: summary.needsPerson,
		hasEvidence: summary.evidence !== null,
		startedAt: summary.startedAt,
		endedAt: summary.endedAt,
	};
}

export function runFacts(run: RunView | null): GraphRun | null {
	return run === null ? null : { id: run.run, state: run.state };
}
