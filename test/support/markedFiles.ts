import type { Position, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { MemoryFiles } from './memoryFiles.ts';
import { PlanClient } from './planClient.ts';

/** The root of the workspaces of these tests. */
export const root = 'file:///w';

/** A window with some files, one of them open with the cursor at its `‸`. */
export interface MarkedWindow {
	readonly client: PlanClient;
	readonly uri: string;
	readonly position: Position;
	readonly texts: ReadonlyMap<string, string>;
	/** Asks for something at the cursor. */
	ask<R>(method: string, more?: Readonly<Record<string, unknown>>): Promise<R>;
	/** All texts after an edit, by path. */
	after(edit: WorkspaceEdit | null): Record<string, string>;
}

/** Opens a window on files by path; the one with the mark is open in the editor. The caller disposes the client. */
export async function openMarked(
	files: Readonly<Record<string, string>>,
	{ saved = true }: { readonly saved?: boolean } = {},
): Promise<MarkedWindow> {
	const texts = new Map(
		Object.entries(files).map(([path, text]) => [`${root}/${path}`, text.replace('‸', '')]),
	);
	const marked = Object.entries(files).find(([, text]) => text.includes('‸')) ?? ['', ''];
	const uri = `${root}/${marked[0]}`;
	const text = texts.get(uri) ?? '';
	const position = TextDocument.create(uri, 'yaml', 1, text).positionAt(marked[1].indexOf('‸'));
	const onDisk = [...texts].filter(([each]) => saved || each !== uri);
	const client = await PlanClient.open(new MemoryFiles(Object.fromEntries(onDisk)), [root], undefined, {
		workspace: {
			workspaceFolders: true,
			workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename'] },
		},
		textDocument: { completion: { completionItem: { snippetSupport: true } } },
	});
	await client.openText(uri, text);
	await client.settle();
	return {
		client,
		uri,
		position,
		texts,
		ask: (method, more = {}) => client.ask(method, { textDocument: { uri }, position, ...more }),
		after: (edit) => applyEdit(texts, edit),
	};
}

/** The texts that an edit leaves, by path, in files that are created, changed or renamed; others are left out. */
function applyEdit(texts: ReadonlyMap<string, string>, edit: WorkspaceEdit | null): Record<string, string> {
	const result: Record<string, string> = {};
	const nameOf = (uri: string) => uri.slice(root.length + 1);
	const change = (uri: string, edits: readonly TextEdit[]) => {
		const before = result[nameOf(uri)] ?? texts.get(uri) ?? '';
		result[nameOf(uri)] = TextDocument.applyEdits(TextDocument.create(uri, 'yaml', 1, before), [...edits]);
	};
	for (const [uri, edits] of Object.entries(edit?.changes ?? {})) {
		change(uri, edits);
	}
	for (const part of edit?.documentChanges ?? []) {
		if ('textDocument' in part) {
			change(part.textDocument.uri, part.edits as TextEdit[]);
		} else if (part.kind === 'rename') {
			const text = result[nameOf(part.oldUri)] ?? texts.get(part.oldUri) ?? '';
			delete result[nameOf(part.oldUri)];
			result[nameOf(part.newUri)] = text;
		}
	}
	return result;
}
