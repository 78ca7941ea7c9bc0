import type { Node } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { ReadContext } from './mapReader.ts';
import { describe } from './mapReader.ts';
import type { Located } from './plan.ts';
import type { Entry } from './yamlNodes.ts';
import { scalarText } from './yamlNodes.ts';

/** Longest id: ids become names of folders, and path lengths are limited. */
const maxId = 100;

/** The id that a field gives: its text and place, or null when there is none that could be used as a name. */
export function readId(context: ReadContext, entry: Entry | undefined, what: string): Located<string> | null {
	if (entry === undefined || entry.value === null) {
		return null;
	}
	const range = context.nodes.range(entry.valueNode ?? entry.keyNode);
	if (!isScalar(entry.value)) {
		const message = `The id of a ${what} must be text, not ${describe(entry.value)}.`;
		context.file.report('SY202', range, message, { data: { field: 'id' } });
		return null;
	}
	const value = scalarText(entry.value);
	if (typeof entry.value.value !== 'string') {
		const message = `The id \`${value}\` is a number to YAML. Put it in quotes: "${value}".`;
		context.file.report('SY204', range, message, { data: { text: value } });
	}
	const fault = idFault(value);
	if (fault !== null) {
		context.file.report('SY205', range, `The id of a ${what} ${fault}`, { data: { id: value } });
	}
	return { value, range };
}

/** Why an id cannot be the name of a folder on every system, as the end of a sentence; null when it can. */
export function idFault(id: string): string | null {
	if (id.trim() === '') {
		return 'is empty. Give it a name such as `TASK-001`.';
	}
	if (id.length > maxId) {
		return `has ${id.length} characters, and ${maxId} is the limit. Shorten it.`;
	}
	if (id.includes('/') || id.includes('\\')) {
		return 'holds a path separator. Use a dash instead.';
	}
	if (id.includes('..')) {
		return 'holds `..`, which leads out of a folder. Remove the dots.';
	}
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
	if (/[\0-\x1F\x7F-\x9F\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/.test(id)) {
		return 'holds a character that cannot be seen, such as a line end. Remove it.';
	}
	if (/[<>:"|?*]/.test(id)) {
		return 'holds one of `< > : " | ? *`, which no file name on Windows may have. Use letters, digits and dashes.';
	}
	if (/^\s|[\s.]$/.test(id)) {
		return 'begins or ends with a space, or ends with a dot. Remove it.';
	}
	return reservedFault(id);
}

function reservedFault(id: string): string | null {
	if (/^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i.test(id)) {
		return `is \`${id}\`, the name of a device on Windows. Choose another.`;
	}
	if (/^(all|none)$/i.test(id)) {
		return `is \`${id}\`, a word with a meaning of its own in plans and commands. Choose another.`;
	}
	return id.startsWith('-') ? 'begins with a dash, like an option of a command. Begin with a letter.' : null;
}

/**
 * A list of references: ids with their places. One id alone is a list of one; `none`, nothing and empty lists are empty.
 * `inside` names the field that holds the list where other tools write `{sprints: []}`.
 */
export function readReferences(
	context: ReadContext,
	entry: Entry | undefined,
	options: { readonly of: string; readonly inside?: string },
): Located<string>[] {
	if (entry === undefined || entry.value === null) {
		return [];
	}
	let list: Entry['value'] = entry.value;
	if (isMap(list) && options.inside !== undefined) {
		list = context.nodes.entries(list).find(({ key }) => key === options.inside)?.value ?? null;
	}
	const items = isSeq(list) ? list.items : list === null ? [] : [entry.valueNode];
	const found: Located<string>[] = [];
	for (const item of items) {
		const reference = readReference(context, item, { key: entry.key, of: options.of });
		if (reference !== null) {
			found.push(reference);
		}
	}
	return found;
}

function readReference(
	context: ReadContext,
	item: unknown,
	{ key, of }: { readonly key: string; readonly of: string },
): Located<string> | null {
	const node = context.nodes.resolve(item);
	const range = context.nodes.range(item as Node);
	if (isScalar(node)) {
		const value = scalarText(node).trim();
		return value === '' || value.toLowerCase() === 'none' ? null : { value, range };
	}
	if (node !== null) {
		const message = `\`${key}\` must be ${of}, so this must be an id, not ${describe(node)}.`;
		context.file.report('SY202', range, message, { data: { field: key } });
	}
	return null;
}
