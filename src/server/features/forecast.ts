import type { PlanId } from '../../core/plan/plan.ts';
import type { ConfiguredAgent } from '../../core/run/agentTable.ts';
import type { RunChoice, RunPlan } from '../../core/run/runPlan.ts';
import { defaultStrategy } from '../../core/run/strategies.ts';
import { toForecastPlan } from '../../core/run/toForecastPlan.ts';
import { unreachableGates } from '../../core/schedule/unreachableGates.ts';
import type { ForecastPlan } from '../../protocol/lsp.ts';
import { forecastPlanRequest } from '../../protocol/lsp.ts';
import type { Feature } from './feature.ts';
import type { PlanLookup } from './planLookup.ts';

/** The plan as a run would take it, from the open editors: what previews simulate. */
export const forecastFeature: Feature = {
	capabilities: {},
	register(connection, context) {
		connection.onRequest(forecastPlanRequest, ({ plan, agents, choice }) => {
			const lookup = context.allLookups().find(({ plan: known }) => isSame(known.id, plan));
			return lookup === undefined ? null : forecastPlan(lookup, { agents, choice });
		});
	},
};

/**
 * What a preview needs of a plan, which may have errors: an id that names no task holds nothing up, and a task that
 * nobody can run takes its time all the same.
 */
export function forecastPlan(
	{ plan, problems }: Pick<PlanLookup, 'plan' | 'problems'>,
	{ agents, choice = {} }: { readonly agents: readonly ConfiguredAgent[]; readonly choice?: RunChoice },
): ForecastPlan {
	const { runPlan, faults } = toForecastPlan(plan, choice, agents);
	return {
		runPlan: withoutTexts(runPlan),
		faults: faults.map(({ task, message }) => ({ task, message })),
		warnings: unreachableGates(plan, runPlan).map(({ message, tasks }) => ({
			task: tasks[0] ?? '',
			message,
		})),
		ownStrategy: plan.header.strategy?.value ?? defaultStrategy(plan),
		errors: problems.filter(({ severity }) => severity === 'error').length,
	};
}

/** Texts for workers are most of a plan's bytes, and no forecast reads them. */
function withoutTexts(plan: RunPlan): RunPlan {
	return {
		...plan,
		tasks: plan.tasks.map((task) => ({
			...task,
			description: '',
			acceptanceCriteria: [],
			env: {},
			work:
				task.work.kind === 'agent'
					? { ...task.work, env: {}, prompt: { kind: 'text', text: '' } }
					: task.work,
		})),
	};
}

function isSame(a: PlanId, b: PlanId): boolean {
	return a.rootUri === b.rootUri && a.key === b.key;
}
