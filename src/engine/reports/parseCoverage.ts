import lcovParser from '@friedemannsommer/lcov-parser/sync';
import { XMLParser } from 'fast-xml-parser';

export interface Coverage {
	readonly lines: { readonly found: number; readonly hit: number };
	readonly branches: { readonly found: number; readonly hit: number };
}

/** Reads an LCOV trace file. Throws a sentence where it is none. */
export function parseLcov(text: string): Coverage {
	const sections = lcovParser({ from: text });
	if (sections.length === 0) {
		throw new Error('it holds no record of a source file');
	}
	const sum = { lines: { found: 0, hit: 0 }, branches: { found: 0, hit: 0 } };
	for (const { lines, branches } of sections) {
		sum.lines.found += lines.instrumented;
		sum.lines.hit += lines.hit;
		sum.branches.found += branches.instrumented;
		sum.branches.hit += branches.hit;
	}
	return sum;
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
