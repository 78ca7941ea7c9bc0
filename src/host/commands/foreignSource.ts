import * as vscode from 'vscode';
import type { ForeignSource } from '../../core/plan/foreign/collectForeign.ts';
import { formatNames } from '../../core/plan/foreign/foreignPlan.ts';
import type { PlanFile } from '../../core/plan/plan.ts';
import { say } from '../notify/say.ts';
import type { PlanStore } from '../plans/planStore.ts';
import { readTarget } from './commandTarget.ts';

/** The files of another tool's plan that a row of the tree or a target means; empty for everything else. */
export function foreignFiles(plans: PlanStore, argument: unknown): vscode.Uri[] {
	const target = readTarget(argument, plans.plans);
	const plan = target === null ? undefined : plans.byKey(target.plan);
	return plan?.foreign === undefined ? [] : plan.files.map((file) => vscode.Uri.parse(file, true));
}

/** Asks for a file that another tool wrote. */
export async function chooseForeign(title: string): Promise<vscode.Uri | undefined> {
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
	const chosen = await vscode.window.showOpenDialog({
		title,
		filters: { [vscode.l10n.t('Plans of other tools')]: ['md', 'json', 'jsonl'] },
		...(folder === undefined ? {} : { defaultUri: folder }),
	});
	return chosen?.[0];
}

/** Says that a file is no plan that could be read, and which ones could. */
export async function sayNoPlan(source: vscode.Uri): Promise<void> {
	const known = Object.values(formatNames).join(', ');
	await say.error(
		vscode.l10n.t(
			'{0} holds no task of a tool that Switchyard knows. Known are: {1}.',
			nameOf(source),
			known,
		),
	);
}

/** The text of a file; null when it is not there or cannot be read. */
export async function readText(file: vscode.Uri): Promise<string | null> {
	try {
		return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
	} catch {
		return null;
	}
}

/** The last part of a path, for messages. */
export function nameOf(file: vscode.Uri): string {
	return file.path.slice(file.path.lastIndexOf('/') + 1);
}

/** Files beside the chosen one, on whatever file system that is on. */
export class UriSource implements ForeignSource {
	readonly #base: vscode.Uri;

	constructor(base: vscode.Uri) {
		this.#base = base;
	}

	async read(path: string): Promise<PlanFile | null> {
		const uri = this.#base.with({ path });
		const text = await readText(uri);
		return text === null ? null : { uri: uri.toString(), text };
	}

	async list(folder: string): Promise<readonly string[]> {
		try {
			const entries = await vscode.workspace.fs.readDirectory(this.#base.with({ path: folder }));
			return entries.filter(([, type]) => type === vscode.FileType.File).map(([name]) => name);
		} catch {
			return [];
		}
	}
}
