import type { Alias, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { SourceRange } from './plan.ts';
import type { SourceFile } from './sourceFile.ts';
import { surveyNodes } from './surveyNodes.ts';

/** A field of a mapping, with aliases and merge keys resolved. */
export interface Entry {
	readonly key: string;
	readonly keyNode: Node;
	/** What the value is; null where nothing is written. */
	readonly value: Scalar | YAMLMap | YAMLSeq | null;
	/** Where the value is written: an alias stays the alias. Null where nothing is. */
	readonly valueNode: Node | null;
	/** True within braces, where fields stand side by side. */
	readonly inFlow: boolean;
}

/** The nodes of one file with aliases and merge keys resolved. */
export class YamlNodes {
	readonly #file: SourceFile;
	readonly #targets: ReadonlyMap<Alias, Node>;
	readonly #bomb: boolean;
	/** True when anchors or aliases tie places of the text together. */
	readonly hasTies: boolean;

	constructor(file: SourceFile, root: Node | null) {
		this.#file = file;
		const survey = surveyNodes(file, root);
		this.#targets = survey.targets;
		this.#bomb = survey.hasBomb;
		this.hasTies = survey.hasTies;
	}

	/** True when aliases expand too far: then no alias is followed. */
	get hasBomb(): boolean {
		return this.#bomb;
	}

	/** The node behind an alias; null for nothing, for an alias without anchor and for every alias of a bomb. */
	resolve(node: unknown): Scalar | YAMLMap | YAMLSeq | null {
		const target = isAlias(node) ? (this.#bomb ? null : this.#targets.get(node)) : node;
		if (isMap(target) || isSeq(target)) {
			return target;
		}
		return isScalar(target) && target.value !== null ? target : null;
	}

	/** The fields of a mapping in document order. Of a key given twice the last counts; merged fields come last. */
	entries(map: YAMLMap): Entry[] {
		const found = new Map<string, Entry>();
		const merged: YAMLMap[] = [];
		for (const pair of map.items) {
			const key = keyText(pair);
			if (key === null) {
				continue;
			}
			if (key === '<<') {
				merged.push(...this.#mergeSources(pair));
				continue;
			}
			found.set(key, this.#entry(key, pair, map.flow === true));
		}
		for (const source of merged) {
			for (const entry of this.entries(source)) {
				if (!found.has(entry.key)) {
					found.set(entry.key, entry);
				}
			}
		}
		return [...found.values()];
	}

	/** The source range of a node, without the white space after it. */
	range(node: unknown): SourceRange {
		const range = rangeOf(node) ?? [0, 0];
		return this.#file.range(range[0], range[1]);
	}

	/**
	 * A plain JavaScript value. Numbers and booleans keep their type; what the text of a scalar was is `scalarText`'s to say.
	 */
	toValue(node: unknown): unknown {
		const target = this.resolve(node);
		if (isMap(target)) {
			// A null prototype: a field called __proto__ is a field.
			const value: Record<string, unknown> = Object.create(null);
			for (const entry of this.entries(target)) {
				value[entry.key] = this.toValue(entry.value);
			}
			return value;
		}
		if (isSeq(target)) {
			return target.items.map((item) => this.toValue(item));
		}
		return target?.value ?? null;
	}

	#entry(key: string, pair: Pair, inFlow: boolean): Entry {
		const keyNode = pair.key as Node;
		const range = rangeOf(pair.value);
		const valueNode = range !== null && range[1] > range[0] ? (pair.value as Node) : null;
		return { key, keyNode, value: this.resolve(pair.value), valueNode, inFlow };
	}

	#mergeSources(pair: Pair): YAMLMap[] {
		const source = this.resolve(pair.value);
		const list = isSeq(source) ? source.items.map((item) => this.resolve(item)) : [source];
		return list.filter((item) => isMap(item));
	}
}

/** The text of a scalar as it was written, without quotes: `001` stays `001` although it is a number. */
export function scalarText(scalar: Scalar): string {
	return scalar.source ?? String(scalar.value);
}

/** The name of a field, null when it is no plain one. */
export function keyText(pair: Pair): string | null {
	return isScalar(pair.key) ? scalarText(pair.key) : null;
}

/** Offsets of a node: start, end of the value, end of what belongs to it. */
export function rangeOf(node: unknown): readonly [number, number, number] | null {
	const range = (node as Partial<Node> | null | undefined)?.range;
	return range ?? null;
}
