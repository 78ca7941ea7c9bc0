import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';

/** Repairs that a diagnostic's own data describes. Data comes back from the editor, so its shape is not trusted. */
export function quickFixes(uri: string, diagnostics: readonly Diagnostic[]): CodeAction[] {
	return diagnostics.flatMap((diagnostic) =>
		fixesOf(diagnostic).map(({ title, edits }) => ({
			title,
			kind: CodeActionKind.QuickFix,
			diagnostics: [diagnostic],
			isPreferred: false,
			edit: { changes: { [uri]: edits } },
		})),
	);
}

/** A repair of one file. */
export interface Fix {
	readonly title: string;
	readonly edits: TextEdit[];
}

/** What the data of a diagnostic alone describes. */
export function fixesOf(diagnostic: Diagnostic): Fix[] {
	if (diagnostic.source !== 'switchyard') {
		return [];
	}
	const data = isRecord(diagnostic.data) ? diagnostic.data : {};
	const { range } = diagnostic;
	const { replacement, text } = data;
	if (typeof replacement === 'string') {
		return [{ title: `Replace with ${replacement}`, edits: [{ range, newText: replacement }] }];
	}
	if (diagnostic.code === 'SY204' && typeof text === 'string') {
		return [{ title: `Put ${text} in quotes`, edits: [{ range, newText: JSON.stringify(text) }] }];
	}
	return diagnostic.code === 'SY206' ? commandFixes(diagnostic, data) : [];
}

/** A command line becomes an argument list where no shell is needed, or says that it wants one. */
function commandFixes({ range }: Diagnostic, data: Readonly<Record<string, unknown>>): Fix[] {
	const fixes: Fix[] = [];
	const { argv, separator } = data;
	if (Array.isArray(argv) && argv.every((word) => typeof word === 'string')) {
		const list = `[${argv.map(toFlowScalar).join(', ')}]`;
		fixes.push({ title: `Write the list ${list}`, edits: [{ range, newText: list }] });
	}
	if (typeof separator === 'string') {
		const edit = { range: { start: range.end, end: range.end }, newText: `${separator}shell: true` };
		fixes.push({ title: 'Add shell: true', edits: [edit] });
	}
	return fixes;
}

/** Quotes what would not be read as the same text within `[…]`. */
function toFlowScalar(word: string): string {
	const isPlain = /^[A-Za-z./][\w./=+-]*$/.test(word) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(word);
	return isPlain ? word : JSON.stringify(word);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
