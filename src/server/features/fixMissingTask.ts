import type { CodeAction, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { Task } from '../../core/plan/plan.ts';
import { idFault } from '../../core/plan/readIds.ts';
import { joinUri, parentUri } from '../../core/plan/uris.ts';
import { canonicalUri } from '../canonicalUri.ts';
import { linesOfText } from './feature.ts';
import type { FixSite } from './fixReferences.ts';
import { isPlain } from './idText.ts';

/** Creates the task that a list names: behind the last one of the file, or as a file of its own. */
export async function missingTaskFix(site: FixSite): Promise<CodeAction[]> {
	const { id, target } = site.problem.data ?? {};
	if (typeof id !== 'string' || target !== 'task' || idFault(id) !== null) {
		return [];
	}
	const edit = site.lookup.plan.form === 'folder' ? newFile(site, id) : await newItem(site, id);
	return edit === null
		? []
		: [
				{
					title: `Create the task ${id}`,
					kind: CodeActionKind.QuickFix,
					diagnostics: [site.diagnostic],
					edit,
				},
			];
}

function newFile({ context, lookup }: FixSite, id: string): WorkspaceEdit | null {
	const { documentChanges, resourceOperations } = context.client.workspace?.workspaceEdit ?? {};
	if (documentChanges !== true || resourceOperations?.includes('create') !== true) {
		return null;
	}
	const neighbour = lookup.parts.find(({ kind }) => kind === 'task')?.uri;
	const folder =
		neighbour === undefined ? joinUri(lookup.plan.id.rootUri, 'docs/planning/tasks') : parentUri(neighbour);
	const uri = canonicalUri(joinUri(folder, `${id}.yaml`));
	const written = isPlain(id, false) ? id : JSON.stringify(id);
	const start = { line: 0, character: 0 };
	const text = { range: { start, end: start }, newText: `id: ${written}\nname: ${written}\n` };
	return {
		documentChanges: [
			{ kind: 'create', uri, options: { overwrite: false, ignoreIfExists: true } },
			{ textDocument: { uri, version: null }, edits: [text] },
		],
	};
}

async function newItem({ context, lookup }: FixSite, id: string): Promise<WorkspaceEdit | null> {
	const last = lookup.plan.tasks.findLast(({ range }) => lookup.part(range.uri)?.kind === 'one-file');
	const text = last === undefined ? null : await context.textOf(last.range.uri);
	if (last === undefined || text === null) {
		return null;
	}
	return { changes: { [last.range.uri]: [itemAfter(text, last, id)] } };
}

function itemAfter(text: string, { range }: Task, id: string): TextEdit {
	const lines = linesOfText(text.replace(/^\uFEFF/, ''));
	const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
	const written = isPlain(id, true) ? id : JSON.stringify(id);
	const before = lines.line(range.start.line).slice(0, range.start.character);
	if (!/^\s*-\s+$/.test(before)) {
		return { range: { start: range.end, end: range.end }, newText: `, {id: ${written}, name: ${written}}` };
	}
	const indent = ' '.repeat(before.length);
	const at = { line: range.end.line, character: lines.line(range.end.line).length };
	const item = `${lineEnd}${before}id: ${written}${lineEnd}${indent}name: ${written}`;
	return { range: { start: at, end: at }, newText: item };
}
