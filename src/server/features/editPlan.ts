import { assertNever } from '../../core/base/assertNever.ts';
import { addTask } from '../../core/plan/edits/addTask.ts';
import { changeDependency } from '../../core/plan/edits/changeDependency.ts';
import { moveToSprint } from '../../core/plan/edits/moveToSprint.ts';
import { renameIds } from '../../core/plan/edits/renameIds.ts';
import { renumbered } from '../../core/plan/edits/renumber.ts';
import type { FileChange } from '../../core/plan/edits/textChange.ts';
import type { PlanWish } from '../../protocol/lsp.ts';
import { editPlanRequest } from '../../protocol/lsp.ts';
import type { Feature, FeatureContext } from './feature.ts';
import type { PlanLookup } from './planLookup.ts';
import { importedStateFiles } from './rename.ts';
import { editedPlan, toWorkspaceEdit } from './workspaceEdit.ts';

/** Edits of a plan that views ask for: the server knows where everything is written. */
export const editPlanFeature: Feature = {
	capabilities: {},
	register(connection, context) {
		connection.onRequest(editPlanRequest, async ({ plan, wish }) => {
			const lookup = context
				.allLookups()
				.find((each) => each.plan.id.rootUri === plan.rootUri && each.plan.id.key === plan.key);
			if (lookup === undefined) {
				return { fault: 'This plan is not there any more.' };
			}
			const changes = await changesFor(context, lookup, wish);
			return 'fault' in changes
				? changes
				: { edit: changes.length === 0 ? null : toWorkspaceEdit(context.client, changes) };
		});
	},
};

async function changesFor(
	context: FeatureContext,
	lookup: PlanLookup,
	wish: PlanWish,
): Promise<readonly FileChange[] | { readonly fault: string }> {
	const edited = editedPlan(context, lookup);
	switch (wish.kind) {
		case 'add-task': {
			const added = await addTask(edited, wish);
			return 'fault' in added ? added : added.changes;
		}
		case 'move-to-sprint':
			return await moveToSprint(edited, wish);
		case 'dependency':
			return await changeDependency(edited, wish);
		case 'renumber':
			return await renumber(context, lookup, wish.keep);
		default:
			return assertNever(wish);
	}
}

async function renumber(context: FeatureContext, lookup: PlanLookup, begun: readonly string[]) {
	const completed = lookup.parts.flatMap((part) => part.completed ?? []).map(({ value }) => value);
	const stateFiles = await importedStateFiles(context, lookup);
	const names = renumbered(lookup.plan, new Set([...begun, ...completed]));
	return await renameIds(editedPlan(context, lookup), { kind: 'task', names, ids: lookup.ids, stateFiles });
}
