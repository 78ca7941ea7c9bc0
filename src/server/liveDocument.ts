import type { Range, TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import type { Block } from '../core/plan/blocks/block.ts';
import { BlockText } from '../core/plan/blocks/blockText.ts';
import { listNamesOf } from '../core/plan/blocks/livePart.ts';
import { allBlocks } from '../core/plan/blocks/textCells.ts';
import { LineTable } from '../core/plan/lineTable.ts';
import type { Position } from '../core/plan/plan.ts';
import { classify } from '../core/plan/planFiles.ts';
import { baseName } from '../core/plan/uris.ts';

/** A text that the editor has open, kept in blocks: an edit costs what it changes and not what the file holds. */
export class LiveDocument {
	readonly uri: string;
	readonly languageId: string;
	readonly blocks: BlockText;
	#version: number;

	/** Of a file of a plan, by its place alone, the items of its lists are the blocks. */
	constructor(uri: string, languageId: string, version: number, text: string) {
		this.uri = uri;
		this.languageId = languageId;
		this.#version = version;
		const path = uri.split('/').map(baseName).join('/');
		this.blocks = new BlockText(text, listNamesOf(classify(path)));
	}

	get version(): number {
		return this.#version;
	}

	get lineCount(): number {
		return this.blocks.lineCount;
	}

	getText(range?: Range): string {
		return range === undefined ? this.blocks.text : this.blocks.slice(range.start, range.end);
	}

	/** Takes the changes of one message, in their order. */
	change(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
		for (const change of changes) {
			this.blocks.edit(change);
		}
		this.#version = version;
	}

	positionAt(offset: number): Position {
		let left = Math.max(0, offset);
		let last: Block | null = null;
		for (const block of allBlocks(this.blocks)) {
			if (left < block.text.length) {
				return within(block, left);
			}
			left -= block.text.length;
			last = block;
		}
		return last === null ? { line: 0, character: 0 } : within(last, last.text.length);
	}

	offsetAt(position: Position): number {
		return this.blocks.slice({ line: 0, character: 0 }, position).length;
	}
}

function within(block: Block, offset: number): Position {
	const { line, character } = new LineTable(block.text).positionAt(offset);
	return { line: block.line + line, character };
}

/** How `TextDocuments` makes and changes them. */
export const liveDocuments = {
	create: (uri: string, languageId: string, version: number, text: string) =>
		new LiveDocument(uri, languageId, version, text),
	update: (document: LiveDocument, changes: TextDocumentContentChangeEvent[], version: number) => {
		document.change(changes, version);
		return document;
	},
};
