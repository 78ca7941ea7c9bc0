import type { Located, PlanFile } from '../plan.ts';
import { parseMinutes } from '../readEstimate.ts';
import { present } from '../readValues.ts';
import { SourceFile } from '../sourceFile.ts';
import type { ForeignGroup, ForeignPlan, ForeignTask } from './foreignPlan.ts';
import type { MarkdownLine } from './markdownLines.ts';
import { markdownLines, plainText, rangeIn, rangeOfLines, titleOf } from './markdownLines.ts';
import type { Named } from './matchName.ts';
import { matchName, splitNames, withoutBrackets } from './matchName.ts';
import { slugOf, UniqueIds } from './slug.ts';

interface Field {
	readonly value: string;
	readonly line: MarkdownLine;
}

interface Draft extends Named {
	readonly line: MarkdownLine;
	readonly fields: Map<string, Field>;
	readonly layer: number;
	last: MarkdownLine;
}

interface Layer {
	readonly name: string;
	readonly line: MarkdownLine;
	readonly level: number;
	readonly drafts: Draft[];
}

const layerHeading = /^(?:layer|phase|wave|level|batch)\s+(\d+)\b/i;

/**
 * `DEPENDENCIES.md`: components below "Layer N" (or "Phase N") headings, each with **Dependencies** (or "Depends on")
 * that name other components in words. The words alone give the order: a layer is a group without an order of its own.
 */
export function readLayers({ uri, text }: PlanFile): ForeignPlan {
	const file = new SourceFile(uri, text);
	const lines = markdownLines(file);
	const layers = collectLayers(lines).filter((layer) => layer.drafts.length > 0);
	const drafts = layers.flatMap((layer) => layer.drafts);
	return {
		format: 'layers',
		name: titleOf(lines, 'Dependencies'),
		tasks: drafts.map((draft) => taskOf(file, draft, drafts)),
		groups: layers.map((layer) => groupOf(file, layer)),
		problems: file.problems(),
	};
}

function collectLayers(lines: readonly MarkdownLine[]): Layer[] {
	const collector = new LayerCollector();
	for (const line of lines) {
		collector.take(line);
	}
	return collector.layers;
}

class LayerCollector {
	readonly layers: Layer[] = [];
	readonly #ids = new UniqueIds();
	#open: Layer | null = null;
	#draft: Draft | null = null;

	take(line: MarkdownLine): void {
		if (line.heading !== undefined) {
			this.#draft = null;
			this.#heading(line, line.heading);
		} else if (this.#draft !== null && !line.fenced) {
			takeField(this.#draft, line);
		}
	}

	#heading(line: MarkdownLine, { level, text }: { readonly level: number; readonly text: string }): void {
		if (layerHeading.test(text)) {
			this.#open = { name: plainText(text), line, level, drafts: [] };
			this.layers.push(this.#open);
		} else if (this.#open !== null && level <= this.#open.level) {
			this.#open = null;
		} else if (this.#open !== null && level === this.#open.level + 1) {
			this.#draft = draftOf(line, { text, ids: this.#ids, layer: this.layers.length - 1 });
			this.#open.drafts.push(this.#draft);
		}
	}
}

function draftOf(
	line: MarkdownLine,
	{ text, ids, layer }: { readonly text: string; readonly ids: UniqueIds; readonly layer: number },
): Draft {
	const name = plainText(text).replace(/^(?:stream|path|component|track)\s+\w+:\s*/i, '');
	return {
		id: ids.take(slugOf(withoutBrackets(name)) || 'component'),
		name,
		line,
		fields: new Map(),
		layer,
		last: line,
	};
}

function takeField(draft: Draft, line: MarkdownLine): void {
	const match = /^(?:[-*+]\s+)?\*{0,2}([A-Z][\w /-]{1,40}?)\*{0,2}:\*{0,2}\s*(\S.*)$/.exec(
		line.text.trimStart(),
	);
	const key = match?.[1]?.toLowerCase();
	if (match !== null && key !== undefined && !draft.fields.has(key)) {
		draft.fields.set(key, { value: (match[2] ?? '').trim(), line });
		draft.last = line;
	}
}

const dependencyKeys = ['dependencies', 'depends on', 'dependency', 'requires'];

function taskOf(file: SourceFile, draft: Draft, drafts: readonly Draft[]): ForeignTask {
	const field = (...keys: readonly string[]) =>
		keys.map((key) => draft.fields.get(key)).find((one) => one !== undefined);
	const duration = field('duration', 'estimated duration', 'effort')?.value;
	const known = new Set([...dependencyKeys, 'duration', 'estimated duration', 'effort', 'team', 'owner']);
	const notes = [...draft.fields]
		.filter(([key]) => !known.has(key))
		.map(([key, { value }]) => [key, plainText(value)]);
	return {
		id: draft.id,
		name: draft.name,
		...present('persona', field('team', 'owner')?.value),
		...present(
			'estimateMinutes',
			duration === undefined ? undefined : (parseMinutes(duration, 'h') ?? undefined),
		),
		acceptanceCriteria: [],
		dependencies: dependenciesOf(file, draft, { drafts, field: field(...dependencyKeys) }),
		notes: Object.fromEntries(notes),
		range: rangeOfLines(file, draft.line, draft.last),
		idRange: rangeIn(file, draft.line, draft.name),
	};
}

function dependenciesOf(
	file: SourceFile,
	draft: Draft,
	{ drafts, field }: { readonly drafts: readonly Draft[]; readonly field: Field | undefined },
): Located<string>[] {
	if (field === undefined) {
		return [];
	}
	const others = drafts.filter((one) => one !== draft);
	if (/^all\b/i.test(field.value)) {
		const range = rangeIn(file, field.line, field.value);
		return others.filter((one) => one.layer < draft.layer).map(({ id }) => ({ value: id, range }));
	}
	return splitNames(withoutBrackets(plainText(field.value))).map((words) => ({
		value: matchName(words, others)?.id ?? words,
		range: rangeIn(file, field.line, words),
	}));
}

function groupOf(file: SourceFile, { name, line, drafts }: Layer): ForeignGroup {
	return {
		id: slugOf(layerHeading.exec(name)?.[0] ?? name),
		name,
		tasks: drafts.map((draft) => ({ value: draft.id, range: rangeIn(file, draft.line, draft.name) })),
		dependencies: [],
		range: rangeOfLines(file, line, line),
	};
}
