import * as vscode from 'vscode';
import type { SourceRange } from '../../core/plan/plan.ts';

/**
 * Puts the cursor on a place of a plan without hiding the graph: in an editor that shows the file already, else in
 * another group of the window, else in a new one beside the graph.
 */
export async function revealBeside(
	range: SourceRange,
	graphColumn: vscode.ViewColumn | undefined,
): Promise<void> {
	const { uri, start, end } = range;
	await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), {
		selection: new vscode.Range(start.line, start.character, end.line, end.character),
		viewColumn: columnFor(uri, graphColumn),
	});
}

function columnFor(uri: string, graphColumn: vscode.ViewColumn | undefined): vscode.ViewColumn {
	const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri);
	if (shown?.viewColumn !== undefined) {
		return shown.viewColumn;
	}
	const other = vscode.window.tabGroups.all.find((group) => group.viewColumn !== graphColumn);
	return other?.viewColumn ?? vscode.ViewColumn.Beside;
}
