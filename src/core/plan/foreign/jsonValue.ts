import type { Node } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import { parseYaml } from '../parseYaml.ts';
import type { Located, SourceRange } from '../plan.ts';
import type { SourceFile } from '../sourceFile.ts';
import { scalarText, YamlNodes } from '../yamlNodes.ts';

/** A value of a JSON or YAML text with its place. Wrong types answer like missing values: other tools' files vary. */
export class JsonValue {
	readonly #file: SourceFile;
	readonly #nodes: YamlNodes;
	readonly #node: Node | null;

	constructor(file: SourceFile, nodes: YamlNodes, node: Node | null) {
		this.#file = file;
		this.#nodes = nodes;
		this.#node = node;
	}

	get range(): SourceRange {
		return this.#node === null ? this.#file.range(0, 1) : this.#nodes.range(this.#node);
	}

	get isMap(): boolean {
		return isMap(this.#node);
	}

	get isList(): boolean {
		return isSeq(this.#node);
	}

	/** The first of these fields that is there and not null. */
	get(...names: readonly string[]): JsonValue | undefined {
		const fields = this.fields();
		for (const name of names) {
			const found = fields.find(([key, value]) => key === name && value.#node !== null);
			if (found !== undefined) {
				return found[1];
			}
		}
		return undefined;
	}

	/** Fields in document order; none for what is no mapping. */
	fields(): (readonly [key: string, value: JsonValue])[] {
		if (!isMap(this.#node)) {
			return [];
		}
		return this.#nodes.entries(this.#node).map(({ key, value }) => [key, this.#wrap(value)] as const);
	}

	/** Items of a list; a single value is a list of one, nothing an empty one. */
	items(): JsonValue[] {
		if (isSeq(this.#node)) {
			return this.#node.items.map((item) => this.#wrap(this.#nodes.resolve(item)));
		}
		return this.#node === null ? [] : [this];
	}

	/** Text, number or truth value as it is written, without white space around it; undefined for all else and for ''. */
	text(): string | undefined {
		const text = isScalar(this.#node) ? scalarText(this.#node).trim() : '';
		return text === '' ? undefined : text;
	}

	/** Texts of a list with their places; other items are left out. */
	texts(): Located<string>[] {
		return this.items().flatMap((item) => {
			const value = item.text();
			return value === undefined ? [] : [{ value, range: item.range }];
		});
	}

	/** The value without places. */
	plain(): unknown {
		return this.#node === null ? null : this.#nodes.toValue(this.#node);
	}

	#wrap(node: Node | null): JsonValue {
		return new JsonValue(this.#file, this.#nodes, node);
	}
}

/** Parses JSON (or YAML) tolerantly; faults of the text become problems of `file`. */
export function parseJson(file: SourceFile): JsonValue {
	const { root } = parseYaml(file);
	const nodes = new YamlNodes(file, root);
	return new JsonValue(file, nodes, nodes.resolve(root));
}
