import picomatch from 'picomatch';
import { findingsOf, isRefused, tierOf } from './findings.ts';
import type { RunStep, RunTask } from './runPlan.ts';
import type { AttemptState, StepState } from './runState.ts';
import { freeAgent, workOnTier } from './workOf.ts';
import { unbegunWork } from './workRecord.ts';

/**
 * The step that an attempt is at: whose work or whose checks are due. Null when all are done, or there are none. What was
 * done before is checked last: its checks must see every change of this attempt (T2).
 */
export function currentStep(task: RunTask, attempt: AttemptState): StepState | null {
	const { steps } = attempt;
	if (steps.length === 0) {
		return null;
	}
	const order = [...steps.filter(({ redo }) => redo), ...steps.filter(({ redo }) => !redo)];
	return order.find((step) => !isStepDone(task.steps?.[step.index], step)) ?? null;
}

function isStepDone(declared: RunStep | undefined, step: StepState): boolean {
	const worked = !step.redo || step.outcome === 'ok';
	return worked && step.checks.length >= (declared?.checks.length ?? 0);
}

/**
 * The steps of a new attempt (T2): all of them the first time; then those that were not done, and those whose findings the
 * attempt before ended with. The checks of all of them are made again.
 */
export function stepsOf(
	task: RunTask,
	options: {
		readonly before: AttemptState | undefined;
		readonly iteration: number;
		readonly parked: ReadonlyMap<string, number>;
		readonly at: number;
	},
): StepState[] {
	const { before, iteration, parked, at } = options;
	if (task.steps === undefined) {
		return [];
	}
	const due = dueSteps(task, before);
	return task.steps.map((step, index) => {
		const tier = tierOf(iteration, step.startTier);
		return {
			index,
			redo: due.has(index),
			tier,
			agent: freeAgent(workOnTier(step, tier), parked, at),
			...unbegunWork(),
		};
	});
}

function dueSteps(task: RunTask, before: AttemptState | undefined): Set<number> {
	const steps = task.steps ?? [];
	if (before === undefined || before.steps.length !== steps.length) {
		return new Set(steps.keys());
	}
	const due = new Set(
		before.steps.filter(({ redo, outcome }) => redo && outcome !== 'ok').map(({ index }) => index),
	);
	for (const index of responsibleSteps(task, before)) {
		due.add(index);
	}
	return due.size > 0 ? due : new Set(steps.keys());
}

/**
 * Whose the findings of an attempt are: the step that a finding names, the one whose files it is about, else the step that
 * precedes the check that failed.
 */
export function responsibleSteps(task: RunTask, attempt: AttemptState): number[] {
	const steps = task.steps ?? [];
	const failedAt = attempt.steps.find(({ checks }) => checks.some(isRefused));
	const preceding = failedAt?.index ?? steps.length - 1;
	const isWork = attempt.outcome !== null && attempt.outcome !== 'ok';
	if (isWork || steps.length === 0) {
		// The step whose work failed is not done, and therefore due anyway.
		return [];
	}
	const owners = findingsOf(attempt).map(({ persona, file }) => {
		const named = persona === undefined ? -1 : steps.findIndex((step) => answersTo(step, persona));
		const owning = named >= 0 || file === undefined ? named : steps.findLastIndex((step) => owns(step, file));
		return owning >= 0 ? owning : preceding;
	});
	return [...new Set(owners)].sort((a, b) => a - b);
}

function answersTo(step: RunStep, persona: string): boolean {
	const wanted = persona.trim().toLowerCase();
	return step.persona.toLowerCase() === wanted || step.name.toLowerCase() === wanted;
}

function owns({ touches, produces }: RunStep, file: string): boolean {
	const patterns = [...touches, ...produces];
	return patterns.length > 0 && picomatch.isMatch(file, patterns, { dot: true });
}
