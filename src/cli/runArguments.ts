import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { strategyNames } from '../core/plan/headerFields.ts';
import type { RunChoice } from '../core/run/runPlan.ts';
import { readDollars } from '../core/run/spending.ts';
import type { StartRunOptions } from '../engine/run/startRun.ts';
import { UsageError } from './usageError.ts';

/** The options of `switchyard run` as commander hands them over. */
export interface RunFlags {
	readonly track?: string;
	readonly task?: string;
	readonly from?: string;
	readonly resume?: boolean;
	readonly jobs?: string;
	readonly strategy?: string;
	readonly agents?: string;
	readonly agent?: string;
	readonly withDeps?: boolean;
	readonly new?: boolean;
	readonly again?: boolean;
	readonly recheck?: boolean;
	readonly yes?: boolean;
	readonly takeOver?: boolean;
	readonly dryRun?: boolean;
	readonly json?: boolean;
	readonly face?: string;
	readonly plan?: string;
	readonly agentsFile?: string;
	readonly agentLimit?: string;
	readonly budget?: string;
}

/**
 * Tells PATH from scope: a positional that is `all` or a sprint id is the scope, any other is PATH. A word that looks
 * like neither is reported by the step that cannot find it.
 */
export async function splitPositionals(
	words: readonly string[],
): Promise<{ path: string; scope: string | null }> {
	let path: string | null = null;
	let scope: string | null = null;
	for (const word of words) {
		// After a path only a scope can follow, whatever files happen to be named like it.
		const isScope = word === 'all' || path !== null || (!looksLikePath(word) && !(await exists(word)));
		if (isScope && scope === null) {
			scope = word;
		} else if (!isScope && path === null) {
			path = word;
		} else {
			throw new UsageError(`“${word}” is one too many: give at most one path and one sprint id (or all).`);
		}
	}
	return { path: path ?? '.', scope };
}

/** A scope of the plan, or what an open run has not finished. */
export type RunRequest = StartRunOptions['request'];

/** Exactly one of all, a sprint, a track, a task, or a task and what follows it. */
export function scopeRequest(scope: string | null, flags: RunFlags): RunRequest {
	const wanted: RunRequest[] = [];
	if (scope !== null && scope !== 'all') {
		wanted.push({ kind: 'sprint', id: scope });
	}
	if (flags.track !== undefined) {
		wanted.push({ kind: 'track', number: positiveInteger('--track', flags.track) });
	}
	if (flags.task !== undefined) {
		wanted.push({ kind: 'task', id: flags.task });
	}
	if (flags.from !== undefined) {
		wanted.push({ kind: 'from', id: flags.from });
	}
	if (flags.resume === true) {
		wanted.push({ kind: 'resume' });
	}
	if (wanted.length > 1) {
		throw new UsageError('Give one of: a sprint id, --track, --task, --from, --resume.');
	}
	return wanted[0] ?? { kind: 'all' };
}

/** What becomes of the finished tasks of the scope: nothing, unless it is asked for (S5, FORMATS 2.1). */
export function whatAgain({ again, recheck, new: fresh, resume }: RunFlags): StartRunOptions['again'] {
	if (again !== true && recheck !== true) {
		return null;
	}
	const flag = again === true ? '--again' : '--recheck';
	if (again === true && recheck === true) {
		throw new UsageError('Give one of: --again (do it anew), --recheck (only judge it anew).');
	}
	if (fresh === true || resume === true) {
		throw new UsageError(
			`${flag} is about finished tasks: it does not go with ${fresh === true ? '--new, which begins with none' : '--resume, which takes up unfinished ones'}.`,
		);
	}
	return again === true ? 'work' : 'checks';
}

/** What `--strategy`, `--agents` and `--agent` choose for the run. */
export function runChoice({
	strategy,
	agents,
	agent,
}: Pick<RunFlags, 'strategy' | 'agents' | 'agent'>): RunChoice {
	const known = strategyNames.find((name) => name === strategy);
	if (strategy !== undefined && known === undefined) {
		throw new UsageError(`There is no strategy “${strategy}”. Strategies: ${strategyNames.join(', ')}.`);
	}
	return {
		...(known !== undefined && { strategy: known }),
		...(agents !== undefined && { agents: positiveInteger('--agents', agents) }),
		...(agent !== undefined && { agent }),
	};
}

/** An amount of US dollars: `20`, `0.50`, `$20`. */
export function amountOfMoney(flag: string, text: string): number {
	const amount = readDollars(text);
	if (amount === null) {
		throw new UsageError(`${flag} takes an amount of US dollars such as 20 or 0.50, not “${text}”.`);
	}
	return amount;
}

/** `--track 01` means 1. */
export function positiveInteger(flag: string, text: string): number {
	if (!/^\d{1,6}$/.test(text) || Number(text) < 1) {
		throw new UsageError(`${flag} takes a whole number from 1, not “${text}”.`);
	}
	return Number(text);
}

function looksLikePath(word: string): boolean {
	return /[\\/]|\.(ya?ml|json|md)$/i.test(word) || isAbsolute(word);
}

async function exists(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		() => false,
	);
}
