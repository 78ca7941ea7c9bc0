import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import * as vscode from 'vscode';
import { say } from '../notify/say.ts';
import { rootPathOf } from '../runs/planPaths.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { readTarget } from './commandTarget.ts';

/** `switchyard.openRunFile`: what an attempt wrote, or a report of a run; documents are shown as they are meant to be read. */
export function openRunFile({ plans }: CommandServices): CommandHandler {
	return async (argument) => {
		const target = readTarget(argument, plans.plans);
		const plan = target === null ? undefined : plans.byKey(target.plan);
		const root = plan === undefined ? null : rootPathOf(plan.id);
		const file = fileOf(argument);
		if (root === null || file === null) {
			void say.info(vscode.l10n.t('Choose a file in the view "Runs".'));
			return;
		}
		try {
			// A link in the workspace may lead anywhere.
			if (!(await realpath(file)).startsWith(`${await realpath(root)}${sep}`)) {
				throw new Error('outside');
			}
		} catch {
			void say.error(vscode.l10n.t('It was moved or deleted: {0}', vscode.workspace.asRelativePath(file)));
			return;
		}
		const uri = vscode.Uri.file(file);
		await (file.endsWith('.md')
			? vscode.commands.executeCommand('markdown.showPreview', uri)
			: vscode.commands.executeCommand('vscode.open', uri, { preview: true }));
	};
}

function fileOf(argument: unknown): string | null {
	const file = typeof argument === 'object' && argument !== null && 'file' in argument ? argument.file : null;
	return typeof file === 'string' ? file : null;
}
