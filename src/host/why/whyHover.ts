import * as vscode from 'vscode';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStore } from '../runs/runStore.ts';
import { taskLook } from '../tree/taskLook.ts';
import { appendWhy } from './whyMarkdown.ts';

/**
 * On the id of a task in its file: how it stands in the run, and why. The server's own hover tells what the plan says; which
 * runs there are only the window knows.
 */
export class WhyHover implements vscode.HoverProvider {
	readonly #plans: PlanStore;
	readonly #runs: RunStore;

	constructor({ plans, runs }: { readonly plans: PlanStore; readonly runs: RunStore }) {
		this.#plans = plans;
		this.#runs = runs;
	}

	async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | null> {
		const file = document.uri.toString();
		const plan = this.#plans.ofFile(file);
		const run = plan === undefined ? null : this.#runs.current(plan.id);
		if (plan === undefined || run === null) {
			return null;
		}
		for (const { id, idRange } of plan.tasks.values()) {
			const { start, end } = idRange;
			const range = new vscode.Range(start.line, start.character, end.line, end.character);
			const summary = idRange.uri === file && range.contains(position) ? run.task(id) : undefined;
			if (summary === undefined) {
				continue;
			}
			const look = taskLook(summary, false);
			const markdown = new vscode.MarkdownString('', true);
			markdown.isTrusted = false;
			markdown.appendMarkdown(`$(${look.icon}) `).appendText(vscode.l10n.t(look.words));
			await appendWhy(markdown, run.folder, id);
			return new vscode.Hover(markdown, range);
		}
		return null;
	}
}
