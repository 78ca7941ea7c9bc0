import type { CompletionItem } from 'vscode-languageserver/node';
import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver/node';
import { nextId } from '../../core/plan/edits/nextId.ts';
import { baseName } from '../../core/plan/uris.ts';
import type { CompletionSite } from './completionSite.ts';

/** Whole tasks, sprints and checks, where one may begin. */
export function completeSnippets(site: CompletionSite): CompletionItem[] {
	const { node, place } = site;
	if (!site.canSnippet || node.role !== 'open' || node.inFlow) {
		return [];
	}
	if (place.role === 'field') {
		return itemSnippets(site, place.mapping);
	}
	if (
		place.mapping === 'one-file' &&
		!place.inList &&
		(place.field === 'tasks' || place.field === 'sprints')
	) {
		return itemSnippets(site, place.field === 'tasks' ? 'task' : 'sprint', '- ');
	}
	const isVerify = place.field === 'verify' && !place.inList;
	return isVerify ? [snippet(site, { label: 'new check', lines: checkLines, dash: '- ' })] : [];
}

const checkLines = [`run: [${stop(1, 'npm')}, ${stop(2, 'test')}]`];

function itemSnippets(site: CompletionSite, mapping: string, dash = ''): CompletionItem[] {
	if (mapping === 'check') {
		return [snippet(site, { label: 'new check', lines: checkLines, dash })];
	}
	const stem = baseName(site.uri).replace(/\.(yaml|yml|json)$/, '');
	const isOwnFile = site.node.path.length === 0;
	if (mapping === 'task') {
		const id = isOwnFile ? stem : nextId(site.lookup?.plan.tasks ?? [], 'TASK-001');
		const lines = [
			`id: ${stop(1, id)}`,
			`name: ${stop(2, 'What is to be done')}`,
			`type: ${stop(3, 'backend')}`,
			`estimated_hours: ${stop(4, '2')}`,
			'dependencies: [$5]',
			'acceptance_criteria:',
			`  - ${stop(6, 'What must hold when it is done')}`,
			`run: [${stop(7, 'npm')}, ${stop(8, 'run')}, ${stop(9, 'build')}]`,
			'verify:',
			`  - run: [${stop(10, 'npm')}, ${stop(11, 'test')}]`,
		];
		return [snippet(site, { label: 'new task', lines, dash })];
	}
	if (mapping === 'sprint') {
		const id = isOwnFile ? stem : nextId(site.lookup?.plan.sprints ?? [], 'SPRINT-001-01');
		const lines = [
			`id: ${stop(1, id)}`,
			`name: ${stop(2, 'What it is called')}`,
			`track: ${stop(3, '1')}`,
			`goal: ${stop(4, 'What it is for')}`,
			'tasks: [$5]',
		];
		return [snippet(site, { label: 'new sprint', lines, dash })];
	}
	return [];
}

function snippet(
	{ node, position }: CompletionSite,
	{
		label,
		lines,
		dash,
	}: { readonly label: string; readonly lines: readonly string[]; readonly dash: string },
): CompletionItem {
	// The editor indents further lines like the first one, which may begin behind a dash.
	const isBehindDash = node.path.at(-1) === '[]' && dash === '';
	const indent = isBehindDash || dash !== '' ? '  ' : '';
	return {
		label,
		kind: CompletionItemKind.Snippet,
		detail: 'with all that is usual',
		sortText: '!',
		insertTextFormat: InsertTextFormat.Snippet,
		textEdit: {
			range: {
				start: { line: position.line, character: node.start },
				end: { line: position.line, character: node.end },
			},
			newText: `${dash}${lines.join(`\n${indent}`)}`,
		},
	};
}

/** A place where the cursor stops, with the text that stands there at first. */
function stop(number: number, text: string): string {
	return `\${${number}:${text.replace(/[\\$}]/g, '\\$&')}}`;
}
