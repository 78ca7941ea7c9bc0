import type { Node } from 'yaml';
import { isMap, isScalar } from 'yaml';
import type { ReadContext } from './mapReader.ts';
import { describe } from './mapReader.ts';
import type { Located } from './plan.ts';
import type { Entry } from './yamlNodes.ts';
import { scalarText } from './yamlNodes.ts';

/** A name on its own, with its place. */
export function readName(context: ReadContext, entry: Entry | undefined): Located<string> | undefined {
	if (entry === undefined || entry.value === null) {
		return undefined;
	}
	const range = context.nodes.range(entry.valueNode ?? entry.keyNode);
	const value = isScalar(entry.value) ? scalarText(entry.value).trim() : '';
	if (value === '') {
		const message = `\`${entry.key}\` must be a name, not ${describe(entry.value)}.`;
		context.file.report('SY202', range, message, { data: { field: entry.key } });
		return undefined;
	}
	return { value, range };
}

/** Says that a path leads out of the root. */
export function reportOutside(
	context: ReadContext,
	node: Node,
	{ field, path }: { readonly field: string; readonly path: string },
): void {
	const message = `\`${field}\` must stay inside the folder of the plan, and "${path.slice(0, 80)}" does not. Use a relative path without leading \`..\`.`;
	context.file.report('SY209', context.nodes.range(node), message, { data: { field } });
}

/** Environment variables: names with texts. Entries that cannot be one are reported and left out. */
export function readEnvironment(context: ReadContext, entry: Entry | undefined): Record<string, string> {
	const found: Record<string, string> = {};
	if (entry === undefined || entry.value === null) {
		return found;
	}
	const range = context.nodes.range(entry.valueNode ?? entry.keyNode);
	if (!isMap(entry.value)) {
		const message = `\`${entry.key}\` must be names with values, such as {PORT: "8080"}, not ${describe(entry.value)}.`;
		context.file.report('SY202', range, message, { data: { field: entry.key } });
		return found;
	}
	for (const variable of context.nodes.entries(entry.value)) {
		const isText = variable.value === null || isScalar(variable.value);
		if (isText && /^[A-Za-z_][\w.()-]*$/.test(variable.key) && variable.key !== '__proto__') {
			found[variable.key] = isScalar(variable.value) ? scalarText(variable.value) : '';
			continue;
		}
		const message = `\`${variable.key}\` must be a variable name with a text, not ${describe(variable.value)}.`;
		context.file.report('SY202', context.nodes.range(variable.keyNode), message, {
			data: { field: entry.key },
		});
	}
	return found;
}

/** An optional property that is left out when it has no value. */
export function present<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
	return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
