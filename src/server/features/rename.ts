import type { RenameFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { ErrorCodes, ResponseError, TextDocumentEdit as TextEdits } from 'vscode-languageserver/node';
import type { TextLines } from '../../core/plan/cursor/textLines.ts';
import type { IdOccurrence } from '../../core/plan/idOccurrences.ts';
import type { Position, SourceRange } from '../../core/plan/plan.ts';
import { idFault } from '../../core/plan/readIds.ts';
import { baseName, joinUri, parentUri } from '../../core/plan/uris.ts';
import { canonicalUri } from '../canonicalUri.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { linesOfText } from './feature.ts';
import { idTextIn, writeLike } from './idText.ts';
import type { PlanLookup } from './planLookup.ts';

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
			return fault === null
				? await editFor(context, found, newName)
				: new ResponseError<void>(ErrorCodes.InvalidParams, fault);
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

async function editFor(context: FeatureContext, found: Target, newName: string): Promise<WorkspaceEdit> {
	const { kind, id } = found.occurrence;
	const edits = new Map<string, TextEdit[]>();
	const texts = new Map<string, TextLines | null>();
	const seen = new Set<string>();
	for (const occurrence of found.lookup.ids.of(kind, id)) {
		const { uri, start } = occurrence.range;
		// An anchored list is read once for each alias of it, and is still written once.
		const place = `${uri} ${start.line} ${start.character}`;
		const edit = seen.has(place) ? null : await editOf(context, { occurrence, texts, newName });
		seen.add(place);
		if (edit !== null) {
			edits.set(uri, [...(edits.get(uri) ?? []), edit]);
		}
	}
	return toWorkspaceEdit(context, edits, fileRename(context, found, newName));
}

/** Editors that know no file operations get the edits alone. */
function toWorkspaceEdit(
	{ client }: FeatureContext,
	edits: ReadonlyMap<string, TextEdit[]>,
	rename: RenameFile | null,
): WorkspaceEdit {
	if (client.workspace?.workspaceEdit?.documentChanges !== true) {
		return { changes: Object.fromEntries(edits) };
	}
	const changes: (TextDocumentEdit | RenameFile)[] = [...edits].map(([uri, list]) =>
		TextEdits.create({ uri, version: null }, list),
	);
	return { documentChanges: rename === null ? changes : [...changes, rename] };
}

async function editOf(
	context: FeatureContext,
	options: {
		readonly occurrence: IdOccurrence;
		readonly texts: Map<string, TextLines | null>;
		readonly newName: string;
	},
): Promise<TextEdit | null> {
	const { texts, newName } = options;
	const { range, id } = options.occurrence;
	const line = await lineOf(context, range, texts);
	const found = line === null ? null : idTextIn(line, range, id);
	return (
		found && {
			range: {
				start: { line: range.start.line, character: found.start },
				end: { line: range.start.line, character: found.end },
			},
			newText: writeLike(found.quote, newName, found.isInFlow),
		}
	);
}

async function idPlace(context: FeatureContext, { range, id }: IdOccurrence) {
	const line = await lineOf(context, range, new Map());
	const found = line === null ? null : idTextIn(line, range, id);
	return (
		found && {
			start: { line: range.start.line, character: found.start },
			end: { line: range.start.line, character: found.end },
		}
	);
}

/** The line of a range; each text is read once. Null for a range over several lines and for a file that is gone. */
async function lineOf(
	context: FeatureContext,
	{ uri, start, end }: SourceRange,
	texts: Map<string, TextLines | null>,
): Promise<string | null> {
	if (!texts.has(uri)) {
		const text = await context.textOf(uri);
		texts.set(uri, text === null ? null : linesOfText(text.replace(/^\uFEFF/, '')));
	}
	return start.line === end.line ? (texts.get(uri)?.line(start.line) ?? null) : null;
}

/** The file of a task or sprint that is alone in it and has its name. */
function fileRename({ client }: FeatureContext, found: Target, newName: string): RenameFile | null {
	const operations = client.workspace?.workspaceEdit?.resourceOperations ?? [];
	const { lookup, occurrence } = found;
	const item = { task: lookup.tasks, sprint: lookup.sprints, agent: null }[occurrence.kind]?.get(
		occurrence.id,
	);
	const part = item && lookup.part(item.range.uri);
	if (part === undefined || !operations.includes('rename') || part.tasks.length + part.sprints.length !== 1) {
		return null;
	}
	const [, stem = '', ending = ''] = /^(.*?)(\.(?:yaml|yml|json))$/.exec(baseName(part.uri)) ?? [];
	if (stem !== occurrence.id || (part.kind !== 'task' && part.kind !== 'sprint')) {
		return null;
	}
	const newUri = canonicalUri(joinUri(parentUri(part.uri), `${newName}${ending}`));
	return { kind: 'rename', oldUri: part.uri, newUri, options: { overwrite: false, ignoreIfExists: true } };
}
