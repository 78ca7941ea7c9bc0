import * as vscode from 'vscode';
import { plainMessage } from './plainMessage.ts';

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
