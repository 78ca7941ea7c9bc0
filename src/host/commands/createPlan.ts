import * as vscode from 'vscode';
import type { CommandHandler } from './commandServices.ts';
import { planTemplate } from './planTemplate.ts';
import { targetFolder } from './targetFolder.ts';

/** `switchyard.createPlan`: a small plan that runs as it stands, with comments that say how to go on. */
export function createPlan(): CommandHandler {
	return async (argument) => {
		const folder = await targetFolder();
		if (folder === null) {
			return;
		}
		const name = typeof argument === 'string' ? argument : await askForName();
		if (name === undefined) {
			return;
		}
		const file = await freeFile(folder, slugOf(name));
		await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(planTemplate(name)));
		await vscode.window.showTextDocument(file);
	};
}

async function askForName(): Promise<string | undefined> {
	const name = await vscode.window.showInputBox({
		title: vscode.l10n.t('Create Plan'),
		prompt: vscode.l10n.t('What is the plan called?'),
		placeHolder: 'Checkout',
		validateInput: (value) =>
			value.trim() === '' ? vscode.l10n.t('A plan needs a name, such as Checkout.') : null,
	});
	return name?.trim();
}

/** `<slug>.plan.yaml`, with a number when that is taken: nothing is ever overwritten. */
async function freeFile(folder: vscode.Uri, slug: string): Promise<vscode.Uri> {
	for (let count = 1; ; count += 1) {
		const file = vscode.Uri.joinPath(folder, `${slug}${count === 1 ? '' : `-${count}`}.plan.yaml`);
		try {
			await vscode.workspace.fs.stat(file);
		} catch {
			return file;
		}
	}
}

function slugOf(name: string): string {
	const slug = name
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 40);
	return slug === '' ? 'switchyard' : slug;
}
