import * as vscode from 'vscode';
import type { ContextKey } from '../contributions.ts';

/** Sets the keys of `when` clauses, only when they change: every write crosses to the window's process. */
export class ContextKeyWriter {
	readonly #values = new Map<ContextKey, boolean>();

	set(key: ContextKey, value: boolean): void {
		if (this.#values.get(key) === value) {
			return;
		}
		this.#values.set(key, value);
		void vscode.commands.executeCommand('setContext', key, value);
	}
}
