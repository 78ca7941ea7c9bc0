import type { LoaderReply } from '../protocol/loaderReply.ts';
import { UsageError } from './usageError.ts';

/** Root and key of the plan a path means; a plan with errors still has runs to look at (`key` null: any plan there). */
export function locatePlan(reply: LoaderReply): { readonly rootPath: string; readonly key: string | null } {
	switch (reply.kind) {
		case 'plan':
			return { rootPath: reply.rootPath, key: reply.runPlan.key };
		case 'faults':
			return { rootPath: reply.rootPath, key: null };
		case 'no-plan':
			throw new UsageError(reply.message);
	}
}
