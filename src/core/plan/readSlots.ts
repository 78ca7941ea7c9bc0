import { isMap, isScalar, isSeq } from 'yaml';
import type { GateSlot } from './gateDefinition.ts';
import { gateSets, isGateSet } from './gateSets.ts';
import type { ReadContext } from './mapReader.ts';
import { readChecks } from './readChecks.ts';
import type { Entry } from './yamlNodes.ts';
import { scalarText } from './yamlNodes.ts';

/** Keys that only a check has: a mapping without one of them names slots. */
const checkKeys = ['run', 'agent', 'approve', 'persona'];

/**
 * Reads who judges: one check, a list of checks, a mapping from slots to checks, or the name of a built-in set. A list of
 * checks is one slot called `name`, unless its checks have names. A slot without a check is kept: it is "not configured".
 */
export function readSlots(context: ReadContext, entry: Entry | undefined, name: string): GateSlot[] {
	if (entry === undefined || entry.value === null) {
		return [];
	}
	const range = context.nodes.range(entry.valueNode ?? entry.keyNode);
	if (isMap(entry.value)) {
		const entries = context.nodes.entries(entry.value);
		if (entries.some(({ key }) => checkKeys.includes(key))) {
			return [{ name: nameIn(entries) ?? name, checks: readChecks(context, entry), range }];
		}
		return [
			...setSlots(context, entries),
			...entries.filter(({ key }) => key !== 'set').map(toSlot(context)),
		];
	}
	if (isScalar(entry.value)) {
		return wordSlots(scalarText(entry.value), range);
	}
	return isSeq(entry.value) ? listSlots(context, entry, name) : [];
}

/** Names that only a list of names, or of checks with names, gives apart. */
function listSlots(context: ReadContext, entry: Entry, name: string): GateSlot[] {
	const items = isSeq(entry.value) ? entry.value.items : [];
	const slots: GateSlot[] = [];
	const unnamed: unknown[] = [];
	for (const item of items) {
		const node = context.nodes.resolve(item);
		const range = context.nodes.range(node ?? entry.keyNode);
		if (isScalar(node)) {
			slots.push(...wordSlots(scalarText(node), range));
			continue;
		}
		const own = isMap(node) ? nameIn(context.nodes.entries(node)) : undefined;
		const persona = isMap(node) ? textOf(context.nodes.entries(node), 'persona') : undefined;
		const slot = own ?? persona;
		if (slot === undefined || !isMap(node)) {
			unnamed.push(item);
			continue;
		}
		slots.push({
			name: slot,
			checks: readChecks(context, { ...entry, value: node, valueNode: node }),
			range,
		});
	}
	if (unnamed.length > 0) {
		const range = context.nodes.range(entry.valueNode ?? entry.keyNode);
		const checks = unnamed.flatMap((item) => {
			const value = context.nodes.resolve(item);
			return readChecks(context, { ...entry, value, valueNode: value });
		});
		slots.unshift({ name, checks, range });
	}
	return slots;
}

function toSlot(context: ReadContext): (entry: Entry) => GateSlot {
	return (entry) => ({
		name: entry.key,
		checks: readChecks(context, entry),
		range: context.nodes.range(entry.keyNode),
	});
}

/** `{set: four-validators, pm: …}`: the slots of the set that the mapping itself does not name. */
function setSlots(context: ReadContext, entries: readonly Entry[]): GateSlot[] {
	const set = entries.find(({ key }) => key === 'set');
	if (set === undefined) {
		return [];
	}
	const range = context.nodes.range(set.valueNode ?? set.keyNode);
	const named = new Set(entries.map(({ key }) => key));
	return wordSlots(textOf(entries, 'set') ?? '', range).filter(({ name }) => !named.has(name));
}

function wordSlots(word: string, range: GateSlot['range']): GateSlot[] {
	const set = word.trim();
	const names = isGateSet(set) ? [...new Set(Object.values(gateSets[set]).flat())] : [set];
	return names.filter((name) => name !== '').map((name) => ({ name, checks: [], range }));
}

function nameIn(entries: readonly Entry[]): string | undefined {
	return textOf(entries, 'name');
}

function textOf(entries: readonly Entry[], key: string): string | undefined {
	const value = entries.find((entry) => entry.key === key)?.value;
	const text = isScalar(value) ? scalarText(value).trim() : '';
	return text === '' ? undefined : text;
}
