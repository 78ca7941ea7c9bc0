import { createHash } from 'node:crypto';
import type { RunPlan } from '../../core/run/runPlan.ts';
import { rulesOf } from '../../core/run/strategies.ts';

/** A run plan as the text that is stored, and the hash that names it in the journal. */
export function formatSnapshot(plan: RunPlan): { readonly text: string; readonly hash: string } {
	const text = JSON.stringify(plan);
	return { text: `${text}\n`, hash: hashOf(text) };
}

/** Null for anything but the bytes of this hash: a snapshot holds commands, and a damaged one must not be run. */
export function parseSnapshot(bytes: Buffer, hash: string): RunPlan | null {
	if (!isSnapshot(bytes, hash)) {
		return null;
	}
	const plan = JSON.parse(bytes.toString('utf8')) as RunPlan;
	return plan.schema === 1 ? withNewerFields(plan) : null;
}

/** True for the bytes that a hash names; the newline behind them is not one of them. */
export function isSnapshot(bytes: Buffer, hash: string): boolean {
	const end = bytes.at(-1) === 0x0a ? -1 : undefined;
	return hashOf(bytes.subarray(0, end)) === hash;
}

/** Snapshots of runs that began before layers and barriers were part of a plan: such a run goes on without them. */
function withNewerFields(plan: RunPlan & { readonly rules?: RunPlan['rules'] }): RunPlan {
	if (plan.rules !== undefined) {
		return plan;
	}
	const rules = { ...rulesOf(plan.strategy, plan.tracks.length), barrier: 'none' as const };
	return { ...plan, rules, tasks: plan.tasks.map((task) => ({ ...task, layer: 1, stage: null })) };
}

function hashOf(text: string | Buffer): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
