import * as vscode from 'vscode';

/** Longest message that is shown; the log has all of it. */
const maxLength = 400;

/**
 * Text for a notification. Notifications render `[text](command:…)` as links, and most messages quote plans and output
 * of programs: nothing in a message of ours may become a link.
 */
export function plainMessage(text: string): string {
	const line = text
		.replace(/\s+/g, ' ')
		.replace(/\]\s*\(/g, '] (')
		.trim();
	return line.length <= maxLength ? line : `${line.slice(0, maxLength)}…`;
}

/** Each resolves with the chosen action, or undefined. */
export const say = {
	info: (text: string, ...actions: string[]): Thenable<string | undefined> =>
		vscode.window.showInformationMessage(plainMessage(text), ...actions),
	warning: (text: string, ...actions: string[]): Thenable<string | undefined> =>
		vscode.window.showWarningMessage(plainMessage(text), ...actions),
	error: (text: string, ...actions: string[]): Thenable<string | undefined> =>
		vscode.window.showErrorMessage(plainMessage(text), ...actions),
	/** A question that cannot be overlooked; "Cancel" is always there. */
	ask: (text: string, ...actions: string[]): Thenable<string | undefined> =>
		vscode.window.showWarningMessage(plainMessage(text), { modal: true }, ...actions),
};
