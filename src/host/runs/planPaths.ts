import * as vscode from 'vscode';
import type { PlanId } from '../../core/plan/plan.ts';
import type { PlanModel } from '../plans/planModel.ts';

/** The plan's root folder on this machine's disk; null in a virtual workspace. */
export function rootPathOf(id: PlanId): string | null {
	const uri = vscode.Uri.parse(id.rootUri, true);
	return uri.scheme === 'file' ? uri.fsPath : null;
}

/**
 * What `switchyard run` takes as PATH: a file of the plan. A folder could hold several plans; a file means one. Null in a
 * virtual workspace.
 */
export function planPathOf(plan: PlanModel): string | null {
	const [file] = plan.files;
	if (file === undefined) {
		return rootPathOf(plan.id);
	}
	const uri = vscode.Uri.parse(file, true);
	return uri.scheme === 'file' ? uri.fsPath : null;
}
