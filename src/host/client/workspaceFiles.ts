import * as vscode from 'vscode';
import type { FolderEntry } from '../../core/plan/fileTree.ts';

/** The server's FileSource for what `node:fs` cannot reach: virtual workspaces. */
export async function readFile(uri: string): Promise<{ text: string } | { error: string }> {
	try {
		const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(uri, true));
		return { text: new TextDecoder().decode(bytes) };
	} catch (error) {
		return { error: error instanceof Error ? error.message : String(error) };
	}
}

/** What is in a folder. Links to files count as files; links to folders are left out, since they may lead in a circle. */
export async function listFolder(uri: string): Promise<{ entries: FolderEntry[] } | { error: string }> {
	try {
		const found = await vscode.workspace.fs.readDirectory(vscode.Uri.parse(uri, true));
		const entries = found.flatMap(([name, type]): FolderEntry[] => {
			if (type & vscode.FileType.File) {
				return [{ name, kind: 'file' }];
			}
			return type === vscode.FileType.Directory ? [{ name, kind: 'folder' }] : [];
		});
		return { entries };
	} catch (error) {
		return { error: error instanceof Error ? error.message : String(error) };
	}
}

/** Whether there is a file of this name. */
export async function fileExists(uri: string): Promise<boolean> {
	try {
		const { type } = await vscode.workspace.fs.stat(vscode.Uri.parse(uri, true));
		return (type & vscode.FileType.File) !== 0;
	} catch {
		return false;
	}
}
