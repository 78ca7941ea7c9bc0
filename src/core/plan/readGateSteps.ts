import { isMap, isSeq } from 'yaml';
import type { GateStepDefinition } from './gateDefinition.ts';
import { gateStepFields } from './gateFields.ts';
import type { ReadContext } from './mapReader.ts';
import { describe, MapReader } from './mapReader.ts';
import { readChecks } from './readChecks.ts';
import { readCommand } from './readCommand.ts';
import { present, readEnvironment, readName, reportOutside } from './readValues.ts';
import { staysInside } from './rootPath.ts';
import type { Entry } from './yamlNodes.ts';

type StepReader = MapReader<typeof gateStepFields.fields>;

/** Reads one step. A list stands for a step that only checks: `integration: [{run: [npm, test]}]`. */
export function readStep(context: ReadContext, entry: Entry): GateStepDefinition | undefined {
	const range = context.nodes.range(entry.valueNode ?? entry.keyNode);
	if (entry.value === null) {
		return undefined;
	}
	if (isSeq(entry.value)) {
		return { verify: readChecks(context, entry), env: {}, range };
	}
	if (!isMap(entry.value)) {
		const message = `\`${entry.key}\` must be a step, such as {run: [npm, test]}, not ${describe(entry.value)}.`;
		context.file.report('SY202', range, message, { data: { field: entry.key } });
		return undefined;
	}
	const reader = new MapReader(context, entry.value, { table: gateStepFields, what: 'a step' });
	const run = readCommand(context, reader.entry('run'), reader.value('shell'));
	const step: GateStepDefinition = {
		...present('name', reader.text('name')),
		...(run && { run }),
		...present('agent', readName(context, reader.entry('agent'))),
		...present('persona', reader.text('persona')),
		...present('prompt', reader.text('prompt')),
		verify: readChecks(context, reader.entry('verify')),
		...present('timeoutMinutes', reader.amount('timeout_minutes')),
		...present('estimateMinutes', reader.amount('estimated_minutes')),
		env: readEnvironment(context, reader.entry('env')),
		...present('cwd', readFolder(context, reader)),
		range: reader.range,
	};
	const works = step.run ?? step.agent ?? step.persona ?? step.prompt;
	if (works === undefined && step.verify.length === 0 && reader.entry('run') === undefined) {
		context.file.report('SY210', reader.range, 'This step does nothing. Add `run: [npm, test]` or an agent.');
		return undefined;
	}
	return step;
}

/** Reads a list of steps, or one alone. */
export function readStepList(context: ReadContext, entry: Entry | undefined): GateStepDefinition[] {
	if (entry === undefined || entry.value === null) {
		return [];
	}
	if (!isSeq(entry.value)) {
		const step = readStep(context, entry);
		return step === undefined ? [] : [step];
	}
	return entry.value.items.flatMap((item) => {
		const value = context.nodes.resolve(item);
		const step = value === null ? undefined : readStep(context, { ...entry, value, valueNode: value });
		return step === undefined ? [] : [step];
	});
}

function readFolder(context: ReadContext, reader: StepReader): string | undefined {
	const path = reader.text('cwd');
	const entry = reader.entry('cwd');
	if (path === undefined || entry === undefined || staysInside(path)) {
		return path;
	}
	reportOutside(context, entry.valueNode ?? entry.keyNode, { field: 'cwd', path });
	return undefined;
}
