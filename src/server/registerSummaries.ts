import type { ClientCapabilities, Connection } from 'vscode-languageserver/node';
import {
	CodeActionKind,
	CodeActionRequest,
	DidChangeTextDocumentNotification,
	DidCloseTextDocumentNotification,
	DidOpenTextDocumentNotification,
	TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { summaryGlobs } from '../core/plan/planFiles.ts';

/**
 * Asks an editor for the texts of Markdown summaries, whose figures are checked, and for their quick fixes. Everything else
 * in them belongs to whoever cares for Markdown: a formatter of ours, say, would be one too many.
 */
export async function registerSummaries(
	{ client }: Connection,
	{ textDocument }: ClientCapabilities,
	folders: readonly string[],
): Promise<void> {
	const { synchronization, codeAction } = textDocument ?? {};
	if (synchronization?.dynamicRegistration !== true || codeAction?.dynamicRegistration !== true) {
		return;
	}
	const schemes = new Set(['file', ...folders.map((folder) => folder.slice(0, folder.indexOf(':')))]);
	const documentSelector = [...schemes].flatMap((scheme) =>
		summaryGlobs.map((pattern) => ({ scheme, pattern })),
	);
	await client.register(DidOpenTextDocumentNotification.type, { documentSelector });
	await client.register(DidChangeTextDocumentNotification.type, {
		documentSelector,
		syncKind: TextDocumentSyncKind.Incremental,
	});
	await client.register(DidCloseTextDocumentNotification.type, { documentSelector });
	await client.register(CodeActionRequest.type, {
		documentSelector,
		codeActionKinds: [CodeActionKind.QuickFix],
	});
}
