import type { ListedRun } from '../engine/journal/listRuns.ts';
import { listRuns } from '../engine/journal/listRuns.ts';
import { callLoader } from '../engine/run/callLoader.ts';
import { locatePlan } from './locatePlan.ts';
import { UsageError } from './usageError.ts';

/** The flags that say which plan a command is about. */
export interface PlanFlags {
	readonly path: string;
	readonly plan?: string | undefined;
}

/**
 * The newest run of the plan that is named, with the folder that the plan belongs to.
 * @param soWhat what follows for the asker from there being none, a part of a sentence
 * @throws UsageError where there is no such plan or no run of it
 */
export async function newestRun(
	{ path, plan }: PlanFlags,
	soWhat?: string,
): Promise<ListedRun & { readonly rootPath: string }> {
	const place = locatePlan(await callLoader({ path, ...(plan === undefined ? {} : { planKey: plan }) }));
	const runs = await listRuns(place.rootPath);
	const newest = runs.filter((run) => place.key === null || run.plan === place.key).at(-1);
	if (newest === undefined) {
		const end = soWhat === undefined ? '.' : `: ${soWhat}.`;
		throw new UsageError(`There is no run of this plan in ${place.rootPath}${end}`);
	}
	return { ...newest, rootPath: place.rootPath };
}
