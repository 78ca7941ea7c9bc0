import type { PlanId } from '../../core/plan/plan.ts';
import type { RunView } from '../../engine/journal/runFollower.ts';
import type { InboxRun } from '../needs/inbox.ts';
import { inboxOf } from '../needs/inbox.ts';
import type { PlanModel } from '../plans/planModel.ts';

/** Everything the window's plans add up to, for the status bar, the badge and the context keys. */
export interface PlanStatus {
	readonly plans: number;
	readonly total: number;
	readonly done: number;
	readonly running: number;
	/** What cannot go on unless a person decides: as many as "Needs You" asks. */
	readonly needPerson: number;
	readonly errors: number;
	/** A live engine works on one of the plans. */
	readonly isRunning: boolean;
	/** Plans whose run broke off. */
	readonly interrupted: readonly PlanModel[];
}

/** Adds up the plans of the window and their runs. */
export function planStatus(
	plans: readonly PlanModel[],
	runOf: (id: PlanId) => (Pick<RunView, 'state' | 'totals'> & InboxRun) | null,
): PlanStatus {
	let [total, done, running, errors] = [0, 0, 0, 0];
	let isRunning = false;
	const interrupted: PlanModel[] = [];
	for (const plan of plans) {
		const run = runOf(plan.id);
		total += plan.tasks.size;
		errors += plan.errors;
		if (run === null) {
			continue;
		}
		done += run.totals.completed;
		running += run.totals.running;
		isRunning ||= run.state === 'running' || run.state === 'stopping';
		if (run.state === 'interrupted') {
			interrupted.push(plan);
		}
	}
	const needPerson = inboxOf(plans, runOf).filter(({ isAsked }) => isAsked).length;
	return { plans: plans.length, total, done, running, needPerson, errors, isRunning, interrupted };
}
