import type { CompletionItem, CompletionList, Position } from 'vscode-languageserver/node';
import { nodeAt } from '../../core/plan/cursor/nodeAt.ts';
import { placeAt } from '../../core/plan/cursor/placeAt.ts';
import { canonicalUri } from '../canonicalUri.ts';
import { completeFields } from './completeFields.ts';
import { completeSnippets } from './completeSnippets.ts';
import { completeValues } from './completeValues.ts';
import type { CompletionSite } from './completionSite.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { kindOfFile, linesOf } from './feature.ts';

/** More than this nobody looks at; further letters bring up the others. */
const maxItems = 200;

/** Fields that are not there yet, known values, ids by likeliness, and snippets. Takes the plan as it was checked last. */
export const completionFeature: Feature = {
	capabilities: { completionProvider: { triggerCharacters: ['[', '{', ',', ' '] } },
	register(connection, context) {
		connection.onCompletion(({ textDocument, position }) => {
			const site = siteAt(context, canonicalUri(textDocument.uri), position);
			return site === null ? null : complete(site);
		});
	},
};

function siteAt(context: FeatureContext, uri: string, position: Position): CompletionSite | null {
	const document = context.document(uri);
	const kind = kindOfFile(context, uri);
	if (document === undefined || kind === null) {
		return null;
	}
	const lines = linesOf(document);
	const node = nodeAt(lines, position);
	const place = node === null ? null : placeAt(kind, node);
	if (node === null || place === null) {
		return null;
	}
	return {
		uri,
		node,
		place,
		line: lines.line(position.line),
		position,
		lookup: context.lookup(uri),
		canDescribe: context.client.textDocument?.completion?.completionItem?.labelDetailsSupport === true,
		canSnippet: context.client.textDocument?.completion?.completionItem?.snippetSupport === true,
	};
}

function complete(site: CompletionSite): CompletionList {
	const items: CompletionItem[] = [
		...completeSnippets(site),
		...(site.place.role === 'field' ? completeFields(site) : completeValues(site)),
	];
	return { isIncomplete: items.length > maxItems, items: items.slice(0, maxItems) };
}
