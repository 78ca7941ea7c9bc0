import type { CompletionItem } from 'vscode-languageserver/node';
import { CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver/node';
import type { MappingKind } from '../../core/plan/cursor/placeAt.ts';
import { fieldsOf } from '../../core/plan/cursor/placeAt.ts';
import type { Field } from '../../core/plan/fields.ts';
import type { CompletionSite } from './completionSite.ts';
import { fieldDoc } from './fieldDoc.ts';

/** The fields of the mapping at the cursor that are not there yet. Those that Switchyard only keeps come last. */
export function completeFields(site: CompletionSite): CompletionItem[] {
	const { place, node } = site;
	if (place.role !== 'field') {
		return [];
	}
	const typed = site.line.slice(node.start, node.end).replace(/^["']|["']$/g, '');
	const { fields, names } = fieldsOf(place.mapping);
	const present = new Set(
		[...node.fields.keys()].filter((name) => name !== typed).map((name) => names.get(name)),
	);
	return Object.entries(fields)
		.filter(([name]) => !present.has(name))
		.map(([name, field], index) => toItem(site, place.mapping, { name, field, index }));
}

function toItem(
	site: CompletionSite,
	mapping: MappingKind,
	{ name, field, index }: { readonly name: string; readonly field: Field; readonly index: number },
): CompletionItem {
	const { node, position, line } = site;
	const { line: number } = position;
	const isKept = field.expects === 'anything';
	const hasColon = /^\s*:/.test(line.slice(node.end));
	const isQuoted = /^["']/.test(line.slice(node.start, node.end));
	const quote = isQuoted ? line.charAt(node.start) : '';
	const written = `${quote}${name}${quote}`;
	return {
		label: name,
		kind: CompletionItemKind.Property,
		...(field.expects !== 'anything' && { detail: field.expects }),
		documentation: { kind: MarkupKind.Markdown, value: fieldDoc(mapping, { name, field }) },
		sortText: `${isKept ? 'b' : 'a'}${String(index).padStart(3, '0')}`,
		filterText: written,
		textEdit: {
			range: {
				start: { line: number, character: node.start },
				end: { line: number, character: node.end },
			},
			newText: hasColon ? written : `${written}:${startOfValue(site, name, field)}`,
		},
		...(site.canSnippet && !hasColon && { insertTextFormat: InsertTextFormat.Snippet }),
	};
}

/** Fields that hold blocks begin them on the next line. */
const blocks: ReadonlySet<string> = new Set([
	'tasks',
	'sprints',
	'agents',
	'tracks',
	'plan',
	'defaults',
	'env',
]);

function startOfValue({ canSnippet, node }: CompletionSite, name: string, field: Field): string {
	if (!canSnippet) {
		return ' ';
	}
	if (field.expects.startsWith('a list')) {
		const isBlock = name === 'sprints' || (name === 'tasks' && field.expects === 'a list of tasks');
		return isBlock && !node.inFlow ? '\n  - id: $0' : name === 'verify' ? checks(node.inFlow) : ' [$0]';
	}
	return blocks.has(name) ? (node.inFlow ? ' {$0}' : '\n  $0') : ' $0';
}

function checks(inFlow: boolean): string {
	return inFlow ? ' [{run: [$0]}]' : '\n  - run: [$0]';
}
