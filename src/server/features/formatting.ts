import type { TextEdit } from 'vscode-languageserver/node';
import { tidyText } from '../../core/plan/cursor/tidyText.ts';
import { canonicalUri } from '../canonicalUri.ts';
import type { Feature } from './feature.ts';
import { kindOfFile } from './feature.ts';

/**
 * Formatting that cannot change what a plan says: white space at the ends of lines outside of texts, and the end of the
 * file. Comments, order, quoting, line ends and indentation stay as they are.
 */
export const formattingFeature: Feature = {
	capabilities: { documentFormattingProvider: true },
	register(connection, context) {
		connection.onDocumentFormatting(({ textDocument }) => {
			const uri = canonicalUri(textDocument.uri);
			const document = context.document(uri);
			if (document === undefined || kindOfFile(context, uri) === null) {
				return null;
			}
			return tidyText(document.getText()).map(
				({ start, end, text }): TextEdit => ({
					range: { start: document.positionAt(start), end: document.positionAt(end) },
					newText: text,
				}),
			);
		});
	},
};
