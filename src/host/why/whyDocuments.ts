import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import { explanationLines } from '../../core/run/explanationText.ts';
import { readExplanation } from '../../engine/journal/readExplanation.ts';

const scheme = 'switchyard-why';

/** Read-only documents that tell why a task stands where it stands: what `switchyard why` prints, read anew when shown. */
export class WhyDocuments extends DisposableOwner implements vscode.TextDocumentContentProvider {
	readonly #changed = this.register(new vscode.EventEmitter<vscode.Uri>());
	readonly onDidChange = this.#changed.event;

	constructor() {
		super();
		this.register(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
	}

	/** Opens the story of a task of a run beside nothing else: a preview, which the next one replaces. */
	async show(runFolder: string, task: string): Promise<void> {
		const title = vscode.l10n.t('Why {0}', task.replaceAll('/', '_'));
		const uri = vscode.Uri.from({
			...{ scheme, path: `/${title}` },
			query: JSON.stringify({ runFolder, task }),
		});
		this.#changed.fire(uri);
		const document = await vscode.workspace.openTextDocument(uri);
		await vscode.window.showTextDocument(document, { preview: true });
	}

	async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
		const { runFolder, task } = JSON.parse(uri.query) as { runFolder: string; task: string };
		const read = await readExplanation(runFolder, task);
		return read.kind === 'explained'
			? `${read.explanations.flatMap(explanationLines).join('\n')}\n`
			: vscode.l10n.t('The run does not know {0}: nothing has happened to it yet.', task);
	}
}
