import { isNone } from './prd.ts';
import type { Question } from './questions.ts';
import { refusals } from './questionTable.ts';
import { splitCommand } from './splitCommand.ts';

/** What goes into the PRD, or why the words cannot be taken. */
export type ParsedAnswer = { readonly value: unknown } | { readonly problem: string };

/** Reads what a person typed. Items of lists are parted by `;` or by lines; pairs by their first colon. */
export function parseAnswer(question: Question, input: string): ParsedAnswer {
	const text = input.replace(/[^\S\n]+/g, ' ').trim();
	if (text === '') {
		return { problem: refusals.empty };
	}
	if (question.id === 'technology.testing.command' && !isNone(text) && splitCommand(text) === null) {
		return { problem: refusals.shell };
	}
	switch (question.kind) {
		case 'text':
			return { value: text.replaceAll('\n', ' ') };
		case 'texts':
		case 'requirements': {
			const items = itemsOf(text);
			return items.length === 0 ? { problem: refusals.empty } : { value: noneIsEmpty(items) };
		}
		case 'pairs':
			return { value: noneIsEmpty(itemsOf(text)).map((item) => pairOf(item, question.fields)) };
	}
}

/** An answer as a person would type it, for changing it. */
export function formatAnswer(kind: Question['kind'], value: unknown, fields: Question['fields']): string {
	if (!Array.isArray(value)) {
		return typeof value === 'object' || value === undefined || value === null ? '' : String(value);
	}
	return value.map((item) => itemText(kind, item, fields)).join('; ');
}

function itemText(kind: Question['kind'], item: unknown, fields: Question['fields']): string {
	if (typeof item !== 'object' || item === null) {
		return String(item);
	}
	const [name, text] = kind === 'requirements' ? ['description', 'none'] : fields;
	const values = item as Readonly<Record<string, unknown>>;
	const [first, second] = [values[name], values[text]];
	return second === undefined || second === null || second === ''
		? String(first ?? '')
		: `${first}: ${second}`;
}

function itemsOf(text: string): string[] {
	return text
		.split(/\s*[;\n]\s*/)
		.map((item) => item.replace(/^[-*•]\s+/, '').trim())
		.filter((item) => item !== '');
}

function noneIsEmpty(items: readonly string[]): readonly string[] {
	return items.length === 1 && isNone(items[0] ?? '') ? [] : items;
}

function pairOf(item: string, [name, text]: readonly [string, string]): Readonly<Record<string, string>> {
	const cut = /:\s+/.exec(item);
	return cut === null
		? { [name]: item }
		: { [name]: item.slice(0, cut.index).trim(), [text]: item.slice(cut.index + cut[0].length).trim() };
}
