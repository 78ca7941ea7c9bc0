import type { ClientCapabilities, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocumentEdit } from 'vscode-languageserver/node';
import type { EditedPlan, FileChange } from '../../core/plan/edits/textChange.ts';
import { canonicalUri } from '../canonicalUri.ts';
import type { FeatureContext } from './feature.ts';
import type { PlanLookup } from './planLookup.ts';

type DocumentChange = NonNullable<WorkspaceEdit['documentChanges']>[number];

/**
 * Changes of a plan as the editor applies them. Editors that know no file operations get the changes of texts alone, and null
 * where without a new file nothing would be left.
 */
export function toWorkspaceEdit(
	client: ClientCapabilities,
	changes: readonly FileChange[],
): WorkspaceEdit | null {
	const { documentChanges, resourceOperations = [] } = client.workspace?.workspaceEdit ?? {};
	const isPossible = changes.every(({ kind }) => kind !== 'create' || resourceOperations.includes('create'));
	if (!isPossible) {
		return null;
	}
	if (documentChanges !== true) {
		const edits = changes.flatMap((change) => (change.kind === 'edit' ? [change] : []));
		return { changes: Object.fromEntries(edits.map(({ uri, edits: list }) => [uri, [...list]])) };
	}
	const possible = changes.filter(({ kind }) => kind !== 'rename' || resourceOperations.includes('rename'));
	return { documentChanges: possible.flatMap(toDocumentChanges) };
}

function toDocumentChanges(change: FileChange): DocumentChange[] {
	switch (change.kind) {
		case 'edit':
			return [TextDocumentEdit.create({ uri: change.uri, version: null }, [...change.edits])];
		case 'create': {
			const uri = canonicalUri(change.uri);
			const start = { line: 0, character: 0 };
			const text = { range: { start, end: start }, newText: change.text };
			return [
				{ kind: 'create', uri, options: { overwrite: false, ignoreIfExists: true } },
				TextDocumentEdit.create({ uri, version: null }, [text]),
			];
		}
		case 'rename': {
			const options = { overwrite: false, ignoreIfExists: true };
			return [{ kind: 'rename', oldUri: change.uri, newUri: canonicalUri(change.newUri), options }];
		}
	}
}

/** A plan of the server as edits want it: with the texts that the editor has open, or that are saved. */
export function editedPlan(context: FeatureContext, { plan, parts }: PlanLookup): EditedPlan {
	return { plan, parts, textOf: (uri) => context.textOf(uri) };
}
