import type { Alias, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { SourceRange } from './plan.ts';
import type { SourceFile } from './sourceFile.ts';

/** What aliases stand for. */
export interface NodeSurvey {
	readonly targets: ReadonlyMap<Alias, Node>;
	/** True when aliases expand too far to be followed. */
	readonly hasBomb: boolean;
	/** True when there are anchors or aliases, which tie places of the text together. */
	readonly hasTies: boolean;
}

/** How many nodes all aliases of one file may stand for, together. A file that needs more hides a bomb. */
const maxExpandedNodes = 20_000;

/**
 * Walks a tree once, without recursion, and reports what no reader of single fields would see: duplicate keys, aliases
 * without an anchor, alias bombs.
 */
export function surveyNodes(file: SourceFile, root: Node | null): NodeSurvey {
	const survey = new Survey(file);
	if (root !== null && /[&*]/.test(file.text)) {
		survey.walk(root);
	} else if (root !== null) {
		survey.walkPlain(root);
	}
	return survey;
}

class Survey implements NodeSurvey {
	readonly targets = new Map<Alias, Node>();
	hasBomb = false;
	hasTies = false;
	readonly #file: SourceFile;
	readonly #anchors = new Map<string, Node>();
	/** Nodes that a finished collection stands for, with those of its aliases. */
	readonly #sizes = new Map<unknown, number>();
	readonly #open = new Set<Node>();
	#expanded = 0;

	constructor(file: SourceFile) {
		this.#file = file;
	}

	walk(root: Node): void {
		const stack: { node: unknown; done: boolean }[] = [{ node: root, done: false }];
		for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
			const { node, done } = next;
			if (isAlias(node)) {
				this.#follow(node);
			} else if (isScalar(node)) {
				this.#remember(node);
			} else if (!isMap(node) && !isSeq(node)) {
			} else if (done) {
				this.#leave(node);
			} else {
				this.#enter(node);
				stack.push({ node, done: true });
				// Reversed, so that the stack gives them in document order: an anchor counts from where it stands.
				for (const child of childrenOf(node).reverse()) {
					stack.push({ node: child, done: false });
				}
			}
		}
	}

	/** The same for a text without anchors and aliases. */
	walkPlain(root: Node): void {
		const stack: unknown[] = [root];
		for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
			if (isMap(node)) {
				this.#checkKeys(node);
			} else if (!isSeq(node)) {
				continue;
			}
			for (const child of childrenOf(node).reverse()) {
				if (!isScalar(child)) {
					stack.push(child);
				}
			}
		}
	}

	#enter(node: YAMLMap | YAMLSeq): void {
		this.#open.add(node);
		this.#remember(node);
		if (isMap(node)) {
			this.#checkKeys(node);
		}
	}

	#leave(node: YAMLMap | YAMLSeq): void {
		this.#open.delete(node);
		const size = childrenOf(node).reduce<number>((sum, child) => sum + (this.#sizes.get(child) ?? 1), 1);
		this.#sizes.set(node, size);
	}

	#remember(node: Node): void {
		if ('anchor' in node && typeof node.anchor === 'string') {
			this.#anchors.set(node.anchor, node);
			this.hasTies = true;
		}
	}

	#follow(alias: Alias): void {
		this.hasTies = true;
		const target = this.#anchors.get(alias.source);
		if (target === undefined || this.#open.has(target)) {
			const message =
				target === undefined
					? `No anchor \`&${alias.source}\` comes before this alias. Add it, or write the value out.`
					: `\`*${alias.source}\` stands inside its own anchor, so it never ends. Write the value out.`;
			this.#file.report('SY112', this.#range(alias), message);
			return;
		}
		const size = this.#sizes.get(target) ?? 1;
		this.targets.set(alias, target);
		this.#sizes.set(alias, size);
		this.#expanded += size;
		if (this.#expanded > maxExpandedNodes && !this.hasBomb) {
			this.hasBomb = true;
			const message = `The aliases of this file expand to more than ${maxExpandedNodes} values, so none is followed. Write the values out.`;
			this.#file.report('SY102', this.#range(alias), message);
		}
	}

	#checkKeys(map: YAMLMap): void {
		const seen = new Map<string, Pair>();
		for (const pair of map.items) {
			const key = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : '<<';
			const first = seen.get(key);
			if (key === '<<') {
				continue;
			}
			if (first === undefined) {
				seen.set(key, pair);
				continue;
			}
			this.#file.report('SY101', this.#range(pair.key), `\`${key}\` is given twice. Keep one of the two.`, {
				related: [{ range: this.#range(first.key), message: `\`${key}\` is given here first` }],
				data: { key },
			});
		}
	}

	#range(node: unknown): SourceRange {
		const [start, end] = (node as Partial<Node>).range ?? [0, 0];
		return this.#file.range(start, end);
	}
}

function childrenOf(node: YAMLMap | YAMLSeq): unknown[] {
	if (!isMap(node)) {
		return [...node.items];
	}
	const children: unknown[] = [];
	for (const { key, value } of node.items) {
		children.push(key, value);
	}
	return children;
}
