import { createHash } from 'node:crypto';
import type { RunPlan } from '../../core/run/runPlan.ts';
import { rulesOf } from '../../core/run/strategies.ts';

/** A run plan as the text that is stored, and the hash that names it in the journal. */
export function formatSnapshot(plan: RunPlan): { readonly text: string; readonly hash: string } {
	const text = JSON.stringify(plan);
	return { text: `${text}\n`, hash: hashOf(text) };
}

/** Null for anything but the text of this hash: a snapshot holds commands, and a damaged one must not be run. */
export function parseSnapshot(text: string, hash: string): RunPlan | null {
	if (hashOf(text.trimEnd()) !== hash) {
		return null;
	}
	const plan = JSON.parse(text) as RunPlan;
	return plan.schema === 1 ? withNewerFields(plan) : null;
}

/** Snapshots of runs that began before layers and barriers were part of a plan: such a run goes on without them. */
function withNewerFields(plan: RunPlan & { readonly rules?: RunPlan['rules'] }): RunPlan {
	if (plan.rules !== undefined) {
		return plan;
	}
	const rules = { ...rulesOf(plan.strategy, plan.tracks.length), barrier: 'none' as const };
	return { ...plan, rules, tasks: plan.tasks.map((task) => ({ ...task, layer: 1, stage: null })) };
}

function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
