import type { CompletionItem } from 'vscode-languageserver/node';
import { CompletionItemKind } from 'vscode-languageserver/node';
import { knownValues } from '../../core/plan/cursor/knownValues.ts';
import { isPlain } from '../../core/plan/edits/idText.ts';
import type { CompletionSite } from './completionSite.ts';
import type { RankedId } from './rankIds.ts';
import { rankSprints, rankTasks } from './rankIds.ts';

/** What may stand as the value of the field at the cursor: ids, agents, tracks, known words. */
export function completeValues(site: CompletionSite): CompletionItem[] {
	const { place } = site;
	if (place.role !== 'value' || !isBehindBlank(site)) {
		return [];
	}
	const ids = idsFor(site);
	const offered = new Set(ids.map(({ id }) => id));
	const words = knownValues(place.mapping, place.field)
		.filter(({ value }) => !offered.has(value) && !(place.inList && value === 'none'))
		.map(({ value, doc }, index) => ({
			...base(site, value, ids.length + index),
			kind: CompletionItemKind.EnumMember,
			...(doc !== '' && { documentation: doc }),
		}));
	return [...ids.map((ranked, index) => toItem(site, ranked, index)), ...words];
}

/** Right behind a colon a value would become part of the name. */
function isBehindBlank({ line, node }: CompletionSite): boolean {
	return !/:$/.test(line.slice(0, node.start));
}

function idsFor(site: CompletionSite): readonly RankedId[] {
	const { place, lookup } = site;
	if (place.role !== 'value' || lookup === null) {
		return [];
	}
	const name = `${place.mapping}.${place.field}`;
	switch (name) {
		case 'task.dependencies':
		case 'sprint.tasks':
			return place.inList ? rankTasks(lookup, site) : [];
		case 'sprint.dependencies':
			return place.inList ? rankSprints(lookup, site) : [];
		case 'task.agent':
		case 'defaults.agent':
		case 'check.agent':
			return lookup.agents.map((id) => ({ id, detail: id === 'shell' ? 'runs a command' : 'agent' }));
		case 'task.type':
			return typesOf(lookup.plan.tasks);
		case 'sprint.track':
			return lookup.plan.tracks.map(({ number, name: title }) => ({ id: String(number), detail: title }));
		default:
			return [];
	}
}

/** Types that the plan uses, the most frequent first. */
function typesOf(tasks: readonly { readonly type?: string }[]): RankedId[] {
	const counts = new Map<string, number>();
	for (const { type } of tasks) {
		if (type !== undefined) {
			counts.set(type, (counts.get(type) ?? 0) + 1);
		}
	}
	const sorted = [...counts].sort(([, a], [, b]) => b - a);
	return sorted.map(([id, count]) => ({ id, detail: `${count} ${count === 1 ? 'task' : 'tasks'}` }));
}

function toItem(site: CompletionSite, { id, detail }: RankedId, index: number): CompletionItem {
	return {
		...base(site, id, index),
		kind: CompletionItemKind.Reference,
		detail,
		// Beside every row, not only that of the one that is chosen.
		...(site.canDescribe && { labelDetails: { description: detail } }),
		// Typing words of a name finds its id as well.
		filterText: `${written(site, id)} ${detail}`,
	};
}

function base(site: CompletionSite, value: string, index: number): CompletionItem {
	const { node, position } = site;
	const newText = written(site, value);
	return {
		label: value,
		sortText: String(index).padStart(5, '0'),
		filterText: newText,
		textEdit: {
			range: {
				start: { line: position.line, character: node.start },
				end: { line: position.line, character: node.end },
			},
			newText,
		},
	};
}

/** In the quotes that were typed, or in those that the value needs. Words of the format are never quoted. */
function written({ line, node, place }: CompletionSite, value: string): string {
	const quote = /^["']/.exec(line.slice(node.start))?.[0] ?? '';
	if (node.end > node.start && quote !== '') {
		return `${quote}${value}${quote}`;
	}
	const isWord = place.role === 'value' && (place.field === 'track' || /^(true|false)$/.test(value));
	return isWord || isPlain(value, node.inFlow) ? value : JSON.stringify(value);
}
