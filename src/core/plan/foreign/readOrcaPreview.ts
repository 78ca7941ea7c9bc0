import { parseMinutes } from '../readEstimate.ts';
import type { SourceFile } from '../sourceFile.ts';
import type { ForeignGroup, ForeignPlan, ForeignTask } from './foreignPlan.ts';
import type { MarkdownLine } from './markdownLines.ts';
import { rangeIn, rangeOfLines, titleOf } from './markdownLines.ts';

interface Layer {
	readonly number: string;
	readonly line: MarkdownLine;
	readonly tasks: ForeignTask[];
}

/**
 * The execution preview of Orca: `Layer 1 (35 min) - 3 parallel tasks:` with a tree of `slug (25 min)` below. Layers follow
 * each other; the first mention of a task counts, so that a monitor's output further down adds nothing.
 */
export function readOrcaPreview(file: SourceFile, lines: readonly MarkdownLine[]): ForeignPlan {
	const filled = collectLayers(file, lines).filter((layer) => layer.tasks.length > 0);
	return {
		format: 'orca',
		name: titleOf(lines, 'Plan').replace(/^sample execution workflow:\s*/i, ''),
		tasks: filled.flatMap((layer) => layer.tasks),
		groups: filled.map((layer) => groupOf(file, layer)),
		problems: file.problems(),
	};
}

function collectLayers(file: SourceFile, lines: readonly MarkdownLine[]): Layer[] {
	const layers: Layer[] = [];
	const seen = new Set<string>();
	let open: Layer | null = null;
	for (const line of lines) {
		const number = /^\s*Layer\s+(\d+)\b.*\btasks?\b.*:\s*$/i.exec(line.text)?.[1];
		const leaf = /^\s*[├└│|`+][─—\-+`]*\s+([A-Za-z0-9][\w.-]*)\s+\(([^()]+)\)\s*$/.exec(line.text);
		if (number !== undefined) {
			const isFirst = !layers.some((layer) => layer.number === number);
			open = { number, line, tasks: [] };
			layers.push(...(isFirst ? [open] : []));
		} else if (leaf === null) {
			open = line.text.trim() === '' ? open : null;
		} else {
			takeLeaf(file, line, { open, seen, id: leaf[1] ?? '', duration: leaf[2] ?? '' });
		}
	}
	return layers;
}

interface Leaf {
	readonly open: Layer | null;
	readonly seen: Set<string>;
	readonly id: string;
	readonly duration: string;
}

function takeLeaf(file: SourceFile, line: MarkdownLine, { open, seen, id, duration }: Leaf): void {
	if (open !== null && !seen.has(id)) {
		seen.add(id);
		open.tasks.push(taskOf(file, line, { id, duration }));
	}
}

function taskOf(
	file: SourceFile,
	line: MarkdownLine,
	{ id, duration }: { readonly id: string; readonly duration: string },
): ForeignTask {
	const minutes = parseMinutes(duration, 'm');
	return {
		id,
		name: id.replace(/[-_]/g, ' ').replace(/^./, (first) => first.toUpperCase()),
		...(minutes !== null && { estimateMinutes: minutes }),
		acceptanceCriteria: [],
		dependencies: [],
		notes: {},
		range: rangeOfLines(file, line, line),
		idRange: rangeIn(file, line, id),
	};
}

function groupOf(file: SourceFile, { number, line, tasks }: Layer): ForeignGroup {
	return {
		id: `layer-${number}`,
		name: `Layer ${number}`,
		track: 1,
		tasks: tasks.map(({ id, idRange }) => ({ value: id, range: idRange })),
		// `Layer 6 (25 min) - 2 sequential tasks:`
		...(/\bsequential tasks?\b/i.test(line.text) && { inTurn: true as const }),
		dependencies: [],
		range: rangeOfLines(file, line, line),
	};
}
