import type { DocumentHighlight, Location } from 'vscode-languageserver/node';
import { DocumentHighlightKind } from 'vscode-languageserver/node';
import type { IdOccurrence } from '../../core/plan/idOccurrences.ts';
import type { Position } from '../../core/plan/plan.ts';
import { canonicalUri } from '../canonicalUri.ts';
import { toRange } from '../toDiagnostic.ts';
import type { Feature, FeatureContext } from './feature.ts';

/** Definition, references and highlights of ids, through all files of the plan. */
export const navigationFeature: Feature = {
	capabilities: {
		definitionProvider: true,
		referencesProvider: true,
		documentHighlightProvider: true,
	},
	register(connection, context) {
		connection.onDefinition(({ textDocument, position }) =>
			placesOf(context, textDocument.uri, position)
				.filter(({ isDefinition }) => isDefinition)
				.map(toLocation),
		);
		connection.onReferences(({ textDocument, position, context: { includeDeclaration } }) =>
			placesOf(context, textDocument.uri, position)
				.filter(({ isDefinition }) => includeDeclaration || !isDefinition)
				.map(toLocation),
		);
		connection.onDocumentHighlight(({ textDocument, position }) => {
			const uri = canonicalUri(textDocument.uri);
			return placesOf(context, textDocument.uri, position)
				.filter(({ range }) => range.uri === uri)
				.map(toHighlight);
		});
	},
};

/** All places of the id at a position; none where no id is. */
function placesOf(context: FeatureContext, uri: string, position: Position): readonly IdOccurrence[] {
	const lookup = context.freshLookup(canonicalUri(uri));
	const found = lookup?.ids.at(canonicalUri(uri), position) ?? null;
	return lookup === null || found === null ? [] : lookup.ids.of(found.kind, found.id);
}

function toLocation({ range }: IdOccurrence): Location {
	return { uri: range.uri, range: toRange(range) };
}

function toHighlight({ range, isDefinition }: IdOccurrence): DocumentHighlight {
	return {
		range: toRange(range),
		kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
	};
}
