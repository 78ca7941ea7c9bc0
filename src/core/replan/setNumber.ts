import type { YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';

/**
 * Writes one number into a mapping of a YAML or JSON text; every other byte stays. `find` picks the mapping from the top
 * one. Null where there is no such mapping, or its text has errors.
 */
export function setNumber(
	text: string,
	find: (top: YAMLMap) => YAMLMap | null,
	{ key, value }: { readonly key: string; readonly value: number },
): string | null {
	const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
	const map = document.errors.length === 0 && isMap(document.contents) ? find(document.contents) : null;
	if (map === null) {
		return null;
	}
	const pair = map.items.find((each) => isScalar(each.key) && each.key.value === key);
	const range = pair !== undefined && isScalar(pair.value) ? pair.value.range : null;
	if (range !== null && range !== undefined && range[1] > range[0]) {
		return `${text.slice(0, range[0])}${value}${text.slice(range[1])}`;
	}
	return pair === undefined ? insertNumber(text, map, { key, value }) : null;
}

/** Behind the first field that stands on one line, in the form that the mapping has. */
function insertNumber(
	text: string,
	map: YAMLMap,
	{ key, value }: { readonly key: string; readonly value: number },
): string | null {
	const anchor = map.items.find(
		(pair) => isScalar(pair.key) && isScalar(pair.value) && !/^BLOCK/.test(String(pair.value.type)),
	);
	const keyRange = isScalar(anchor?.key) ? anchor.key.range : null;
	const valueRange = isScalar(anchor?.value) ? anchor.value.range : null;
	if (!keyRange || !valueRange) {
		return null;
	}
	const end = valueRange[1];
	if (map.flow === true) {
		const name = text[keyRange[0]] === '"' ? JSON.stringify(key) : key;
		return `${text.slice(0, end)}, ${name}: ${value}${text.slice(end)}`;
	}
	const lineStart = text.lastIndexOf('\n', keyRange[0] - 1) + 1;
	const indent = ' '.repeat(keyRange[0] - lineStart);
	const newLine = text.indexOf('\n', end);
	const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
	const at = newLine < 0 ? text.length : newLine + 1;
	const gap = newLine < 0 ? lineEnd : '';
	return `${text.slice(0, at)}${gap}${indent}${key}: ${value}${newLine < 0 ? '' : lineEnd}${text.slice(at)}`;
}

/** The mapping under `plan:`. */
export function planMap(top: YAMLMap): YAMLMap | null {
	const plan = top.get('plan', true);
	return isMap(plan) ? plan : null;
}

/** The mapping of a task: the file as a whole, or an item of `tasks`. */
export function taskMap(id: string): (top: YAMLMap) => YAMLMap | null {
	const isTask = (map: unknown): map is YAMLMap => isMap(map) && String(map.get('id')) === id;
	return (top) => {
		const tasks = top.get('tasks', true);
		const found = isSeq(tasks) ? tasks.items.find(isTask) : isTask(top) ? top : undefined;
		return found !== undefined && isMap(found) ? found : null;
	};
}
