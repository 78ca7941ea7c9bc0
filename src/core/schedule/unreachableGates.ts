import type { Plan } from '../plan/plan.ts';
import type { PlacedGate } from '../run/placeGates.ts';
import { placeGates } from '../run/placeGates.ts';
import type { RunPlan } from '../run/runPlan.ts';
import type { PreviewWarning } from './previewReport.ts';

/** Gates that the plan declares and that no run of it by this strategy reaches (S1, P6). */
export function unreachableGates(plan: Plan, runPlan: RunPlan): PreviewWarning[] {
	const level = plan.header.gateLevel ?? runPlan.rules.gates;
	const layers = runPlan.tasks.reduce((most, { layer }) => Math.max(most, layer), 0);
	return placeGates(plan).flatMap((gate): PreviewWarning[] => {
		const why = reasonAgainst(gate, { level, strategy: runPlan.strategy, layers });
		return why === null
			? []
			: [{ kind: 'unreachable-gate', message: `The gate ${gate.name} is never reached: ${why}.`, tasks: [] }];
	});
}

function reasonAgainst(
	{ at, only }: PlacedGate,
	run: { readonly level: RunPlan['rules']['gates']; readonly strategy: string; readonly layers: number },
): string | null {
	if (at !== 'task' && run.level === 'basic') {
		return `strategy ${run.strategy} runs the checks of tasks only`;
	}
	if (at !== 'layer') {
		return null;
	}
	if (run.level !== 'strict') {
		return `gates at layers are run by strict strategies (conservative, sequential), not by ${run.strategy}`;
	}
	const reached = only.size === 0 || [...only].some((layer) => Number(layer) <= run.layers);
	return reached ? null : `the plan has ${run.layers} layers, not ${[...only].join(', ')}`;
}
