import type { Document } from 'yaml';
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';

/** A place in a PRD: names of fields, and numbers of items from 0. */
export type PrdPath = readonly (string | number)[];

/** Why a text is no PRD; lines and columns count from 1. */
export interface PrdFault {
	readonly line: number;
	readonly column: number;
	readonly message: string;
}

/** A PRD as its author writes it: what is not changed keeps its comments, its order and its quotes. */
export class PrdDocument {
	readonly #document: Document.Parsed;
	readonly #lines: LineCounter;
	/** Made once for every state of the document: it is asked for once a question. */
	#value: unknown = null;

	private constructor(document: Document.Parsed, lines: LineCounter) {
		this.#document = document;
		this.#lines = lines;
	}

	/** Reads a text, YAML or JSON. Never throws; an empty text is an empty PRD. */
	static parse(text: string): PrdDocument | PrdFault {
		const lines = new LineCounter();
		try {
			const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines });
			const [error] = document.errors;
			if (error !== undefined) {
				const [{ line, col } = { line: 1, col: 1 }] = error.linePos ?? [];
				const [message = ''] = error.message.split('\n');
				return { line, column: col, message: message.replace(/ at line \d+, column \d+:?$/, '') };
			}
			if (document.contents !== null && !isMap(document.contents)) {
				return {
					line: 1,
					column: 1,
					message: 'A PRD is a list of fields, such as `project:` and `problem:`',
				};
			}
			// Aliases that expand too far are found here and not by the first reader.
			document.toJS();
			return new PrdDocument(document, lines);
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			return { line: 1, column: 1, message: `It cannot be read: ${reason}` };
		}
	}

	/** The plain value at a place; undefined where there is none. */
	get(path: PrdPath): unknown {
		let value: unknown = this.value;
		for (const key of path) {
			value =
				typeof value === 'object' && value !== null && Object.hasOwn(value, key)
					? (value as Readonly<Record<string | number, unknown>>)[key]
					: undefined;
		}
		return value;
	}

	/** Everything, as plain values. */
	get value(): unknown {
		this.#value ??= this.#document.toJS() ?? {};
		return this.#value;
	}

	/** Where a value stands, counted from 1; the place of what holds it where it is not there. */
	placeOf(path: PrdPath): { readonly line: number; readonly column: number } {
		for (let length = path.length; length > 0; length--) {
			const node: unknown = this.#document.getIn(path.slice(0, length), true);
			const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
			if (Array.isArray(range)) {
				const { line, col } = this.#lines.linePos(Number(range[0]));
				return { line, column: col };
			}
		}
		return { line: 1, column: 1 };
	}

	/** Writes a value; what stands in the way of its path and can hold nothing there is replaced. */
	set(path: PrdPath, value: unknown): void {
		this.#value = null;
		for (let length = 1; length < path.length; length++) {
			const holder = path.slice(0, length);
			const node: unknown = this.#document.getIn(holder, true);
			const isList = typeof path[length] === 'number';
			if (isList ? !isSeq(node) : !isMap(node)) {
				this.#document.setIn(holder, this.#document.createNode(isList ? [] : {}));
			}
		}
		this.#document.setIn(path, this.#document.createNode(value));
	}

	/** Takes a value away; a list or mapping that is empty then stays. */
	remove(path: PrdPath): void {
		this.#value = null;
		const holder: unknown = this.#document.getIn(path.slice(0, -1), true);
		if (path.length === 1 || isMap(holder) || isSeq(holder)) {
			this.#document.deleteIn(path);
		}
	}

	toString(): string {
		return this.#document.toString({ lineWidth: 110, flowCollectionPadding: false });
	}
}
