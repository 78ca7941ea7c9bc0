import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import type { PlanStatus } from './planStatus.ts';

/** The one item in the status bar: how far the window's plans are. */
export class StatusBar extends DisposableOwner {
	readonly #item = this.register(
		vscode.window.createStatusBarItem('switchyard.status', vscode.StatusBarAlignment.Left, 5),
	);

	constructor() {
		super();
		this.#item.name = 'Switchyard';
		this.#item.command = 'switchyard.showActions';
	}

	update(status: PlanStatus): void {
		if (status.plans === 0) {
			this.#item.hide();
			return;
		}
		const text = `${iconOf(status)} ${status.done}/${status.total}`;
		this.#item.text = status.needPerson > 0 ? `${text} $(bell-dot) ${status.needPerson}` : text;
		this.#item.tooltip = tooltipOf(status);
		this.#item.accessibilityInformation = { label: `Switchyard: ${tooltipOf(status)}` };
		this.#item.backgroundColor =
			status.needPerson > 0 ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
		this.#item.show();
	}
}

function iconOf(status: PlanStatus): string {
	if (status.isRunning) {
		return '$(loading~spin)';
	}
	if (status.interrupted.length > 0) {
		return '$(debug-pause)';
	}
	return status.errors > 0 ? '$(issue-opened)' : '$(checklist)';
}

function tooltipOf(status: PlanStatus): string {
	const lines = [vscode.l10n.t('{0} of {1} tasks completed', status.done, status.total)];
	if (status.running > 0) {
		lines.push(vscode.l10n.t('{0} running', status.running));
	}
	if (status.needPerson > 0) {
		lines.push(
			status.needPerson === 1
				? vscode.l10n.t('1 thing needs you')
				: vscode.l10n.t('{0} things need you', status.needPerson),
		);
	}
	if (status.errors > 0) {
		lines.push(
			status.errors === 1
				? vscode.l10n.t('1 error in the plan')
				: vscode.l10n.t('{0} errors in the plan', status.errors),
		);
	}
	if (status.interrupted.length > 0) {
		lines.push(vscode.l10n.t('A run was interrupted'));
	}
	return lines.join('\n');
}
