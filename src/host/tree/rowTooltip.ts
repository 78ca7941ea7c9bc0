import * as vscode from 'vscode';
import type { TaskSummary } from '../../core/run/runState.ts';
import type { TaskView } from '../../protocol/lsp.ts';
import type { PlanTreeElement, PlanTreeSource } from './planTreeModel.ts';
import { taskLook } from './taskLook.ts';

/** The tooltip of a row. Everything a plan or a process wrote goes in as text: it cannot make links or commands. */
export function rowTooltip(
	element: PlanTreeElement,
	source: PlanTreeSource,
): vscode.MarkdownString | undefined {
	const plan = source.plan(element.planId);
	if (plan === undefined) {
		return undefined;
	}
	const tooltip = new vscode.MarkdownString('', true);
	tooltip.isTrusted = false;
	if (element.kind === 'task') {
		const id = element.target.task ?? '';
		describeTask(tooltip, plan.tasks.get(id), source.run(plan.id)?.task(id));
		return tooltip;
	}
	if (element.kind === 'sprint') {
		const sprint = plan.sprints.get(element.target.sprint ?? '');
		heading(tooltip, `${sprint?.id ?? ''} ${sprint?.name ?? ''}`);
		paragraph(tooltip, sprint?.goal ?? '');
		return tooltip;
	}
	heading(tooltip, plan.name);
	paragraph(
		tooltip,
		vscode.l10n.t('{0} errors, {1} warnings in {2} files', plan.errors, plan.warnings, plan.files.length),
	);
	return tooltip;
}

function describeTask(
	tooltip: vscode.MarkdownString,
	task: TaskView | undefined,
	summary: TaskSummary | undefined,
): void {
	if (task === undefined) {
		return;
	}
	heading(tooltip, `${task.id} ${task.name}`);
	paragraph(tooltip, task.description);
	const look = taskLook(summary, task.worst === 'error');
	tooltip.appendMarkdown(`\n\n$(${look.icon}) `).appendText(vscode.l10n.t(look.words));
	paragraph(tooltip, summary?.reason ?? '');
	if (task.dependencies.length > 0) {
		paragraph(tooltip, vscode.l10n.t('Depends on {0}', task.dependencies.join(', ')));
	}
}

function heading(tooltip: vscode.MarkdownString, text: string): void {
	tooltip.appendMarkdown('**').appendText(text.trim()).appendMarkdown('**');
}

function paragraph(tooltip: vscode.MarkdownString, text: string): void {
	if (text.trim() !== '') {
		tooltip.appendMarkdown('\n\n').appendText(text.trim());
	}
}
