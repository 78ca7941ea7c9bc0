import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { collectForeign } from '../../core/plan/foreign/collectForeign.ts';
import { formatNames } from '../../core/plan/foreign/foreignPlan.ts';
import { importState } from '../../core/plan/foreign/importMark.ts';
import { importFileName } from '../../core/plan/foreign/importName.ts';
import type { ImportPreview } from '../../core/plan/foreign/importPlan.ts';
import { oneFileKey } from '../../core/plan/planFiles.ts';
import { writeImportedState } from '../../engine/files/importedState.ts';
import { say } from '../notify/say.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { chooseForeign, foreignFiles, nameOf, readText, sayNoPlan, UriSource } from './foreignSource.ts';
import { targetFolder } from './targetFolder.ts';

/** `switchyard.importPlan`: shows what another tool's plan becomes, with its repairs, before anything is written. */
export function importPlan({ plans }: Pick<CommandServices, 'plans'>): CommandHandler {
	return async (argument) => {
		const [file] = foreignFiles(plans, argument);
		const title = vscode.l10n.t('Import Plan');
		const source = file ?? (argument instanceof vscode.Uri ? argument : await chooseForeign(title));
		if (source === undefined) {
			return;
		}
		const preview = await previewAt(source);
		if (preview === null) {
			await sayNoPlan(source);
			return;
		}
		const folder = vscode.workspace.getWorkspaceFolder(source)?.uri ?? (await targetFolder());
		if (folder !== null) {
			await offer(preview, vscode.Uri.joinPath(folder, importFileName(source.path, preview.format)));
		}
	};
}

/** What the plan at a place would become; null when there is no task of another tool. */
async function previewAt(source: vscode.Uri): Promise<ImportPreview | null> {
	const found = await collectForeign(new UriSource(source), source.path);
	if (found === null) {
		return null;
	}
	// Readers and the YAML library are a bundle of their own (esbuild.mjs): most windows never import anything.
	const readers = await import('../../core/plan/foreign/importPlan.ts');
	const preview = readers.importPlan(found.format, found.files);
	return preview.tasks === 0 ? null : preview;
}

async function offer(preview: ImportPreview, target: vscode.Uri): Promise<void> {
	if ((await readText(target)) === preview.yaml) {
		await vscode.window.showTextDocument(target);
		await say.info(vscode.l10n.t('{0} is up to date: nothing was imported.', nameOf(target)));
		return;
	}
	const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: preview.yaml });
	await vscode.window.showTextDocument(document, { preview: false });
	const save = vscode.l10n.t('Save…');
	const isRepaired = preview.repairs.length + preview.problems.length > 0;
	const answer = await (isRepaired ? say.warning : say.info)(summaryOf(preview), save);
	if (answer === save && !document.isClosed) {
		const place = await saveAs(document, target);
		if (place !== null) {
			await noteCompleted(place, preview.completed);
		}
	}
}

/** A run of the plan must not do again what is done. Where no disk is, nothing runs. */
async function noteCompleted(place: vscode.Uri, completed: readonly string[]): Promise<void> {
	if (place.scheme === 'file') {
		const rootPath = await realpath(dirname(place.fsPath));
		await writeImportedState({
			rootPath,
			planKey: oneFileKey(basename(place.fsPath)),
			completed,
			now: Date.now(),
		});
	}
}

/** Writes the preview, also as a person changed it, and shows the written plan in its stead. */
async function saveAs(document: vscode.TextDocument, target: vscode.Uri): Promise<vscode.Uri | null> {
	const place = await vscode.window.showSaveDialog({
		title: vscode.l10n.t('Save Imported Plan'),
		defaultUri: target,
		filters: { [vscode.l10n.t('Plans')]: ['yaml'] },
	});
	if (place === undefined || !(await mayOverwrite(place))) {
		return null;
	}
	await vscode.workspace.fs.writeFile(place, new TextEncoder().encode(document.getText()));
	await vscode.window.showTextDocument(document);
	await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	await vscode.window.showTextDocument(place);
	return place;
}

/** What came of the import in one message: the first repairs in words, the rest stand under `notes` of the plan. */
function summaryOf({ format, tasks, repairs, problems }: ImportPreview): string {
	const first = [...problems, ...repairs][0]?.message;
	return first === undefined
		? vscode.l10n.t('Read as {0}. Tasks: {1}. Nothing had to be repaired.', formatNames[format], tasks)
		: vscode.l10n.t(
				'Read as {0}. Tasks: {1}. Remarks: {2}. The first: {3} Repairs are listed under notes.',
				formatNames[format],
				tasks,
				repairs.length + problems.length,
				first,
			);
}

async function mayOverwrite(place: vscode.Uri): Promise<boolean> {
	const existing = await readText(place);
	if (existing === null || importState(existing) === 'imported') {
		return true;
	}
	const overwrite = vscode.l10n.t('Overwrite');
	const text = vscode.l10n.t(
		'{0} was written or changed by hand. Overwrite it with the import?',
		nameOf(place),
	);
	return (await say.ask(text, overwrite)) === overwrite;
}
