import * as vscode from 'vscode';
import { plainMarkdown } from '../notify/plainMarkdown.ts';
import type { PlanTreeElement, PlanTreeSource } from './planTreeModel.ts';
import type { RowPresentation } from './presentRow.ts';

/** The tooltip of a row. Everything a plan or a process wrote goes in as text: it cannot make links or commands. */
export function rowTooltip(
	element: PlanTreeElement,
	source: PlanTreeSource,
	row: RowPresentation,
): vscode.MarkdownString | undefined {
	const plan = source.plan(element.planId);
	if (plan === undefined) {
		return undefined;
	}
	const tooltip = new vscode.MarkdownString('', true);
	tooltip.isTrusted = false;
	heading(tooltip, row.label);
	tooltip.appendMarkdown(`\n\n$(${row.look.icon}) `);
	tooltip.appendText([vscode.l10n.t(row.look.words), row.description].filter(Boolean).join(' · '));
	paragraph(tooltip, row.reason);
	if (element.kind === 'task') {
		const task = plan.tasks.get(element.target.task ?? '');
		paragraph(tooltip, task?.description ?? '');
		if (task !== undefined && task.dependencies.length > 0) {
			paragraph(tooltip, vscode.l10n.t('Depends on {0}', task.dependencies.join(', ')));
		}
	} else if (element.kind === 'sprint') {
		paragraph(tooltip, plan.sprints.get(element.target.sprint ?? '')?.goal ?? '');
	}
	return tooltip;
}

function heading(tooltip: vscode.MarkdownString, text: string): void {
	tooltip.appendMarkdown('**').appendText(text.trim()).appendMarkdown('**');
}

function paragraph(tooltip: vscode.MarkdownString, text: string): void {
	if (text.trim() !== '') {
		tooltip.appendMarkdown(`\n\n${plainMarkdown(text)}`);
	}
}
