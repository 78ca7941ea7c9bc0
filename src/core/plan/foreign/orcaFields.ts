import type { MarkdownLine } from './markdownLines.ts';
import { plainText } from './markdownLines.ts';

/** A field of a task: what stands behind `**Name**:`, and the list or text below it. */
export interface OrcaField {
	readonly name: string;
	/** The rest of the line, as written. */
	readonly value: string;
	readonly line: MarkdownLine;
	/** Lines up to the next field. */
	readonly below: MarkdownLine[];
}

/**
 * The fields of a section by their names in small letters: `**Priority**: HIGH | **Duration**: 2 days` are two. What
 * stands before the first field is under the empty name.
 */
export function orcaFields(body: readonly MarkdownLine[]): Map<string, OrcaField> {
	const fields = new Map<string, OrcaField>();
	let open: OrcaField | null = null;
	for (const line of body) {
		const found = line.fenced ? [] : fieldsOf(line);
		for (const field of found) {
			if (!fields.has(field.name)) {
				fields.set(field.name, field);
			}
			open = field;
		}
		if (found.length > 0) {
			continue;
		}
		if (open === null) {
			open = { name: '', value: '', line, below: [] };
			fields.set('', open);
		}
		open.below.push(line);
	}
	return fields;
}

function fieldsOf(line: MarkdownLine): OrcaField[] {
	if (!/^\s*(?:[-*+]\s+)?\*\*[^*]+\*\*\s*:|^\s*(?:[-*+]\s+)?\*\*[^*]+:\*\*/.test(line.text)) {
		return [];
	}
	return line.text.split(/\|\s*(?=\*\*)/).flatMap((part) => {
		const match = /\*\*([^*]+?):?\*\*\s*:?\s*(.*)$/.exec(part);
		const name = plainText(match?.[1] ?? '').toLowerCase();
		return name === '' ? [] : [{ name, value: (match?.[2] ?? '').trim(), line, below: [] }];
	});
}

/** The items of a list below a field, or its value when there is none; check marks are left out. */
export function listOf(field: OrcaField | undefined): string[] {
	if (field === undefined) {
		return [];
	}
	const items = field.below
		.filter(({ fenced }) => !fenced)
		.flatMap(({ text }) => /^\s*(?:[-*+]|\d+[.)])\s+(?:\[.\]\s+)?(.+)$/.exec(text)?.[1] ?? [])
		.map((text) => plainText(text).replace(/^[✅☑✔✓]\uFE0F?\s*/u, ''));
	return items.length > 0 || field.value === '' ? items : [plainText(field.value)];
}

/** The text of a field: its value and what follows. */
export function textOf(field: OrcaField | undefined): string {
	if (field === undefined) {
		return '';
	}
	return [field.value, ...field.below.map(({ text }) => text)].join('\n').trim();
}
