import * as vscode from 'vscode';
import type { FileChange } from '../../core/schedule/files/fileChange.ts';

export interface WriteQuestion {
	/** Of the diff and the question. */
	readonly title: string;
	/** The label of the yes. */
	readonly accept: string;
	/** What a yes does. */
	readonly detail: string;
	readonly placeHolder: string;
}

/** Shows changes of files as one diff and writes them on a yes, in one step that can be undone. */
export async function writeChanges(
	changes: readonly FileChange[],
	question: WriteQuestion,
): Promise<'written' | 'discarded' | 'failed'> {
	const texts = new ProposedTexts(changes);
	try {
		await vscode.commands.executeCommand('vscode.changes', question.title, texts.resources);
		const yes = { label: `$(check) ${question.accept}`, detail: question.detail };
		const no = { label: `$(close) ${vscode.l10n.t('Discard')}` };
		// It stays while the diff is read: a click there must not be taken for a no.
		const answer = await vscode.window.showQuickPick([yes, no], {
			title: question.title,
			placeHolder: question.placeHolder,
			ignoreFocusOut: true,
		});
		if (answer !== yes) {
			return 'discarded';
		}
		return (await apply(changes)) ? 'written' : 'failed';
	} finally {
		await closeDiff(question.title);
		texts.dispose();
	}
}

/** Shows changes of files as one diff, until it is closed. */
export async function showChanges(
	changes: readonly FileChange[],
	title: string,
): Promise<{ readonly close: () => Promise<void> }> {
	const texts = new ProposedTexts(changes);
	await vscode.commands.executeCommand('vscode.changes', title, texts.resources);
	return {
		close: async () => {
			await closeDiff(title);
			texts.dispose();
		},
	};
}

/** The texts of a diff that are on no disk. */
class ProposedTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
	static readonly scheme = 'switchyard-proposed';
	readonly #changes: readonly FileChange[];
	readonly #registration: vscode.Disposable;

	constructor(changes: readonly FileChange[]) {
		this.#changes = changes;
		this.#registration = vscode.workspace.registerTextDocumentContentProvider(ProposedTexts.scheme, this);
	}

	/** Resource, old side and new side of each change, as `vscode.changes` takes them. */
	get resources(): (readonly [vscode.Uri, vscode.Uri | undefined, vscode.Uri | undefined])[] {
		return this.#changes.map(({ uri, before, after }, index) => {
			const file = vscode.Uri.parse(uri, true);
			const proposed = file.with({ scheme: ProposedTexts.scheme, authority: '', query: String(index) });
			return [file, before === null ? undefined : file, after === null ? undefined : proposed];
		});
	}

	provideTextDocumentContent({ query }: vscode.Uri): string {
		return this.#changes[Number(query)]?.after ?? '';
	}

	dispose(): void {
		this.#registration.dispose();
	}
}

async function apply(changes: readonly FileChange[]): Promise<boolean> {
	const edit = new vscode.WorkspaceEdit();
	const edited: vscode.TextDocument[] = [];
	for (const { uri, before, after } of changes) {
		const file = vscode.Uri.parse(uri, true);
		if (before === null) {
			edit.createFile(file, { contents: new TextEncoder().encode(after ?? ''), ignoreIfExists: false });
		} else if (after === null) {
			edit.deleteFile(file, { ignoreIfNotExists: true });
		} else {
			const document = await vscode.workspace.openTextDocument(file);
			const lines = new vscode.Range(0, 0, document.lineCount, 0);
			if (
				document.getText().replace(/\r\n/g, '\n') !== before.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n')
			) {
				// It was changed while the question stood: what was shown is no longer what would be written.
				return false;
			}
			edit.replace(file, document.validateRange(lines), after.replace(/^\uFEFF/, ''));
			edited.push(document);
		}
	}
	if (!(await vscode.workspace.applyEdit(edit))) {
		return false;
	}
	const saved = await Promise.all(edited.map((document) => document.save()));
	return saved.every(Boolean);
}

/** The texts behind it are gone with the question. */
async function closeDiff(title: string): Promise<void> {
	const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
	const diff = tabs.filter(({ label }) => label === title || label.startsWith(`${title} (`));
	await vscode.window.tabGroups.close(diff, true);
}
