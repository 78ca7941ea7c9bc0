import type { YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq, Lexer } from 'yaml';
import { composeText, hasOddCharacters, reportDocument, reportLarge } from '../parseYaml.ts';
import type { Position, SourceRange } from '../plan.ts';
import type { PlanFileKind } from '../planFiles.ts';
import type { Problem } from '../problem.ts';
import type { Content } from '../readContent.ts';
import { readContent } from '../readContent.ts';
import { SourceFile } from '../sourceFile.ts';
import { rangeOf, scalarText, YamlNodes } from '../yamlNodes.ts';
import { AnchoredPosition } from './anchoredPosition.ts';
import type { Block } from './block.ts';
import type { BlockText } from './blockText.ts';

/** What a file says around its lists. */
export interface FrameReading {
	readonly content: Content;
	readonly problems: readonly Problem[];
	readonly complete: boolean;
	/** Where a problem of the file as a whole is shown. */
	readonly start: SourceRange;
}

/** Stands for all items of a list. */
const mark = 'items-of-a-list';

/**
 * Reads a file with one item in the place of those of each list. Null when that does not tell what the whole would: a list
 * is not where its line says, or anchors tie its items to it. Never throws.
 */
export function readFrames(uri: string, kind: PlanFileKind, text: BlockText): FrameReading | null {
	const joined = joinFrames(text);
	if (hasOddCharacters(joined.text)) {
		return null;
	}
	const file = new SourceFile(uri, joined.text, (position) => joined.place(position));
	const hasByteOrderMark = file.text.length !== joined.text.length;
	try {
		const { depth, documents } = composeText(file.text);
		const [document] = documents;
		const root = document?.contents;
		if (depth !== null || document === undefined || documents.length > 1 || !isMap(root) || root.flow) {
			return null;
		}
		const shift = hasByteOrderMark ? 1 : 0;
		const errors = [...document.errors, ...document.warnings];
		const isSound =
			emptyLists(root, text, joined.marks, shift) &&
			!(kind === 'task' && root.items.some(({ key }) => isScalar(key) && scalarText(key) === 'id')) &&
			// Behind a list the parser's complaints depend on the blank lines and comments that are left out here.
			errors.every(({ pos }) => pos[0] + shift < (joined.marks[0]?.[0] ?? 0)) &&
			(errors.length === 0 || !isFlowOpen(text.frames[0]?.text ?? ''));
		const nodes = new YamlNodes(file, root);
		if (!isSound || nodes.hasTies) {
			return null;
		}
		reportLarge(file, text.length - shift);
		reportDocument(file, document);
		const content = readContent({ file, nodes }, root, kind);
		const complete = document.errors.length === 0;
		return { content, problems: file.found(), complete, start: file.range(0, 1) };
	} catch {
		// The reader of whole files says what the matter is.
		return null;
	}
}

interface JoinedFrames {
	readonly text: string;
	/** Start and end of the line of each mark. */
	readonly marks: readonly (readonly [number, number])[];
	place(position: Position): Position;
}

function joinFrames(text: BlockText): JoinedFrames {
	const marks: [number, number][] = [];
	const starts: { readonly line: number; readonly block: Block }[] = [];
	let joined = '';
	let line = 0;
	for (const [index, frame] of text.frames.entries()) {
		starts.push({ line, block: frame });
		joined += frame.text;
		line += frame.breaks;
		const list = text.lists[index];
		const first = list?.blocks[0];
		if (list !== undefined && first !== undefined) {
			const from = joined.length;
			joined += `${' '.repeat(list.indent)}- ${mark}\n`;
			marks.push([from, joined.length]);
			starts.push({ line, block: first });
			line++;
		}
	}
	return {
		text: joined,
		marks,
		place: (position) => {
			const start = starts.findLast((each) => each.line <= position.line);
			return start === undefined
				? position
				: new AnchoredPosition(start.block, position.line - start.line, position.character);
		},
	};
}

/** Takes the marks out of their lists; false when one of them is not where it should be. */
function emptyLists(
	root: YAMLMap,
	{ lists }: BlockText,
	marks: readonly (readonly [number, number])[],
	shift: number,
): boolean {
	return lists.every(({ name, indent }, index) => {
		const pairs = root.items.filter(({ key }) => isScalar(key) && scalarText(key) === name);
		const list = pairs[0]?.value;
		if (pairs.length !== 1 || !isSeq(list) || list.flow === true || list.items.length !== 1) {
			return false;
		}
		const item = list.items[0];
		const offset = (rangeOf(item)?.[0] ?? 0) + shift;
		if (!isScalar(item) || scalarText(item) !== mark || offset !== (marks[index]?.[0] ?? 0) + indent + 2) {
			return false;
		}
		list.items = [];
		return true;
	});
}

/** Whether a text ends within brackets: at the left nothing closes them, and what follows is read as a part of them. */
function isFlowOpen(text: string): boolean {
	let depth = 0;
	for (const token of new Lexer().lex(text)) {
		if (token === '{' || token === '[') {
			depth++;
		} else if (token === '}' || token === ']') {
			depth = Math.max(0, depth - 1);
		} else if (token === flowError) {
			depth = 0;
		}
	}
	return depth > 0;
}

/** What the lexer says where it gives brackets up. */
const flowError = '\x18';
