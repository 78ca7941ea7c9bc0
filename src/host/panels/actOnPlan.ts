import * as vscode from 'vscode';
import type { PreviewAct } from '../../protocol/previewView.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';
import { revealBeside } from './revealBeside.ts';

/** Runs the command of the same name, which asks for trust and confirmation itself; a place in the YAML opens beside. */
export async function actOnPlan(
	{ action, task }: PreviewAct,
	{ plan, column }: { readonly plan: PlanModel; readonly column: vscode.ViewColumn | undefined },
): Promise<void> {
	const range = task === undefined ? undefined : plan.tasks.get(task)?.idRange;
	if (action === 'revealInYaml' && range !== undefined) {
		await revealBeside(range, column);
		return;
	}
	const target = { plan: planKey(plan.id), ...(task !== undefined && { task }) };
	await vscode.commands.executeCommand(`switchyard.${action}`, target);
}
