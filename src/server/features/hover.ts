import type { Hover } from 'vscode-languageserver/node';
import { MarkupKind } from 'vscode-languageserver/node';
import { nodeAt } from '../../core/plan/cursor/nodeAt.ts';
import { fieldOf, placeAt } from '../../core/plan/cursor/placeAt.ts';
import type { Position } from '../../core/plan/plan.ts';
import { canonicalUri } from '../canonicalUri.ts';
import { toRange } from '../toDiagnostic.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { kindOfFile, linesOf } from './feature.ts';
import { fieldDoc } from './fieldDoc.ts';
import { hoverCard } from './hoverCard.ts';

/** The card of the id at the cursor, or the documentation of the field. */
export const hoverFeature: Feature = {
	capabilities: { hoverProvider: true },
	register(connection, context) {
		connection.onHover(({ textDocument, position }) => {
			const uri = canonicalUri(textDocument.uri);
			return idHover(context, uri, position) ?? fieldHover(context, uri, position);
		});
	},
};

function idHover(context: FeatureContext, uri: string, position: Position): Hover | null {
	const lookup = context.freshLookup(uri);
	const found = lookup?.ids.at(uri, position) ?? null;
	if (lookup === null || found === null) {
		return null;
	}
	const value = hoverCard(lookup, found);
	return { contents: { kind: MarkupKind.Markdown, value }, range: toRange(found.range) };
}

function fieldHover(context: FeatureContext, uri: string, position: Position): Hover | null {
	const document = context.document(uri);
	const kind = kindOfFile(context, uri);
	if (document === undefined || kind === null) {
		return null;
	}
	const node = nodeAt(linesOf(document), position);
	const place = node === null ? null : placeAt(kind, node);
	if (node === null || node.role !== 'key' || place?.role !== 'field') {
		return null;
	}
	const { line } = position;
	const range = { start: { line, character: node.start }, end: { line, character: node.end } };
	const name = document.getText(range).replace(/^["']|["']$/g, '');
	const known = fieldOf(place.mapping, name);
	if (known === undefined) {
		return null;
	}
	return { contents: { kind: MarkupKind.Markdown, value: fieldDoc(place.mapping, known) }, range };
}
