import type { CommandTarget } from '../commands/commandTarget.ts';
import type { Look } from '../tree/taskLook.ts';
import type { RowTexts } from './rowTexts.ts';

/** One row of the view "Runs". Made anew with each refresh; the editor knows it again by its id. */
export interface RunRow {
	readonly id: string;
	readonly label: string;
	readonly description: string;
	readonly look: Look;
	/** Paragraphs of the tooltip, in the engine's words. */
	readonly detail: readonly string[];
	/** Words for `viewItem =~ /\bword\b/`: what may be done with the row. */
	readonly context: string;
	/** What the commands of the row act on. */
	readonly target: CommandTarget;
	/** The run that the row belongs to. */
	readonly runFolder?: string;
	/** Folder of the evidence, relative to the plan's root. */
	readonly evidence?: string;
	/** Absolute path of what a click opens. */
	readonly file?: string;
	readonly isExpanded?: boolean;
	readonly children?: () => readonly RunRow[] | Promise<readonly RunRow[]>;
}

/** More rows than this in one place tell nobody anything. */
export const longestList = 200;

/** The rows, or where they are very many a row for each stretch of them, named after its first and last. */
export function inStretches(
	rows: readonly RunRow[],
	parent: Pick<RunRow, 'id' | 'target'>,
	texts: RowTexts,
): readonly RunRow[] {
	if (rows.length <= longestList) {
		return rows;
	}
	const stretches: RunRow[] = [];
	for (let at = 0; at < rows.length; at += longestList) {
		const part = rows.slice(at, at + longestList);
		stretches.push({
			id: `${parent.id}/${at}`,
			label: texts.t('{0} to {1}', at + 1, at + part.length),
			description: `${part[0]?.label} … ${part.at(-1)?.label}`,
			look: { icon: 'list-flat', color: null, words: '' },
			detail: [],
			context: 'stretch',
			target: parent.target,
			children: () => part,
		});
	}
	return stretches;
}
