import type { YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { ReadContext } from './mapReader.ts';
import { describe, MapReader } from './mapReader.ts';
import type { Prompt, SourceRange, Step, Tier, TierDefinition } from './plan.ts';
import { readChecks } from './readChecks.ts';
import { readCommand } from './readCommand.ts';
import { present, readName, reportOutside } from './readValues.ts';
import { staysInside } from './rootPath.ts';
import { stepFields, tierFields } from './stepFields.ts';
import type { Entry } from './yamlNodes.ts';
import { scalarText } from './yamlNodes.ts';

/** Reads a chain of steps: the order of the list is the order of the work. What is no step is reported and left out. */
export function readSteps(context: ReadContext, entry: Entry | undefined): Step[] | undefined {
	if (entry === undefined || entry.value === null) {
		return undefined;
	}
	if (!isSeq(entry.value)) {
		const message = `\`${entry.key}\` must be a list of steps, such as [{persona: api-developer}], not ${describe(entry.value)}.`;
		context.file.report('SY202', context.nodes.range(entry.valueNode ?? entry.keyNode), message, {
			data: { field: entry.key },
		});
		return undefined;
	}
	const steps: Step[] = [];
	for (const item of entry.value.items) {
		const node = context.nodes.resolve(item);
		if (isMap(node)) {
			steps.push(readStep(context, node));
			continue;
		}
		const message = `A step is {persona: api-developer}, not ${describe(node)}.`;
		context.file.report('SY202', context.nodes.range(node ?? entry.keyNode), message, {
			data: { field: entry.key },
		});
	}
	return steps;
}

function readStep(context: ReadContext, map: YAMLMap): Step {
	const reader = new MapReader(context, map, { table: stepFields, what: 'a step' });
	const command = readCommand(context, reader.entry('run'), reader.value('shell'));
	return {
		...present('name', reader.text('name')),
		...present('persona', reader.text('persona')),
		...present('agent', readName(context, reader.entry('agent'))),
		...present('tier', readTier(context, reader.entry('tier'))),
		...present('model', reader.text('model')),
		...(command && { run: command }),
		...readPrompt(context, reader.entry('prompt')),
		verify: readChecks(context, reader.entry('verify')),
		touches: insideOnly(context, reader, 'touches'),
		produces: insideOnly(context, reader, 'produces'),
		...present('timeoutMinutes', reader.amount('timeout_minutes')),
		range: reader.range,
	};
}

function insideOnly(
	context: ReadContext,
	reader: MapReader<typeof stepFields.fields>,
	name: 'touches' | 'produces',
): string[] {
	const entry = reader.entry(name);
	return reader.texts(name).filter((path) => {
		const inside = staysInside(path.replace(/^!/, ''));
		if (!inside && entry !== undefined) {
			reportOutside(context, entry.valueNode ?? entry.keyNode, { field: name, path });
		}
		return inside;
	});
}

/** `prompt:` of a task or a step, as text or as a file inside the root. */
export function readPrompt(
	context: ReadContext,
	entry: Entry | undefined,
): { readonly prompt?: Prompt; readonly promptRange?: SourceRange } {
	if (entry === undefined || entry.value === null) {
		return {};
	}
	if (isScalar(entry.value)) {
		return { prompt: { kind: 'text', text: String(entry.value.value) } };
	}
	const file = isMap(entry.value)
		? context.nodes.entries(entry.value).find(({ key }) => key === 'file')
		: undefined;
	if (!isScalar(file?.value)) {
		const message = `\`${entry.key}\` must be text or \`{file: path}\`, not ${describe(entry.value)}.`;
		context.file.report('SY202', context.nodes.range(entry.valueNode ?? entry.keyNode), message, {
			data: { field: 'prompt' },
		});
		return {};
	}
	const path = scalarText(file.value);
	if (!staysInside(path) || path.trim() === '') {
		reportOutside(context, file.valueNode ?? file.keyNode, { field: 'prompt.file', path });
		return {};
	}
	const promptRange = context.nodes.range(file.valueNode ?? file.keyNode);
	return { prompt: { kind: 'file', path }, promptRange };
}

/** `T1` or `T2`, in either case; anything else is reported. */
export function readTier(context: ReadContext, entry: Entry | undefined): Tier | undefined {
	if (entry === undefined || entry.value === null) {
		return undefined;
	}
	const text = isScalar(entry.value) ? scalarText(entry.value).trim().toUpperCase() : '';
	if (text === 'T1' || text === 'T2') {
		return text;
	}
	const message = `\`${entry.key}\` must be \`T1\` or \`T2\`, not ${describe(entry.value)}.`;
	context.file.report('SY208', context.nodes.range(entry.valueNode ?? entry.keyNode), message);
	return undefined;
}

/** Reads `tiers`: which agent and which model T1 and T2 mean. */
export function readTiers(
	context: ReadContext,
	entry: Entry | undefined,
): Partial<Record<Tier, TierDefinition>> | undefined {
	const found: Partial<Record<Tier, TierDefinition>> = {};
	for (const each of mapEntries(context, entry, 'such as {T1: {agent: small}, T2: {agent: large}}')) {
		const name = each.key.trim().toUpperCase();
		if ((name !== 'T1' && name !== 'T2') || !isMap(each.value)) {
			const message = `There are the tiers T1 and T2, each with fields such as {agent: large, model: name}; \`${each.key}\` is none.`;
			context.file.report('SY208', context.nodes.range(each.keyNode), message);
			continue;
		}
		const reader = new MapReader(context, each.value, { table: tierFields, what: 'a tier' });
		found[name] = {
			...present('agent', readName(context, reader.entry('agent'))),
			...present('model', reader.text('model')),
		};
	}
	return entry === undefined ? undefined : found;
}

/** Reads `workflows`: the steps of the tasks of each type that have none of their own. */
export function readWorkflows(
	context: ReadContext,
	entry: Entry | undefined,
): Map<string, readonly Step[]> | undefined {
	const found = new Map<string, readonly Step[]>();
	for (const each of mapEntries(context, entry, 'such as {backend: [{persona: api-developer}]}')) {
		const steps = readSteps(context, each);
		if (steps !== undefined) {
			found.set(each.key, steps);
		}
	}
	return entry === undefined ? undefined : found;
}

function mapEntries(context: ReadContext, entry: Entry | undefined, example: string): readonly Entry[] {
	if (entry === undefined || entry.value === null) {
		return [];
	}
	if (isMap(entry.value)) {
		return context.nodes.entries(entry.value);
	}
	const message = `\`${entry.key}\` must be fields with values, ${example}, not ${describe(entry.value)}.`;
	context.file.report('SY202', context.nodes.range(entry.valueNode ?? entry.keyNode), message, {
		data: { field: entry.key },
	});
	return [];
}
