import type { ClientCapabilities, Connection, ServerCapabilities } from 'vscode-languageserver/node';
import type { Block } from '../../core/plan/blocks/block.ts';
import type { BlockText } from '../../core/plan/blocks/blockText.ts';
import { blockOf, cellAt } from '../../core/plan/blocks/textCells.ts';
import type { TextLines } from '../../core/plan/cursor/textLines.ts';
import { splitLines } from '../../core/plan/cursor/textLines.ts';
import type { PlanFileKind } from '../../core/plan/planFiles.ts';
import { classify } from '../../core/plan/planFiles.ts';
import { baseName } from '../../core/plan/uris.ts';
import type { LiveDocument } from '../liveDocument.ts';
import type { PlanLookup } from './planLookup.ts';

/** What a language feature may ask of the server. URIs are canonical (`canonicalUri`). */
export interface FeatureContext {
	/** The plan that a file belongs to, as of its last check; null for a file of no plan. */
	lookup(uri: string): PlanLookup | null;
	/** The same, after all changes up to now are taken in. */
	freshLookup(uri: string): PlanLookup | null;
	/** Every plan of the window. */
	allLookups(): readonly PlanLookup[];
	/** A text that the editor has open. */
	document(uri: string): LiveDocument | undefined;
	/** The text of a file of a plan, open or not; null when it cannot be read. */
	textOf(uri: string): Promise<string | null>;
	/** Whether a file exists; null where nobody can say. */
	exists(uri: string): Promise<boolean | null>;
	/** True unless the user's settings switch inlay hints off. */
	readonly showsInlayHints: boolean;
	readonly client: ClientCapabilities;
}

/** One language feature: what it tells the editor it can do, and how it answers. Answers are null or empty, never errors. */
export interface Feature {
	readonly capabilities: ServerCapabilities;
	register(connection: Connection, context: FeatureContext): void;
}

/** The lines of a document. Neighbours are asked for one after another, so that those of a block are taken out at once. */
export function linesOf(document: LiveDocument): TextLines {
	const { blocks, lineCount } = document;
	let block: Block | null = null;
	let lines: readonly string[] = [];
	return {
		count: lineCount,
		line: (number) => {
			if (number < 0 || number >= lineCount) {
				return '';
			}
			if (block === null || number < block.line || number >= block.line + lines.length) {
				block = blockOf(blocks, cellAt(blocks, { line: number, character: 0 }));
				const all = block.text.split(/\r\n|\n|\r/);
				// What stands behind the last line end of a block belongs to the next one.
				lines = all.length > 1 && all.at(-1) === '' ? all.slice(0, -1) : all;
			}
			return lines[number - block.line] ?? '';
		},
		skip: (number, column, direction) => skipList(blocks, number, { column, direction }),
	};
}

/** The line before or behind the list that a line is in, where its dashes stand in a column or right of it. */
function skipList(
	blocks: BlockText,
	number: number,
	{ column, direction }: { readonly column: number; readonly direction: -1 | 1 },
): number {
	const cell = cellAt(blocks, { line: number, character: 0 });
	if (cell.kind === 'frame' || cell.list.indent < column) {
		return number;
	}
	const { blocks: items } = cell.list;
	const [first, last] = [items[0], items.at(-1)];
	if (direction === -1) {
		return (first?.line ?? number + 1) - 1;
	}
	return Math.max(number, last === undefined ? number : last.line + last.breaks);
}

/** The lines of a plain text, for texts that no editor has open. */
export function linesOfText(text: string): TextLines {
	return splitLines(text);
}

/** What a file is in its plan; by its place alone when the plan has not been read yet. Null for other files. */
export function kindOfFile(context: FeatureContext, uri: string): PlanFileKind | null {
	const known = context.lookup(uri)?.part(uri)?.kind;
	return known ?? classify(decodedPath(uri));
}

function decodedPath(uri: string): string {
	return uri.split('/').map(baseName).join('/');
}
