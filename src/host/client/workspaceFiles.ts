import * as vscode from 'vscode';
import { skippedFolders } from '../activation/planSearch.ts';

/** The server's FileSource for what `node:fs` cannot reach: virtual workspaces. */
export async function readFile(uri: string): Promise<{ text: string } | { error: string }> {
	try {
		const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(uri, true));
		return { text: new TextDecoder().decode(bytes) };
	} catch (error) {
		return { error: error instanceof Error ? error.message : String(error) };
	}
}

/** URIs of the files below a folder that match any of the globs. */
export async function findFiles(folderUri: string, globs: readonly string[]): Promise<string[]> {
	const pattern = new vscode.RelativePattern(vscode.Uri.parse(folderUri, true), `{${globs.join(',')}}`);
	const files = await vscode.workspace.findFiles(pattern, skippedFolders);
	return files.map((file) => file.toString());
}
