import * as vscode from 'vscode';
import type { PlanId } from '../../core/plan/plan.ts';

/** Why nothing of a plan can be run in this window, in a sentence; empty when it can. */
export function whyNothingRuns(id: PlanId): string {
	if (!vscode.workspace.isTrusted) {
		return vscode.l10n.t(
			'Nothing runs in Restricted Mode: a plan can name any program. Trust this folder first.',
		);
	}
	if (vscode.Uri.parse(id.rootUri).scheme !== 'file') {
		return vscode.l10n.t('Nothing runs in a virtual workspace. Open the folder on a disk to run the plan.');
	}
	return '';
}
