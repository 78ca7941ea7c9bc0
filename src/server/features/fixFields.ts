import type { CodeAction } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { FileText } from '../../core/plan/edits/fieldEdits.ts';
import { fillField, insertField, insertUnder, removeField } from '../../core/plan/edits/fieldEdits.ts';
import { nextId } from '../../core/plan/edits/nextId.ts';
import type { TextChange } from '../../core/plan/edits/textChange.ts';
import type { SourceRange } from '../../core/plan/plan.ts';
import { idFault } from '../../core/plan/readIds.ts';
import { baseName } from '../../core/plan/uris.ts';
import type { FixSite } from './fixReferences.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

/** Repairs of single fields, by the code of the problem. */
export const fieldFixes: Readonly<Record<string, (site: FixSite) => Promise<CodeAction[]>>> = {
	SY101: keepOne,
	SY200: removeIt,
	SY203: giveId,
	SY211: removeIt,
	SY318: removeIt,
	SY331: raiseLevel,
};

/** Takes the field at the problem out. */
async function removeIt(site: FixSite): Promise<CodeAction[]> {
	return removalAt(site, site.problem.range, (name) => `Remove ${name}`);
}

/** Of a key that is given twice either may be the one that is meant. */
async function keepOne(site: FixSite): Promise<CodeAction[]> {
	const first = site.problem.related?.[0]?.range;
	return [
		...(await removalAt(site, site.problem.range, (name) => `Remove this second ${name}`)),
		...(first === undefined ? [] : await removalAt(site, first, (name) => `Remove the first ${name}`)),
	];
}

async function removalAt(
	site: FixSite,
	range: SourceRange,
	title: (name: string) => string,
): Promise<CodeAction[]> {
	const source = await textAt(site, range.uri);
	const edit = source === null ? null : removeField(source, range.start);
	const name = site.problem.code === 'SY318' ? 'agent' : nameIn(source, range);
	return edit === null ? [] : [toAction(site, title(name), { uri: range.uri, edit })];
}

/** Writes a free id: that of the file where the file is a task of its own and its name can be one. */
async function giveId(site: FixSite): Promise<CodeAction[]> {
	const { lookup, problem } = site;
	const { uri, start } = problem.range;
	const { target } = problem.data ?? {};
	const source = await textAt(site, uri);
	if (source === null || (target !== 'task' && target !== 'sprint')) {
		return [];
	}
	const items = target === 'task' ? lookup.plan.tasks : lookup.plan.sprints;
	const own = baseName(uri).replace(/\.\w+$/, '');
	const isFree = idFault(own) === null && items.every(({ id }) => id !== own);
	const part = lookup.part(uri);
	const isAlone = part?.kind === target && part.tasks.length + part.sprints.length === 0;
	const first = target === 'task' ? 'TASK-001' : 'SPRINT-001';
	const id = isAlone && isFree ? own : nextId(items, first);
	const hasName = problem.data?.['field'] === 'id';
	const edit = hasName ? fillField(source, start, id) : insertField(source, start, { name: 'id', value: id });
	return edit === null ? [] : [toAction(site, `Give it the id ${id}`, { uri, edit })];
}

/** Has the plan run its gates, where its header is written. */
async function raiseLevel(site: FixSite): Promise<CodeAction[]> {
	const level = site.problem.data?.['level'];
	const { uri } = site.problem.range;
	const source = await textAt(site, uri);
	const isSaid = site.lookup.plan.header.gateLevel !== undefined;
	if (source === null || typeof level !== 'string' || isSaid) {
		return [];
	}
	const edit = insertUnder(source, 'plan', { name: 'gate_level', value: level });
	return edit === null ? [] : [toAction(site, `Add gate_level: ${level} to the plan`, { uri, edit })];
}

async function textAt({ context }: FixSite, uri: string): Promise<FileText | null> {
	const text = await context.textOf(uri);
	return text === null ? null : { uri, text };
}

/** What is written at a range of one line. */
function nameIn(source: FileText | null, { start, end }: SourceRange): string {
	const lines = (source?.text ?? '').replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
	return (lines[start.line] ?? '').slice(
		start.character,
		end.line === start.line ? end.character : undefined,
	);
}

function toAction(
	{ context, diagnostic }: FixSite,
	title: string,
	{ uri, edit }: { readonly uri: string; readonly edit: TextChange },
): CodeAction {
	return {
		title,
		kind: CodeActionKind.QuickFix,
		diagnostics: [diagnostic],
		edit: toWorkspaceEdit(context.client, [{ kind: 'edit', uri, edits: [edit] }]) ?? { changes: {} },
	};
}
