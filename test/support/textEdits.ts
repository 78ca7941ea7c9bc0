import fc from 'fast-check';
import type { TextEdit } from '../../src/core/plan/blocks/blockText.ts';
import { LineTable } from '../../src/core/plan/lineTable.ts';

/** One step of somebody who edits a text, in numbers that mean something only for a text. */
export interface Step {
	readonly kind:
		| 'insert'
		| 'delete'
		| 'replace'
		| 'lineStart'
		| 'outdent'
		| 'lines'
		| 'copyLines'
		| 'end'
		| 'undo'
		| 'whole';
	/** Where, from 0 to 1. */
	readonly at: number;
	readonly size: number;
	readonly text: string;
}

/** What people and their editors insert, with what is likeliest to confuse a reader of pieces. */
const snippets = [
	...[
		'a',
		' ',
		'\n',
		'"',
		"'",
		':',
		': ',
		'#',
		' #',
		'- ',
		'-',
		'[',
		']',
		'{',
		'}',
		',',
		'|',
		'>',
		'&a ',
		'*a',
		'!x ',
	],
	...[
		'\n\n',
		'\r\n',
		'\r',
		'\t',
		'  ',
		'    ',
		'---\n',
		'...\n',
		'%YAML 1.1\n',
		'\uFEFF',
		'\0',
		'\uFFFD',
		'<<: *a\n',
	],
	...[
		'tasks:\n',
		'sprints:\n',
		'sprints:\n  - id: S9\n',
		'plan: {name: x}\n',
		'id: T1',
		'id: NEW',
		'  - id: T2\n',
	],
	...[
		'- id: T3\n',
		'    - id: T4\n',
		'  -\n',
		'  - \n',
		'  # remark\n',
		'# remark\n',
		'name: "open\n',
		"name: 'open\n",
	],
	...[
		'description: |\n',
		'      - text\n',
		'    description: >-\n      folded\n   out\n',
		'run: [npm, test\n',
	],
	...[
		'dependencies: [T1, T2, T9]\n',
		'    dependencies: []\n',
		'agents: {a: {run: [x]}}\n',
		'? x\n',
		'!!str ',
		'~',
	],
	...[
		'    retries: often\n',
		'    nmae: x\n',
		'    id: T5\n',
		'  - id: T6\n    name: six\n    run: [x]\n',
		'x: y: z\n',
	],
] as const;

/** One step for fast-check. */
export const oneStep: fc.Arbitrary<Step> = fc.record({
	kind: fc.constantFrom<Step['kind'][]>(
		...(['insert', 'insert', 'insert', 'delete', 'delete', 'replace', 'lineStart', 'lineStart'] as const),
		...(['outdent', 'lines', 'copyLines', 'end', 'undo', 'undo', 'whole'] as const),
	),
	at: fc.double({ min: 0, max: 1, noNaN: true }),
	size: fc.integer({ min: 1, max: 12 }),
	text: fc.constantFrom(...snippets),
});

/** Steps for fast-check. */
export const steps: fc.Arbitrary<Step[]> = fc.array(oneStep, { minLength: 1, maxLength: 12 });

/** A text with the edits that lead back. */
export class EditedText {
	text: string;
	readonly #undo: string[] = [];

	constructor(text: string) {
		this.text = text;
	}

	/** Takes a step; gives the edit as an editor would tell it. */
	take(step: Step): TextEdit {
		if (step.kind === 'undo') {
			return this.#undoLast();
		}
		if (step.kind === 'whole') {
			const [start, end] = this.#lines(step);
			return this.#become(this.text.slice(0, start) + this.text.slice(end), null);
		}
		const [first, last, by] = this.#stretch(step);
		const [from, to] = [this.#snap(first), this.#snap(last)];
		const range = this.#rangeOf(from, to);
		return this.#become(this.text.slice(0, from) + by + this.text.slice(to), { range, text: by });
	}

	#stretch(step: Step): [number, number, string] {
		const at = Math.floor(step.at * this.text.length);
		const lineStart = this.text.lastIndexOf('\n', at - 1) + 1;
		switch (step.kind) {
			case 'delete':
				return [at, Math.min(this.text.length, at + step.size), ''];
			case 'replace':
				return [at, Math.min(this.text.length, at + step.size), step.text];
			case 'lineStart':
				return [lineStart, lineStart, step.text];
			case 'outdent': {
				const spaces = /^ */.exec(this.text.slice(lineStart))?.[0].length ?? 0;
				return [lineStart, lineStart + Math.min(spaces, step.size), ''];
			}
			case 'lines': {
				const [start, end] = this.#lines(step);
				return [start, end, ''];
			}
			case 'copyLines': {
				const [start, end] = this.#lines(step);
				return [start, start, this.text.slice(start, end)];
			}
			case 'end':
				return [this.text.length, this.text.length, step.text];
			default:
				return [at, at, step.text];
		}
	}

	#lines({ at, size }: Step): [number, number] {
		const start = this.text.lastIndexOf('\n', Math.floor(at * this.text.length) - 1) + 1;
		let end = start;
		for (let left = size; left > 0 && end < this.text.length; left--) {
			const next = this.text.indexOf('\n', end);
			end = next === -1 ? this.text.length : next + 1;
		}
		return [start, end];
	}

	#undoLast(): TextEdit {
		const before = this.#undo.pop();
		if (before === undefined) {
			return { range: this.#rangeOf(0, 0), text: '' };
		}
		let front = 0;
		while (front < before.length && front < this.text.length && before[front] === this.text[front]) {
			front++;
		}
		let back = 0;
		const most = Math.min(before.length, this.text.length) - front;
		while (back < most && before[before.length - 1 - back] === this.text[this.text.length - 1 - back]) {
			back++;
		}
		// An editor never parts a pair of line end characters.
		while (front > 0 && before[front - 1] === '\r') {
			front--;
			back = Math.min(back, Math.min(before.length, this.text.length) - front);
		}
		while (back > 0 && before[before.length - back] === '\n') {
			back--;
		}
		const range = this.#rangeOf(front, this.text.length - back);
		const text = before.slice(front, before.length - back);
		this.text = before;
		return { range, text };
	}

	#become(text: string, edit: TextEdit | null): TextEdit {
		this.#undo.push(this.text);
		this.text = text;
		return edit ?? { text };
	}

	/** Between CR and LF no editor has a place. */
	#snap(at: number): number {
		return this.text[at - 1] === '\r' && this.text[at] === '\n' ? at - 1 : at;
	}

	#rangeOf(from: number, to: number) {
		const lines = new LineTable(this.text);
		return { start: lines.positionAt(from), end: lines.positionAt(to) };
	}
}
