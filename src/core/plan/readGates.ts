import type { YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { GateDefinition } from './gateDefinition.ts';
import { gateFields } from './gateFields.ts';
import type { GateAt, GateSetName } from './gateSets.ts';
import { gateLevels, gateSetNames, isGateSet } from './gateSets.ts';
import type { ReadContext } from './mapReader.ts';
import { describe, MapReader } from './mapReader.ts';
import { nearest } from './nearest.ts';
import type { Located } from './plan.ts';
import { readStep, readStepList } from './readGateSteps.ts';
import { readSlots } from './readSlots.ts';
import { present } from './readValues.ts';
import type { Entry } from './yamlNodes.ts';
import { scalarText } from './yamlNodes.ts';

type GateReader = MapReader<typeof gateFields.fields>;

/** Reads `gates:`: a list of gates and of names of built-in sets. What is none is reported and left out. */
export function readGates(context: ReadContext, entry: Entry | undefined): GateDefinition[] {
	if (entry === undefined || entry.value === null) {
		return [];
	}
	const items = isSeq(entry.value) ? entry.value.items : [entry.valueNode];
	const gates: GateDefinition[] = [];
	for (const item of items) {
		const node = context.nodes.resolve(item);
		const range = context.nodes.range(node ?? entry.keyNode);
		if (isMap(node)) {
			gates.push(readGate(context, node));
		} else if (isScalar(node) && isGateSet(scalarText(node))) {
			const set = scalarText(node) as GateSetName;
			gates.push({ name: set, set, only: [], slots: [], advisory: false, after: [], range });
		} else {
			const message = `A gate is {name: security, at: sprint, checks: [{run: [npm, audit]}]}, or one of ${gateSetNames.join(', ')}, not ${describe(node)}.`;
			context.file.report('SY202', range, message, { data: { field: 'gates' } });
		}
	}
	return gates;
}

function readGate(context: ReadContext, map: YAMLMap): GateDefinition {
	const reader = new MapReader(context, map, { table: gateFields, what: 'a gate' });
	const set = readWord(context, reader, { field: 'set', words: gateSetNames });
	const name = reader.text('name') ?? set;
	if (name === undefined) {
		const message = 'This gate has no name. Add `name: security`, or `set: four-validators`.';
		context.file.report('SY203', reader.range, message);
	}
	const at = readWord(context, reader, { field: 'at', words: gateLevels });
	if (at === undefined && set === undefined && reader.entry('at') === undefined) {
		const message =
			'This gate does not say where it stands. Add `at: task`, `layer`, `sprint`, `track` or `project`.';
		context.file.report('SY202', reader.range, message, { data: { field: 'at' } });
	}
	const integration = reader.entry('integration');
	const slots = readSlots(context, reader.entry('checks'), name ?? 'gate');
	return {
		name: name ?? 'gate',
		...present('set', set),
		...present('at', at),
		only: readOnly(context, reader.entry('only')),
		slots:
			slots.length > 0 || set !== undefined
				? slots
				: [{ name: name ?? 'gate', checks: [], range: reader.range }],
		advisory: reader.value('advisory') === true,
		...present('integration', integration && readStep(context, integration)),
		...present('maxFixCycles', reader.amount('max_fix_cycles', { whole: true })),
		after: readStepList(context, reader.entry('after')),
		range: reader.range,
	};
}

function readWord<T extends GateAt | GateSetName>(
	context: ReadContext,
	reader: GateReader,
	{ field, words }: { readonly field: 'set' | 'at'; readonly words: readonly T[] },
): T | undefined {
	const value = reader.text(field)?.trim();
	const entry = reader.entry(field);
	const found = words.find((word) => word === value);
	if (value === undefined || entry === undefined || found !== undefined) {
		return found;
	}
	const near = nearest(value, words);
	const help = near === null ? `Known are ${words.join(', ')}.` : `Did you mean \`${near}\`?`;
	context.file.report('SY208', reader.rangeOf(entry), `There is no \`${field}: ${value}\`. ${help}`, {
		data: near === null ? {} : { replacement: near },
	});
	return undefined;
}

/** Numbers of layers and tracks, ids of sprints and tasks, as their texts. */
function readOnly(context: ReadContext, entry: Entry | undefined): Located<string>[] {
	if (entry === undefined || entry.value === null) {
		return [];
	}
	const items = isSeq(entry.value) ? entry.value.items : [entry.valueNode];
	const found: Located<string>[] = [];
	for (const item of items) {
		const node = context.nodes.resolve(item);
		const range = context.nodes.range(node ?? entry.keyNode);
		if (isScalar(node)) {
			found.push({ value: scalarText(node).trim(), range });
		} else {
			const message = `\`only\` must be numbers or ids, such as [4], not ${describe(node)}.`;
			context.file.report('SY202', range, message, { data: { field: 'only' } });
		}
	}
	return found;
}
