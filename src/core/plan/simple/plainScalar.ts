import { Document, Scalar } from 'yaml';
import { isIndicator, space } from './chars.ts';

/** The types of the core schema of YAML 1.2 that a plain text can be, as `yaml` tells them apart. */
const types = new Document(null).schema.tags.filter(
	(tag) => 'test' in tag && tag.test !== undefined && tag.default === true,
);

/** A scalar with its place, as the composer of `yaml` makes it. */
export function scalarAt(value: unknown, source: string, [start, end]: readonly [number, number]): Scalar {
	const scalar = new Scalar(value);
	scalar.source = source;
	scalar.range = [start, end, end];
	return scalar;
}

/** Nothing where a value could stand. */
export function emptyAt(offset: number): Scalar {
	return scalarAt(null, '', [offset, offset]);
}

/**
 * The plain text of `[start, end)` as a scalar, without the spaces at its end. Null for one that could be more than a plain
 * text on one line. Within brackets (`inFlow`) the caller ends it at the first comma or bracket.
 */
export function plainAt(text: string, start: number, limit: number): Scalar | null {
	let end = limit;
	while (end > start && text.charCodeAt(end - 1) === space) {
		end--;
	}
	if (end === start || !beginsPlain(text, start, end) || text.charCodeAt(end - 1) === 58) {
		return null;
	}
	for (let at = start + 1; at < end; at++) {
		const code = text.charCodeAt(at);
		// `: ` begins a value, and ` #` a comment.
		if (
			(code === 58 && text.charCodeAt(at + 1) === space) ||
			(code === 35 && text.charCodeAt(at - 1) === space)
		) {
			return null;
		}
	}
	const source = text.slice(start, end);
	return scalarAt(meantBy(source), source, [start, end]);
}

/** Whether a text begins like a plain one. A dash or a question mark needs something behind it. */
function beginsPlain(text: string, start: number, end: number): boolean {
	const code = text.charCodeAt(start);
	if (code === 45) {
		const next = text.charCodeAt(start + 1);
		return start + 1 < end && next !== space && !isIndicator(next);
	}
	return !isIndicator(code);
}

/** What a plain text stands for: a text, a number, a boolean or nothing. */
function meantBy(source: string): unknown {
	if (!mayBeTyped(source.charCodeAt(0))) {
		return source;
	}
	for (const tag of types) {
		if ('test' in tag && tag.test?.test(source) === true) {
			const resolve = tag.resolve as (text: string, onError: () => void, options: object) => unknown;
			const value = resolve(source, () => {}, { intAsBigInt: false });
			return value instanceof Scalar ? value.value : value;
		}
	}
	return source;
}

/** Numbers, `true`, `false`, `null`, `~`, `.inf` and `.nan` begin with one of these. */
function mayBeTyped(code: number): boolean {
	const isDigit = code >= 48 && code <= 57;
	// + - . ~ and f n t in both cases.
	return (
		isDigit ||
		code === 43 ||
		code === 45 ||
		code === 46 ||
		code === 126 ||
		code === 70 ||
		code === 78 ||
		code === 84 ||
		code === 102 ||
		code === 110 ||
		code === 116
	);
}
