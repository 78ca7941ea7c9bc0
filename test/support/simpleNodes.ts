import { isMap, isScalar, isSeq } from 'yaml';
import { composeAnything } from '../../src/core/plan/parseYaml.ts';
import { readSimple } from '../../src/core/plan/simple/readSimple.ts';

/**
 * What is wrong with the nodes that the quick reader gives for a text, compared with those of the parser; null for nothing,
 * and for a text that it leaves to the parser.
 */
export function differenceOf(text: string): string | null {
	const simple = readSimple(text);
	if (simple === null) {
		return null;
	}
	const { documents } = composeAnything(text);
	const [document] = documents;
	if (document === undefined || documents.length !== 1) {
		return `the parser finds ${documents.length} documents`;
	}
	const faults = [...document.errors, ...document.warnings].map(({ message }) => message);
	if (faults.length > 0) {
		return faults.join('\n');
	}
	const [found, wanted] = [plain(simple, text), plain(document.contents, text)].map((each) =>
		JSON.stringify(each),
	);
	return found === wanted ? null : `${found}\nis not\n${wanted}`;
}

/** All of a node that readers look at. */
function plain(node: unknown, text: string): unknown {
	if (isMap(node)) {
		const fields = node.items.map(({ key, value }) => [plain(key, text), plain(value, text)]);
		return { fields, place: placeOf(node.range, text), flow: node.flow === true };
	}
	if (isSeq(node)) {
		const items = node.items.map((item) => plain(item, text));
		return { items, place: placeOf(node.range, text), flow: node.flow === true };
	}
	if (isScalar(node)) {
		const { value, source, range } = node;
		return { value: `${typeof value} ${value}`, source, place: placeOf(range, text) };
	}
	return String(node);
}

/** As problems show it: without white space at the end; that an empty place is one is all that counts of it. */
function placeOf(range: readonly [number, number, number] | null | undefined, text: string): unknown {
	const [start, end] = range ?? [0, 0];
	const length = text.slice(start, end).trimEnd().length;
	return end > start ? [start, start + length] : null;
}
