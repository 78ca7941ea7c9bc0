import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import { problemPagesScheme } from '../../protocol/lsp.ts';

/** The documentation of single codes, which the code of each diagnostic leads to: sections of docs/problems.md, read-only. */
export class ProblemPages extends DisposableOwner implements vscode.TextDocumentContentProvider {
	readonly #document: vscode.Uri;

	constructor(extensionUri: vscode.Uri) {
		super();
		this.#document = vscode.Uri.joinPath(extensionUri, 'docs/problems.md');
		this.register(vscode.workspace.registerTextDocumentContentProvider(problemPagesScheme, this));
	}

	async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
		const code = /SY\d+/.exec(path)?.[0] ?? '';
		const bytes = await vscode.workspace.fs.readFile(this.#document);
		const sections = new TextDecoder().decode(bytes).split(/^(?=#{2,3} )/m);
		const section = sections.find((each) => each.startsWith(`### ${code} `));
		return section === undefined
			? vscode.l10n.t('There is no problem with the code {0}.', code)
			: `${section.slice(2).trim()}\n`;
	}
}
