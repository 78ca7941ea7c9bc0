import * as vscode from 'vscode';
import type { RunView } from '../../engine/journal/runFollower.ts';
import { requestStop } from '../../engine/journal/runRequests.ts';
import { say } from '../notify/say.ts';
import type { PlanModel } from '../plans/planModel.ts';
import type { RunStore } from '../runs/runStore.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import type { CommandTarget } from './commandTarget.ts';
import { readTarget } from './commandTarget.ts';

/** `switchyard.stop`: a task, the tasks of a sprint or track, or everything that runs in this window. */
export function stop({ plans, runs }: CommandServices): CommandHandler {
	return async (argument) => {
		const target = readTarget(argument, plans.plans);
		const plan = target === null ? undefined : plans.byKey(target.plan);
		const running = (plan === undefined ? plans.plans : [plan]).flatMap((candidate) => {
			const run = atWork(runs, candidate);
			return run === null ? [] : [{ plan: candidate, run }];
		});
		if (running.length === 0) {
			void say.info(vscode.l10n.t('Nothing is running.'));
			return;
		}
		for (const { plan: candidate, run } of running) {
			await requestStop(run.folder, tasksToStop(candidate, target), 'editor');
		}
	};
}

function atWork(runs: RunStore, plan: PlanModel): RunView | null {
	const run = runs.current(plan.id);
	return run?.state === 'running' || run?.state === 'stopping' ? run : null;
}

/** A stop of a sprint also withdraws its tasks that have not started. */
function tasksToStop(plan: PlanModel, target: CommandTarget | null): readonly string[] | 'all' {
	if (target?.task !== undefined) {
		return [target.task];
	}
	if (target?.sprint !== undefined) {
		return plan.sprints.get(target.sprint)?.tasks ?? [];
	}
	if (target?.track !== undefined) {
		const { track } = target;
		return [...plan.sprints.values()]
			.filter((sprint) => sprint.track === track)
			.flatMap((sprint) => sprint.tasks);
	}
	return 'all';
}
