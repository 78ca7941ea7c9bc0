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
		await this.#write(this.#sessions.begin({ ...beginning, today }).text);
	}

	/** What it says now, with what was typed and not saved. Rejects with a sentence where that is no PRD. */
	async read(): Promise<InterviewSession> {
		const text =
			this.#typed()?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(this.uri));
		const session = this.#sessions.read(text);
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
		const typed = this.#typed();
		// An editor that shows the file and has nothing of its own follows the disk; a save of its own may come in between.
		await (typed === undefined ? this.#write(session.text) : this.#replace(typed, session.text));
		return null;
	}

	/** The document, where somebody typed into it and has not saved. */
	#typed(): vscode.TextDocument | undefined {
		const name = this.uri.toString();
		return vscode.workspace.textDocuments.find(
			(document) => document.isDirty && document.uri.toString() === name,
		);
	}

	async #write(text: string): Promise<void> {
		await vscode.workspace.fs.writeFile(this.uri, new TextEncoder().encode(text));
	}

	async #replace(document: vscode.TextDocument, text: string): Promise<void> {
		const edit = new vscode.WorkspaceEdit();
		const end = document.lineAt(document.lineCount - 1).range.end;
		edit.replace(this.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
		await vscode.workspace.applyEdit(edit);
		if (!(await document.save()) && document.isDirty) {
			throw new Error(vscode.l10n.t('{0} cannot be saved.', vscode.workspace.asRelativePath(this.uri)));
		}
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
