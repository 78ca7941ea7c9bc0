import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { isImportedState } from '../../core/evidence/importedState.ts';
import { idTextIn } from '../../core/plan/edits/idText.ts';
import { renameIds } from '../../core/plan/edits/renameIds.ts';
import { editedText } from '../../core/plan/edits/textChange.ts';
import type { IdOccurrence } from '../../core/plan/idOccurrences.ts';
import type { Position, SourceRange } from '../../core/plan/plan.ts';
import { idFault } from '../../core/plan/readIds.ts';
import { joinUri } from '../../core/plan/uris.ts';
import { renameOffered } from '../../protocol/lsp.ts';
import { canonicalUri } from '../canonicalUri.ts';
import type { Feature, FeatureContext } from './feature.ts';
import type { PlanLookup } from './planLookup.ts';
import { editedPlan, toWorkspaceEdit } from './workspaceEdit.ts';

/** Renames a task, a sprint or an agent in every file of its plan, and the file that is named after it. */
export const renameFeature: Feature = {
	capabilities: { renameProvider: { prepareProvider: true } },
	register(connection, context) {
		connection.onPrepareRename(async ({ textDocument, position }) => {
			const found = target(context, textDocument.uri, position);
			if (found === null) {
				return null;
			}
			const place = await idPlace(context, found.occurrence);
			return place && { range: place, placeholder: found.occurrence.id };
		});
		connection.onRenameRequest(async ({ textDocument, position, newName }) => {
			const found = target(context, textDocument.uri, position);
			if (found === null) {
				return null;
			}
			const fault = nameFault(found, newName);
			if (fault !== null) {
				return new ResponseError<void>(ErrorCodes.InvalidParams, fault);
			}
			const { kind, id } = found.occurrence;
			if (kind === 'task' && id !== newName) {
				const { id: plan } = found.lookup.plan;
				await connection.sendNotification(renameOffered, { plan, from: id, to: newName });
			}
			return await editFor(context, found, newName);
		});
	},
};

interface Target {
	readonly lookup: PlanLookup;
	readonly occurrence: IdOccurrence;
}

function target(context: FeatureContext, uri: string, position: Position): Target | null {
	const lookup = context.freshLookup(canonicalUri(uri));
	const occurrence = lookup?.ids.at(canonicalUri(uri), position) ?? null;
	// `shell` is a word of the format, and an agent of the settings is not declared in any file of the plan.
	const isFixed =
		occurrence?.kind === 'agent' && !lookup?.ids.of('agent', occurrence.id).some((one) => one.isDefinition);
	return lookup === null || occurrence === null || isFixed ? null : { lookup, occurrence };
}

function nameFault({ lookup, occurrence: { kind, id } }: Target, newName: string): string | null {
	const fault = idFault(newName);
	if (fault !== null) {
		return `The id of a ${kind} ${fault}`;
	}
	const isTaken = newName !== id && lookup.ids.of(kind, newName).some((one) => one.isDefinition);
	return isTaken ? `There is a ${kind} \`${newName}\` already. Choose another id.` : null;
}

async function editFor(
	context: FeatureContext,
	found: Target,
	newName: string,
): Promise<WorkspaceEdit | null> {
	const { lookup, occurrence } = found;
	const changes = await renameIds(editedPlan(context, lookup), {
		kind: occurrence.kind,
		names: new Map([[occurrence.id, newName]]),
		ids: lookup.ids,
		stateFiles: await importedStateFiles(context, lookup),
	});
	return toWorkspaceEdit(context.client, changes);
}

/** The state file of a plan in one file, as long as an import wrote it: later on it is the projection of a journal. */
export async function importedStateFiles(context: FeatureContext, { plan }: PlanLookup): Promise<string[]> {
	const uri = joinUri(plan.id.rootUri, `.switchyard/state/${plan.id.key}.yaml`);
	const text = plan.form === 'file' ? await context.textOf(uri) : null;
	return text !== null && isImportedState(text) ? [uri] : [];
}

async function idPlace(context: FeatureContext, { range, id }: IdOccurrence) {
	const line = await lineOf(context, range);
	const found = line === null ? null : idTextIn(line, range, id);
	return (
		found && {
			start: { line: range.start.line, character: found.start },
			end: { line: range.start.line, character: found.end },
		}
	);
}

/** The line of a range. Null for a range over several lines and for a file that is gone. */
async function lineOf(context: FeatureContext, { uri, start, end }: SourceRange): Promise<string | null> {
	const text = editedText(uri, await context.textOf(uri));
	return start.line === end.line ? (text?.lines.line(start.line) ?? null) : null;
}
