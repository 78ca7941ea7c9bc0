import type { ParsedNode, YAMLError, YAMLWarning } from 'yaml';
import { Composer, Parser } from 'yaml';
import { cstDepth } from './cstDepth.ts';
import { readSimple } from './simple/readSimple.ts';
import type { SourceFile } from './sourceFile.ts';

/** A text as a tree of nodes with offsets. */
export interface ParsedYaml {
	/** Null for an empty file and for one that could not be parsed at all. */
	readonly root: ParsedNode | null;
	/** False when something could be missing from the tree: a syntax error, a limit, a second document. */
	readonly complete: boolean;
}

/** Largest text that is read at all, in UTF-16 units; above `largeText` a warning says why checks are slow. */
export const maxText = 32 * 1024 * 1024;
export const largeText = 5 * 1024 * 1024;

/** The composer of `yaml` is recursive: deeper trees could exhaust the stack, which ends the process, not the call. */
const maxDepth = 100;

const nothing: ParsedYaml = { root: null, complete: false };

/** Parses one file; every fault of the text becomes a problem of `file`. Never throws. */
export function parseYaml(file: SourceFile): ParsedYaml {
	if (!checkText(file)) {
		return nothing;
	}
	try {
		return compose(file);
	} catch (error) {
		// A fault of the parser itself must not take the other files of the plan with it.
		const reason = error instanceof Error ? error.message : String(error);
		file.report(
			'SY100',
			file.range(0, 1),
			`This file cannot be parsed: ${reason}. Simplify it and try again.`,
		);
		return nothing;
	}
}

function compose(file: SourceFile): ParsedYaml {
	const { depth, documents } = composeText(file.text);
	if (depth !== null) {
		const message = `Nested more than ${maxDepth} levels deep, so this file is not read. A plan needs fewer than ten.`;
		file.report('SY104', file.range(depth, depth + 1), message);
		return nothing;
	}
	const [first, second] = documents;
	if (first === undefined) {
		return nothing;
	}
	reportDocument(file, first);
	if (second !== undefined) {
		const start = second.range[0];
		const message =
			'Only the first YAML document of a file is read. Move what follows `---` into a file of its own.';
		file.report('SY105', file.range(start, second.range[1]), message);
	}
	return { root: first.contents, complete: first.errors.length === 0 && second === undefined };
}

/** One document of a text, with what the parser complains of. */
export interface ComposedDocument {
	readonly contents: ParsedNode | null;
	readonly errors: readonly YAMLError[];
	readonly warnings: readonly YAMLWarning[];
	/** Offsets of its start and end. */
	readonly range: readonly [number, number, number];
}

/** The documents of a text, or the offset at which it is nested too deep to be composed. May throw. */
export function composeText(text: string): {
	readonly depth: number | null;
	readonly documents: readonly ComposedDocument[];
} {
	const simple = readSimple(text);
	return simple === null ? composeAnything(text) : { depth: null, documents: [soundDocument(simple)] };
}

function soundDocument(contents: ParsedNode): ComposedDocument {
	return { contents, errors: [], warnings: [], range: contents.range };
}

/** The same by the parser of `yaml` alone. */
export function composeAnything(text: string): ReturnType<typeof composeText> {
	const tokens = [...new Parser().parse(text)];
	// Most texts are too short to be nested deep; looking costs as much as a tenth of parsing.
	const depth = mayBeDeep(text) ? cstDepth(tokens, maxDepth) : null;
	if (depth !== null) {
		return { depth, documents: [] };
	}
	const composer = new Composer({ prettyErrors: false, uniqueKeys: false, keepSourceTokens: false });
	return { depth, documents: [...composer.compose(tokens, true, text.length)] };
}

/** Whether a text has enough characters that begin something inside something else to be nested too deep. */
function mayBeDeep(text: string): boolean {
	let count = 0;
	for (let at = 0; at < text.length && count < maxDepth / 2; at++) {
		const code = text.charCodeAt(at);
		// [ { - : ?
		if (code === 91 || code === 123 || code === 45 || code === 58 || code === 63) {
			count++;
		}
	}
	return count >= maxDepth / 2;
}

/** Reports what the parser found wrong in a document. */
export function reportDocument(file: SourceFile, { errors, warnings }: ComposedDocument): void {
	if (errors.length > 0) {
		const lastSolid = file.text.trimEnd().length - 1;
		for (const error of errors) {
			reportSyntax(file, error, lastSolid);
		}
	}
	for (const warning of warnings) {
		const message = `${warning.message}. The value is read as if the tag were not there: remove the tag.`;
		file.report('SY113', file.range(...warning.pos), message);
	}
}

function checkText(file: SourceFile): boolean {
	const { text } = file;
	if (text.length > maxText) {
		const limit = `${maxText / 1024 / 1024} MB`;
		file.report('SY103', file.range(0, 1), `Larger than ${limit}, so this file is not read. Split the plan.`);
		return false;
	}
	const odd = firstControlCharacter(text);
	if (odd !== -1) {
		const name = `U+${text.charCodeAt(odd).toString(16).toUpperCase().padStart(4, '0')}`;
		const message = `The character ${name} is not text. Remove it, or save the file as UTF-8.`;
		file.report('SY111', file.range(odd, odd + 1), message);
		// A NUL is how a binary or UTF-16 file shows itself; its content would only make more noise.
		return text.charCodeAt(odd) !== 0;
	}
	const lost = text.indexOf('\uFFFD');
	if (lost !== -1) {
		const message =
			'This character was lost, because the file is not saved as UTF-8. Save it as UTF-8 and repair the text.';
		file.report('SY111', file.range(lost, lost + 1), message, { severity: 'warning' });
	}
	reportLarge(file, text.length);
	return true;
}

/** Says that a file of `length` UTF-16 units is large. */
export function reportLarge(file: SourceFile, length: number): void {
	if (length > largeText) {
		const size = `${Math.round(length / 1024 / 1024)} MB`;
		const message = `This file has ${size}: it is read, but checks take seconds. Split the plan into one file a task.`;
		file.report('SY110', file.range(0, 1), message);
	}
}

function firstControlCharacter(text: string): number {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters YAML forbids.
	return text.search(/[\0-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]/);
}

/** True for a text with characters that are reported for its file as a whole. */
export function hasOddCharacters(text: string): boolean {
	return firstControlCharacter(text) !== -1 || text.includes('\uFFFD');
}

/** What a person can do about the commonest faults; the parser only says what it expected. */
const advice: Readonly<Record<string, string>> = {
	TAB_AS_INDENT: 'Indent with spaces.',
	BLOCK_AS_IMPLICIT_KEY:
		'Put the text in quotes if it contains `: `, or indent the nested fields on a line of their own.',
	BAD_INDENT:
		'Check that lines that belong together start in the same column and that every bracket is closed.',
	MISSING_CHAR: 'Check for a missing quote, comma, bracket or colon.',
	MULTILINE_IMPLICIT_KEY: 'Check for a missing colon after a field name.',
	UNEXPECTED_TOKEN: 'Check indentation and dashes: a list and fields cannot stand on one level.',
	BAD_SCALAR_START: 'Put the text in quotes.',
	BAD_ALIAS: 'An alias is `*name`, and `&name` must come before it.',
	BAD_DQ_ESCAPE: 'Write `\\\\` for a backslash, or use single quotes.',
};

function reportSyntax(file: SourceFile, error: YAMLError, lastSolid: number): void {
	const [start, end] = error.pos;
	const what = error.message.replace(/\.$/, '');
	const help = advice[error.code] ?? 'Check the line against the ones around it.';
	// A quote or bracket that is never closed is found out at the end of the file, where there is nothing to underline.
	const from = Math.max(0, Math.min(start, lastSolid));
	file.report('SY100', file.range(from, Math.max(end, from + 1)), `${what}. ${help}`);
}
