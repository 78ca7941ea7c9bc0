import * as vscode from 'vscode';
import type { InterviewSession } from '../../core/prd/interviewSession.ts';

/** What reads PRDs; a bundle of its own, which most windows never load. */
export type SessionClass = typeof InterviewSession;

/** The PRD of an interview as a document of the editor: answers and what is typed into it by hand meet in one text. */
export class PrdEditor {
	readonly uri: vscode.Uri;
	readonly #sessions: SessionClass;

	constructor(uri: vscode.Uri, sessions: SessionClass) {
		this.uri = uri;
		this.#sessions = sessions;
	}

	async exists(): Promise<boolean> {
		try {
			await vscode.workspace.fs.stat(this.uri);
			return true;
		} catch {
			return false;
		}
	}

	/** Writes a new PRD; the caller has made sure that there is none. */
	async begin(beginning: { readonly goal: string; readonly constraints: string }): Promise<void> {
		const today = new Date().toISOString().slice(0, 10);
		const { text } = this.#sessions.begin({ ...beginning, today });
		await vscode.workspace.fs.writeFile(this.uri, new TextEncoder().encode(text));
	}

	/** What it says now, with what was typed and not saved. Rejects with a sentence where that is no PRD. */
	async read(): Promise<InterviewSession> {
		const document = await vscode.workspace.openTextDocument(this.uri);
		const session = this.#sessions.read(document.getText());
		if (session instanceof this.#sessions) {
			return session;
		}
		const place = `${vscode.workspace.asRelativePath(this.uri)}:${session.line}:${session.column}`;
		throw new Error(`${place} ${session.message}`);
	}

	/** Changes the text and saves it, unless `change` returns a reason why not. Returns that, or null. */
	async update(change: (session: InterviewSession) => string | null): Promise<string | null> {
		const session = await this.read();
		const reason = change(session);
		if (reason !== null) {
			return reason;
		}
		const document = await vscode.workspace.openTextDocument(this.uri);
		if (document.getText() !== session.text) {
			const edit = new vscode.WorkspaceEdit();
			const end = document.lineAt(document.lineCount - 1).range.end;
			edit.replace(this.uri, new vscode.Range(new vscode.Position(0, 0), end), session.text);
			await vscode.workspace.applyEdit(edit);
		}
		if (document.isDirty && !(await document.save())) {
			throw new Error(vscode.l10n.t('{0} cannot be saved.', vscode.workspace.asRelativePath(this.uri)));
		}
		return null;
	}

	/** Beside whatever is open, so that one sees it grow. */
	async show(): Promise<void> {
		await vscode.window.showTextDocument(this.uri, {
			viewColumn: vscode.ViewColumn.Beside,
			preserveFocus: true,
			preview: false,
		});
	}
}
