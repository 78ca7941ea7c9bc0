import type { Node, YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type * as z from 'zod/mini';
import type { Field, Fields, FieldTable } from './fields.ts';
import { nearest } from './nearest.ts';
import type { Located, SourceRange } from './plan.ts';
import type { SourceFile } from './sourceFile.ts';
import type { Entry, YamlNodes } from './yamlNodes.ts';
import { scalarText } from './yamlNodes.ts';

/** What every reader of one file shares. */
export interface ReadContext {
	readonly file: SourceFile;
	readonly nodes: YamlNodes;
}

/** Reads one mapping against a table of fields: names first, values when they are asked for. */
export class MapReader<F extends Fields> {
	readonly map: YAMLMap;
	readonly #context: ReadContext;
	readonly #fields: F;
	readonly #entries = new Map<string, Entry>();

	/** `what` names the mapping in messages: "a task". */
	constructor(context: ReadContext, map: YAMLMap, { table, what }: { table: FieldTable<F>; what: string }) {
		this.map = map;
		this.#context = context;
		this.#fields = table.fields;
		const { names } = table;
		for (const entry of context.nodes.entries(map)) {
			const name = names.get(entry.key);
			if (name === undefined) {
				this.#reportUnknown(entry, what, names);
			} else {
				this.#take(name, entry);
			}
		}
	}

	get range(): SourceRange {
		return this.#context.nodes.range(this.map);
	}

	/** A field as it is written; undefined when it is missing. */
	entry(name: keyof F & string): Entry | undefined {
		return this.#entries.get(name);
	}

	/** Where a field's value is, or its name if nothing is written after it. */
	rangeOf(entry: Entry): SourceRange {
		return this.#context.nodes.range(entry.valueNode ?? entry.keyNode);
	}

	/** The value of a field that needs no ranges of its own; undefined when missing, empty or wrong (then reported). */
	value<K extends keyof F & string>(name: K): z.output<F[K]['schema']> | undefined {
		const entry = this.#entries.get(name);
		const field = this.#fields[name];
		if (entry === undefined || entry.value === null || field === undefined) {
			return undefined;
		}
		const result = field.schema.safeParse(this.#context.nodes.toValue(entry.value));
		if (result.success) {
			return result.data as z.output<F[K]['schema']>;
		}
		this.reportType(name, entry.valueNode ?? entry.keyNode);
		return undefined;
	}

	/** Text as it was written: `007` keeps its zeros. */
	text(name: keyof F & string): string | undefined {
		const value = this.value(name);
		const node = this.#entries.get(name)?.value;
		if (value === undefined) {
			return undefined;
		}
		return isScalar(node) ? scalarText(node) : String(value);
	}

	/** A list of texts; one text alone is a list of one. Items that are no text are reported and left out. */
	texts(name: keyof F & string): string[] {
		return this.#items(name).map(({ text }) => text);
	}

	/** The same with the place of each text. */
	locatedTexts(name: keyof F & string): Located<string>[] {
		return this.#items(name).map(({ text, node }) => ({
			value: text,
			range: this.#context.nodes.range(node),
		}));
	}

	#items(name: keyof F & string): { text: string; node: Node }[] {
		const entry = this.#entries.get(name);
		if (entry === undefined || entry.value === null) {
			return [];
		}
		const items = isSeq(entry.value) ? entry.value.items : [entry.value];
		const found: { text: string; node: Node }[] = [];
		for (const item of items) {
			const text = this.#itemText(item);
			if (text === null) {
				this.reportType(name, item as Node);
			} else if (text !== '') {
				found.push({ text, node: item as Node });
			}
		}
		return found;
	}

	/** A number of at least `least`; a number in quotes counts. */
	amount(name: keyof F & string, { least = 0, whole = false } = {}): number | undefined {
		const entry = this.#entries.get(name);
		const value = this.value(name);
		if (entry === undefined || value === undefined) {
			return undefined;
		}
		const number = typeof value === 'number' ? value : Number(String(value).trim() || 'x');
		if (Number.isFinite(number) && number >= least && (!whole || Number.isInteger(number))) {
			return number;
		}
		const kind = whole ? 'a whole number' : 'a number';
		const message = `\`${entry.key}\` must be ${kind} of at least ${least}, not ${describe(entry.value)}.`;
		const severity = this.#fields[name]?.descriptive ? ('warning' as const) : ('error' as const);
		this.#context.file.report('SY207', this.rangeOf(entry), message, { severity });
		return undefined;
	}

	/** Says that a value has the wrong type, as gravely as the field deserves. */
	reportType(name: keyof F & string, node: Node): void {
		const field: Field | undefined = this.#fields[name];
		const key = this.#entries.get(name)?.key ?? name;
		const found = describe(this.#context.nodes.resolve(node));
		const message = `\`${key}\` must be ${field?.expects ?? 'something else'}, not ${found}.`;
		const code = field?.descriptive ? 'SY214' : 'SY202';
		this.#context.file.report(code, this.#context.nodes.range(node), message, { data: { field: name } });
	}

	#itemText(item: unknown): string | null {
		const node = this.#context.nodes.resolve(item);
		if (isMap(node)) {
			// Other tools write criteria as objects; the sentence is what counts.
			const entries = this.#context.nodes.entries(node);
			const main = entries.find(({ key }) => ['description', 'text', 'criterion', 'path'].includes(key));
			return isScalar(main?.value) ? scalarText(main.value) : null;
		}
		return isScalar(node) ? scalarText(node) : node === null ? '' : null;
	}

	#take(name: string, entry: Entry): void {
		const field = this.#fields[name];
		const earlier = this.#entries.get(name);
		if (earlier === undefined) {
			this.#entries.set(name, entry);
		} else {
			const message = `\`${entry.key}\` and \`${earlier.key}\` mean the same. \`${earlier.key}\` counts: remove one.`;
			this.#context.file.report('SY211', this.#context.nodes.range(entry.keyNode), message, {
				related: [
					{ range: this.#context.nodes.range(earlier.keyNode), message: `\`${earlier.key}\` is here` },
				],
			});
		}
		if (field?.pending !== undefined && entry.value !== null) {
			const message = `\`${entry.key}\` is understood but not carried out by this version: ${field.pending}.`;
			this.#context.file.report('SY212', this.#context.nodes.range(entry.keyNode), message);
		}
	}

	#reportUnknown(entry: Entry, what: string, names: ReadonlyMap<string, string>): void {
		const near = nearest(entry.key, names.keys());
		const range = this.#context.nodes.range(entry.keyNode);
		if (near === null) {
			const message = `${what} has no field \`${entry.key}\`: it is kept, and nothing reads it.`;
			this.#context.file.report('SY200', range, capitalise(message));
		} else {
			const message = `${what} has no field \`${entry.key}\`. Did you mean \`${near}\`?`;
			this.#context.file.report('SY201', range, capitalise(message), { data: { replacement: near } });
		}
	}
}

/** What a value is, in words for a message. */
export function describe(node: unknown): string {
	if (isMap(node)) {
		return 'fields with values';
	}
	if (isSeq(node)) {
		return 'a list';
	}
	if (isScalar(node)) {
		const shown = scalarText(node);
		const text = shown.length > 40 ? `${shown.slice(0, 40)}…` : shown;
		return typeof node.value === 'string' ? `the text "${text}"` : `\`${text}\``;
	}
	return 'nothing';
}

function capitalise(sentence: string): string {
	return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
