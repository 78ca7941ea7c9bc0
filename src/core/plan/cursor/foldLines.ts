import type { TextLines } from './textLines.ts';

/** Lines that can be folded into the first of them. */
export interface Fold {
	readonly start: number;
	readonly end: number;
	readonly isComment: boolean;
}

interface Open {
	readonly line: number;
	readonly indent: number;
	readonly isDash: boolean;
}

/** What can be folded: a line with all that is indented below it, and comments of several lines. Linear in the lines. */
export function foldLines(lines: TextLines): Fold[] {
	const folds: Fold[] = [];
	const open: Open[] = [];
	let last = -1;
	const close = (indent: number, isDash: boolean) => {
		for (let top = open.at(-1); top !== undefined && !holds(top, indent, isDash); top = open.at(-1)) {
			open.pop();
			if (last > top.line) {
				folds.push({ start: top.line, end: last, isComment: false });
			}
		}
	};
	for (let number = 0; number < lines.count; number++) {
		const line = lines.line(number);
		const indent = line.length - line.trimStart().length;
		if (indent === line.length || line[indent] === '#') {
			continue;
		}
		const isDash = /^-(\s|$)/.test(line.slice(indent, indent + 2));
		close(indent, isDash);
		open.push({ line: number, indent, isDash });
		last = number;
	}
	close(-1, false);
	return [...folds, ...commentFolds(lines)].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** True while a line belongs to the block of another. The items of a compact list stand in the column of their field. */
function holds(block: Open, indent: number, isDash: boolean): boolean {
	return indent > block.indent || (indent === block.indent && isDash && !block.isDash);
}

function commentFolds(lines: TextLines): Fold[] {
	const folds: Fold[] = [];
	let start = -1;
	for (let number = 0; number <= lines.count; number++) {
		const isComment = number < lines.count && lines.line(number).trimStart().startsWith('#');
		if (isComment && start === -1) {
			start = number;
		} else if (!isComment && start !== -1) {
			if (number - 1 > start) {
				folds.push({ start, end: number - 1, isComment: true });
			}
			start = -1;
		}
	}
	return folds;
}
