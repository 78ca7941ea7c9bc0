import * as vscode from 'vscode';
import { settingSection } from '../contributions.ts';

export type SaveBeforeRun = 'always' | 'ask' | 'never';
export type OnWindowClose = 'continue' | 'finish' | 'stop';
export type CloseTerminals = 'completed' | 'always' | 'never';

export interface TerminalSettings {
	/** Open a terminal for each task that starts. */
	readonly open: boolean;
	/** How many are opened by themselves at once. */
	readonly limit: number;
	readonly close: CloseTerminals;
	readonly location: 'panel' | 'editor';
}

/** Typed access to `switchyard.*`. A value of the wrong type counts as the default: settings.json is user text. */
export class Settings {
	/** Tasks at once, or null: what the plan and its strategy say. */
	jobs(scope: vscode.Uri): number | null {
		return countOf(this.#read('jobs', scope));
	}

	/** Agents at once on this machine, or null: what the engine takes for that (S4). */
	agentLimit(scope: vscode.Uri): number | null {
		return countOf(this.#read('agentLimit', scope));
	}

	/** Agent definitions as the user wrote them; the engine's loader checks them. */
	agents(scope: vscode.Uri): Readonly<Record<string, unknown>> {
		const value = this.#read('agents', scope);
		return isRecord(value) ? value : {};
	}

	saveBeforeRun(scope: vscode.Uri): SaveBeforeRun {
		return this.#oneOf('saveBeforeRun', scope, ['always', 'ask', 'never']);
	}

	onWindowClose(scope: vscode.Uri): OnWindowClose {
		return this.#oneOf('onWindowClose', scope, ['continue', 'finish', 'stop']);
	}

	codeLens(scope: vscode.Uri): boolean {
		return this.#read('codeLens.enabled', scope) !== false;
	}

	terminals(scope: vscode.Uri): TerminalSettings {
		const limit = this.#read('terminals.limit', scope);
		return {
			open: this.#read('terminals.open', scope) !== false,
			limit: typeof limit === 'number' && limit >= 0 ? limit : 8,
			close: this.#oneOf('terminals.close', scope, ['completed', 'always', 'never']),
			location: this.#oneOf('terminals.location', scope, ['panel', 'editor']),
		};
	}

	#read(name: string, scope: vscode.Uri): unknown {
		return vscode.workspace.getConfiguration(settingSection, scope).get(name);
	}

	#oneOf<T extends string>(name: string, scope: vscode.Uri, values: readonly [T, ...T[]]): T {
		const value = this.#read(name, scope);
		return values.find((candidate) => candidate === value) ?? values[0];
	}
}

function countOf(value: unknown): number | null {
	return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
