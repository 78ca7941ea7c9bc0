import { isMap, isScalar, isSeq } from 'yaml';
import { longestChain } from '../checkFigures.ts';
import { parseYaml } from '../parseYaml.ts';
import type { PlanFile, Task } from '../plan.ts';
import type { Problem } from '../problem.ts';
import { formatHours } from '../readEstimate.ts';
import { SourceFile } from '../sourceFile.ts';
import type { Entry } from '../yamlNodes.ts';
import { scalarText, YamlNodes } from '../yamlNodes.ts';

/** Names under which tools write figures, without underscores and in lower case. */
const counts = new Set(['totaltasks', 'taskcount']);
const sums = new Set(['totalhours', 'hours', 'estimatedhours']);
const chains = new Set(['criticalpathhours']);
const lists = new Set(['tasks', 'path', 'taskids']);

/** Totals and critical paths that a JSON or YAML plan of another tool states and that do not hold (EXECUTION P5). */
export function checkTotals({ uri, text }: PlanFile, tasks: readonly Task[]): readonly Problem[] {
	// What the parser says was said when the file was read.
	const parsed = new SourceFile(uri, text);
	const { root } = parseYaml(parsed);
	const totals = new Totals(new SourceFile(uri, text), tasks);
	totals.visit(new YamlNodes(parsed, root), root);
	return totals.file.problems();
}

class Totals {
	readonly file: SourceFile;
	readonly #tasks: readonly Task[];
	readonly #byId: ReadonlyMap<string, Task>;

	constructor(file: SourceFile, tasks: readonly Task[]) {
		this.file = file;
		this.#tasks = tasks;
		this.#byId = new Map(tasks.map((task) => [task.id, task]));
	}

	/** Looks at every mapping; the parser has limited how deep they lie. Aliases are not followed. */
	visit(nodes: YamlNodes, node: unknown): void {
		if (isSeq(node)) {
			for (const item of node.items) {
				this.visit(nodes, item);
			}
		} else if (isMap(node)) {
			const entries = nodes.entries(node);
			this.#checkMap(nodes, entries);
			for (const { valueNode } of entries) {
				this.visit(nodes, valueNode);
			}
		}
	}

	#checkMap(nodes: YamlNodes, entries: readonly Entry[]): void {
		this.#checkWallClock(nodes, entries);
		const members = this.#membersOf(entries);
		if (members === null) {
			return;
		}
		const sum = members.reduce((total, { estimateMinutes = Number.NaN }) => total + estimateMinutes, 0);
		const chain = Number.isNaN(sum) ? Number.NaN : (longestChain(members) ?? Number.NaN);
		for (const entry of entries) {
			const stated = isScalar(entry.value) ? Number(scalarText(entry.value)) : Number.NaN;
			const key = plainName(entry.key);
			if (counts.has(key)) {
				this.#compare(nodes, entry, { stated, found: [members.length], words: String(members.length) });
			} else if (sums.has(key)) {
				this.#compare(nodes, entry, { stated: stated * 60, found: [sum, chain], words: formatHours(sum) });
			} else if (chains.has(key)) {
				this.#compare(nodes, entry, { stated: stated * 60, found: [chain], words: formatHours(chain) });
			}
		}
	}

	/** `{sequential: "35 hours", with2Developers: "23 hours"}`: the one is the sum, and nobody is faster than their share. */
	#checkWallClock(nodes: YamlNodes, entries: readonly Entry[]): void {
		const all = this.#tasks.reduce((total, { estimateMinutes = Number.NaN }) => total + estimateMinutes, 0);
		const chain = longestChain(this.#tasks) ?? Number.NaN;
		for (const entry of entries) {
			const key = plainName(entry.key);
			const people = /^with(\d+)(developers|agents|tracks|workers)$/.exec(key)?.[1];
			const hours = isScalar(entry.value)
				? /^~?(\d+(?:\.\d+)?)\s*h(ours?)?\b/i.exec(scalarText(entry.value))?.[1]
				: undefined;
			const stated = Number(hours ?? Number.NaN) * 60;
			if (key === 'sequential') {
				this.#compare(nodes, entry, { stated, found: [all], words: formatHours(all) });
			} else if (people !== undefined && stated < Math.max(chain, all / Number(people)) - 1) {
				const least = formatHours(Math.max(chain, all / Number(people)));
				const range = nodes.range(entry.valueNode ?? entry.keyNode);
				this.file.report(
					'SY319',
					range,
					`\`${entry.key}\` cannot hold: the tasks take at least ${least} that way.`,
				);
			}
		}
	}

	/** The tasks that a mapping speaks of: those it lists by id, or all of the plan where it holds them. */
	#membersOf(entries: readonly Entry[]): readonly Task[] | null {
		const list = entries.find(({ key }) => lists.has(plainName(key)))?.value;
		if (!isSeq(list) || list.items.length === 0) {
			return null;
		}
		if (list.items.every((item) => isMap(item))) {
			return list.items.length === this.#tasks.length ? this.#tasks : null;
		}
		const found = list.items.map((item) => (isScalar(item) ? this.#byId.get(scalarText(item)) : undefined));
		return found.every((task) => task !== undefined) ? found : null;
	}

	#compare(
		nodes: YamlNodes,
		entry: Entry,
		{
			stated,
			found,
			words,
		}: { readonly stated: number; readonly found: readonly number[]; readonly words: string },
	): void {
		const isKnown = Number.isFinite(stated) && found.every((figure) => Number.isFinite(figure));
		if (isKnown && !found.some((figure) => Math.abs(figure - stated) < 1)) {
			const message = `\`${entry.key}\` does not hold: the tasks that it speaks of give ${words}.`;
			this.file.report('SY319', nodes.range(entry.valueNode ?? entry.keyNode), message);
		}
	}
}

function plainName(key: string): string {
	return key.replaceAll('_', '').toLowerCase();
}
