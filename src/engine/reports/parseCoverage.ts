import lcovParser from '@friedemannsommer/lcov-parser/sync';
import { XMLParser } from 'fast-xml-parser';

export interface Coverage {
	readonly lines: { readonly found: number; readonly hit: number };
	readonly branches: { readonly found: number; readonly hit: number };
}

/**
 * Reads an LCOV trace file: lines and branches are counted, each once, however many tests list its file. Only where a record
 * lists none, its own sums are taken. Throws a sentence where it is none.
 */
export function parseLcov(text: string): Coverage {
	const sections = lcovParser({ from: text });
	if (sections.length === 0) {
		throw new Error('it holds no record of a source file');
	}
	const lines = new Tally();
	const branches = new Tally();
	for (const { path, ...section } of sections) {
		lines.add(
			section.lines,
			section.lines.details.map(({ line, hit }) => [`${path}:${line}`, hit]),
		);
		branches.add(
			section.branches,
			section.branches.details.map(({ line, block, branch, hit }) => [
				`${path}:${line}:${block}:${branch}`,
				hit,
			]),
		);
	}
	return { lines: lines.sum(), branches: branches.sum() };
}

/** Counts what was reached, of places that several records may list. */
class Tally {
	readonly #places = new Map<string, boolean>();
	readonly #stated = { found: 0, hit: 0 };

	/** `stated` is what the record says of itself in sums; `places` are those that it lists, with how often each was reached. */
	add(
		stated: { readonly instrumented: number; readonly hit: number },
		places: readonly (readonly [name: string, hits: number])[],
	): void {
		if (places.length === 0) {
			this.#stated.found += stated.instrumented;
			this.#stated.hit += stated.hit;
		}
		for (const [name, hits] of places) {
			this.#places.set(name, this.#places.get(name) === true || hits > 0);
		}
	}

	sum(): { readonly found: number; readonly hit: number } {
		const hit = [...this.#places.values()].filter((isHit) => isHit).length;
		return { found: this.#stated.found + this.#places.size, hit: this.#stated.hit + hit };
	}
}

const parser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: '@',
	parseAttributeValue: false,
	isArray: (name) => ['package', 'class', 'line'].includes(name),
});

interface CoberturaLine {
	readonly '@number'?: string;
	readonly '@hits'?: string;
}

interface CoberturaClass {
	readonly '@filename'?: string;
	readonly lines?: { readonly line?: readonly CoberturaLine[] } | '';
}

interface CoberturaRoot {
	readonly '@branches-valid'?: string;
	readonly '@branches-covered'?: string;
	readonly packages?: {
		readonly package?: readonly { readonly classes?: { readonly class?: readonly CoberturaClass[] } }[];
	};
}

/** Reads a Cobertura XML file: lines are counted, not taken from the rate it states. Throws a sentence where it is none. */
export function parseCobertura(text: string): Coverage {
	const { coverage } = parser.parse(text, true) as { coverage?: CoberturaRoot };
	if (coverage === undefined) {
		throw new Error('it has no coverage element');
	}
	const hits = hitsOf(coverage);
	const hit = [...hits.values()].filter((isHit) => isHit).length;
	return {
		lines: { found: hits.size, hit },
		branches: {
			found: Number(coverage['@branches-valid'] ?? 0) || 0,
			hit: Number(coverage['@branches-covered'] ?? 0) || 0,
		},
	};
}

/** Whether each line was reached: a line counts once, however many classes of a file list it. */
function hitsOf({ packages }: CoberturaRoot): Map<string, boolean> {
	const hits = new Map<string, boolean>();
	for (const each of (packages?.package ?? []).flatMap(({ classes }) => classes?.class ?? [])) {
		const lines = typeof each.lines === 'object' ? (each.lines.line ?? []) : [];
		for (const line of lines) {
			const key = `${each['@filename'] ?? ''}:${line['@number'] ?? ''}`;
			hits.set(key, hits.get(key) === true || Number(line['@hits'] ?? 0) > 0);
		}
	}
	return hits;
}
