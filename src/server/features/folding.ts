import type { FoldingRange } from 'vscode-languageserver/node';
import { FoldingRangeKind } from 'vscode-languageserver/node';
import { foldLines } from '../../core/plan/cursor/foldLines.ts';
import { canonicalUri } from '../canonicalUri.ts';
import type { Feature } from './feature.ts';
import { linesOf } from './feature.ts';

/** Folding of blocks, tasks and comments. An editor asks either providers or its own indentation, so this does all of it. */
export const foldingFeature: Feature = {
	capabilities: { foldingRangeProvider: true },
	register(connection, context) {
		connection.onFoldingRanges(({ textDocument }) => {
			const document = context.document(canonicalUri(textDocument.uri));
			if (document === undefined) {
				return null;
			}
			return foldLines(linesOf(document)).map(
				({ start, end, isComment }): FoldingRange => ({
					startLine: start,
					endLine: end,
					...(isComment && { kind: FoldingRangeKind.Comment }),
				}),
			);
		});
	},
};
