import * as vscode from 'vscode';
import type { ForeignFormat } from '../../core/plan/foreign/foreignPlan.ts';
import { formatNames } from '../../core/plan/foreign/foreignPlan.ts';
import type { Settings } from '../config/settings.ts';
import { say } from '../notify/say.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';
import { planPathOf } from './planPaths.ts';

/**
 * Decides whether a plan may be run now; says why not, with a way on. Saves files where the setting says so. A refusal
 * does not wait for an answer to its message: messages may stay open for hours.
 */
export async function mayRun(plan: PlanModel, settings: Settings): Promise<boolean> {
	if (!isTrusted()) {
		return false;
	}
	if (plan.foreign !== undefined) {
		void offerImport(plan, plan.foreign);
		return false;
	}
	if (planPathOf(plan) === null) {
		void say.error(
			vscode.l10n.t(
				'{0} lies in a virtual workspace. Open its folder on a disk to run it; checks and views work here too.',
				plan.name,
			),
		);
		return false;
	}
	if (plan.errors > 0) {
		void refuseErrors(plan);
		return false;
	}
	return saveFiles(plan, settings);
}

/** False in an untrusted workspace, after saying so: nothing there may start a process (EDITOR, Workspace Trust). */
export function isTrusted(): boolean {
	if (!vscode.workspace.isTrusted) {
		void offerTrust();
	}
	return vscode.workspace.isTrusted;
}

async function offerTrust(): Promise<void> {
	const manage = vscode.l10n.t('Manage Workspace Trust');
	const answer = await say.warning(
		vscode.l10n.t('Nothing runs in Restricted Mode: a plan can name any program. Trust this folder first.'),
		manage,
	);
	if (answer === manage) {
		await vscode.commands.executeCommand('workbench.trust.manage');
	}
}

async function offerImport(plan: PlanModel, format: ForeignFormat): Promise<void> {
	const importIt = vscode.l10n.t('Import Plan…');
	const text = vscode.l10n.t(
		'{0} is a plan of another tool ({1}), which can be looked at but not run. Import it first.',
		plan.name,
		formatNames[format],
	);
	if ((await say.info(text, importIt)) === importIt) {
		await vscode.commands.executeCommand('switchyard.importPlan', { plan: planKey(plan.id) });
	}
}

async function refuseErrors(plan: PlanModel): Promise<void> {
	const show = vscode.l10n.t('Show Problem');
	const first = firstError(plan);
	const place =
		first === null
			? ''
			: ` ${vscode.workspace.asRelativePath(first.uri)}:${first.diagnostic.range.start.line + 1}: ${first.diagnostic.message}`;
	const answer = await say.error(errorCount(plan) + place, show);
	if (answer === show) {
		await showFirstError(plan);
	}
}

function errorCount({ name, errors }: PlanModel): string {
	return errors === 1
		? vscode.l10n.t('{0} has an error and cannot run.', name)
		: vscode.l10n.t('{0} has {1} errors and cannot run.', name, errors);
}

/** Opens the first error of a plan, or the Problems view where none is known. */
export async function showFirstError(plan: PlanModel): Promise<void> {
	const first = firstError(plan);
	if (first === null) {
		await vscode.commands.executeCommand('workbench.actions.view.problems');
		return;
	}
	await vscode.window.showTextDocument(first.uri, { selection: first.diagnostic.range });
}

function firstError(
	plan: PlanModel,
): { readonly uri: vscode.Uri; readonly diagnostic: vscode.Diagnostic } | null {
	for (const file of plan.files) {
		const uri = vscode.Uri.parse(file, true);
		const diagnostic = vscode.languages
			.getDiagnostics(uri)
			.find(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
		if (diagnostic !== undefined) {
			return { uri, diagnostic };
		}
	}
	return null;
}

/** The engine reads saved files. False where the user wants to save first, or saving failed. */
async function saveFiles(plan: PlanModel, settings: Settings): Promise<boolean> {
	const files = new Set(plan.files);
	const dirty = vscode.workspace.textDocuments.filter(
		(document) => document.isDirty && files.has(document.uri.toString()),
	);
	const root = vscode.Uri.parse(plan.id.rootUri, true);
	const policy = settings.saveBeforeRun(root);
	if (dirty.length === 0 || policy === 'never') {
		return true;
	}
	if (policy === 'ask' && !(await confirmSave(dirty.length))) {
		return false;
	}
	const saved = await Promise.all(dirty.map((document) => document.save()));
	if (saved.every(Boolean)) {
		return true;
	}
	void say.error(vscode.l10n.t('The plan was not run: not every file of it could be saved.'));
	return false;
}

async function confirmSave(count: number): Promise<boolean> {
	const save = vscode.l10n.t('Save and Run');
	const answer = await say.ask(
		vscode.l10n.t('{0} files of the plan have unsaved changes. Runs use the saved files.', count),
		save,
	);
	return answer === save;
}
