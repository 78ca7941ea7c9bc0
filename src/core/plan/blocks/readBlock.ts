import type { Node } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { ReadContext } from '../mapReader.ts';
import type { ComposedDocument } from '../parseYaml.ts';
import { composeText, hasOddCharacters, reportDocument } from '../parseYaml.ts';
import type { Sprint, Task } from '../plan.ts';
import type { Problem } from '../problem.ts';
import { readItem } from '../readContent.ts';
import { readSprint } from '../readSprint.ts';
import { readTask } from '../readTask.ts';
import { SourceFile } from '../sourceFile.ts';
import { rangeOf, scalarText, YamlNodes } from '../yamlNodes.ts';
import { AnchoredPosition } from './anchoredPosition.ts';
import type { Block } from './block.ts';

/** What stands behind a block: another item of its list, a field at the left, or the end of the text. */
export type Follower = 'item' | 'key' | 'end';

/**
 * How far the reading of a block can be trusted. `sure`: the text means the same in its place. `open`: it runs on into what
 * follows, as a quote that is not closed does. `tied`: what it means depends on the rest of the file.
 */
export type BlockTrust = 'sure' | 'open' | 'tied';

/** What was read in one block. */
export interface BlockReading {
	/** What was read. */
	readonly text: string;
	readonly trust: BlockTrust;
	readonly follower: Follower;
	readonly tasks: readonly Task[];
	readonly sprints: readonly Sprint[];
	readonly problems: readonly Problem[];
	/** False when something of the block could be missing here. */
	readonly complete: boolean;
}

/** Stands for what follows a block; no plan says this by chance, and if one does it is only read as a whole. */
const mark = 'what-follows-a-block';

/**
 * Reads one block in surroundings like those of its place: its list before it, and behind it what shows whether the parser
 * comes out of the block as it went in. Never throws.
 */
export function readBlock(
	uri: string,
	block: Block,
	place: { readonly list: string; readonly indent: number; readonly follower: Follower },
): BlockReading {
	const { list, follower } = place;
	const nothing = { text: block.text, follower, tasks: [], sprints: [], problems: [], complete: false };
	if (hasOddCharacters(block.text)) {
		return { ...nothing, trust: 'tied' };
	}
	const prefix = `${list}:\n`;
	const text = prefix + block.text + suffixOf(place);
	const end = prefix.length + block.text.length;
	const file = new SourceFile(
		uri,
		text,
		({ line, character }) => new AnchoredPosition(block, line - 1, character),
	);
	try {
		const { depth, documents } = composeText(text);
		const [document] = documents;
		if (depth !== null || document === undefined || documents.length > 1) {
			return { ...nothing, trust: 'tied' };
		}
		const items = itemsWithin(document, { list, follower, end });
		if (items === null || !staysWithin(document, { start: prefix.length, end, follower })) {
			return { ...nothing, trust: 'open' };
		}
		reportDocument(file, document);
		const nodes = new YamlNodes(file, document.contents);
		const found = readItems({ file, nodes }, items, list);
		const complete = document.errors.length === 0;
		return {
			...{ ...found, complete, follower, text: block.text },
			trust: nodes.hasTies ? 'tied' : 'sure',
			problems: file.found(),
		};
	} catch {
		// The reader of whole files says what the matter is.
		return { ...nothing, trust: 'tied' };
	}
}

function suffixOf({ follower, indent }: { readonly follower: Follower; readonly indent: number }): string {
	switch (follower) {
		case 'item':
			return `${' '.repeat(indent)}- ${mark}\n`;
		case 'key':
			return `${mark}:\n`;
		case 'end':
			return '';
	}
}

/** The items of the block; null when what follows is not read as what it is. */
function itemsWithin(
	{ contents }: ComposedDocument,
	{ list, follower, end }: { readonly list: string; readonly follower: Follower; readonly end: number },
): readonly unknown[] | null {
	if (!isMap(contents) || contents.flow === true || contents.items.length !== (follower === 'key' ? 2 : 1)) {
		return null;
	}
	const [own, next] = contents.items;
	if (!isScalar(own?.key) || scalarText(own.key) !== list || !isSeq(own.value) || own.value.flow === true) {
		return null;
	}
	const items: readonly unknown[] = own.value.items;
	switch (follower) {
		case 'end':
			return items;
		case 'key':
			return isMark(next?.key, end) ? items : null;
		case 'item': {
			const last = items.at(-1);
			return isMark(last, null) && (rangeOf(last)?.[0] ?? 0) > end ? items.slice(0, -1) : null;
		}
	}
}

function isMark(node: unknown, offset: number | null): boolean {
	return (
		isScalar(node) && scalarText(node) === mark && (offset === null || rangeOf(node as Node)?.[0] === offset)
	);
}

/** Whether all that the parser complains of lies in the block. */
function staysWithin(
	{ errors, warnings }: ComposedDocument,
	{ start, end, follower }: { readonly start: number; readonly end: number; readonly follower: Follower },
): boolean {
	return [...errors, ...warnings].every(
		({ pos }) => pos[0] >= start && (follower === 'end' || pos[0] <= end),
	);
}

function readItems(
	context: ReadContext,
	items: readonly unknown[],
	list: string,
): Pick<BlockReading, 'tasks' | 'sprints'> {
	const tasks: Task[] = [];
	const sprints: Sprint[] = [];
	// An empty item has a place of its own, so that the list's is never asked for.
	const entry = { key: list, keyNode: items[0] as Node };
	for (const item of items) {
		const task = list === 'tasks' ? readItem(context, item, { entry, read: readTask }) : null;
		const sprint = list === 'sprints' ? readItem(context, item, { entry, read: readSprint }) : null;
		if (task !== null) {
			tasks.push(task);
		}
		if (sprint !== null) {
			sprints.push(sprint);
		}
	}
	return { tasks, sprints };
}
