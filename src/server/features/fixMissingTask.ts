import type { CodeAction } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import { addTask } from '../../core/plan/edits/addTask.ts';
import type { FixSite } from './fixReferences.ts';
import { editedPlan, toWorkspaceEdit } from './workspaceEdit.ts';

/** Creates the task that a list names: behind the last one of the file, or as a file of its own. */
export async function missingTaskFix({
	context,
	lookup,
	problem,
	diagnostic,
}: FixSite): Promise<CodeAction[]> {
	const { id, target } = problem.data ?? {};
	if (typeof id !== 'string' || target !== 'task') {
		return [];
	}
	const added = await addTask(editedPlan(context, lookup), { id });
	const edit = 'fault' in added ? null : toWorkspaceEdit(context.client, added.changes);
	return edit === null
		? []
		: [{ title: `Create the task ${id}`, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit }];
}
