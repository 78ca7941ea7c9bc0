import { isMap, isScalar, isSeq } from 'yaml';
import type { GateSlot, SprintBatch, SprintPipeline } from './gateDefinition.ts';
import type { MapReader, ReadContext } from './mapReader.ts';
import { describe } from './mapReader.ts';
import { readStep, readStepList } from './readGateSteps.ts';
import { readReferences } from './readIds.ts';
import { readSlots } from './readSlots.ts';
import { present } from './readValues.ts';
import type { sprintFields } from './sprintFields.ts';
import type { Entry } from './yamlNodes.ts';
import { scalarText } from './yamlNodes.ts';

/** Reads how a sprint ends: its batches, its integration, who validates it, and what follows (FORMATS 1.1). */
export function readPipeline(
	context: ReadContext,
	reader: MapReader<typeof sprintFields.fields>,
): SprintPipeline {
	const integration = reader.entry('integration');
	return {
		batches: readBatches(context, reader.entry('batches')),
		...present('integration', integration && readStep(context, integration)),
		validation: readSlots(context, reader.entry('validation'), 'validation'),
		qualityGates: readQualityGates(context, reader.entry('quality_gates')),
		...present('maxFixCycles', reader.amount('max_fix_cycles', { whole: true })),
		after: readStepList(context, reader.entry('after')),
	};
}

/** `[[A, B], [C]]`, or with fields: `[{tasks: [A, B], mode: sequential}]`. Batches follow each other. */
function readBatches(context: ReadContext, entry: Entry | undefined): SprintBatch[] {
	if (entry === undefined || entry.value === null) {
		return [];
	}
	if (!isSeq(entry.value)) {
		reportBatch(context, entry, entry.value);
		return [];
	}
	return entry.value.items.flatMap((item) => {
		const value = context.nodes.resolve(item);
		const batch = { ...entry, value, valueNode: value };
		if (isSeq(value)) {
			return [{ tasks: readReferences(context, batch, { of: 'a list of task ids' }), inTurn: false }];
		}
		if (!isMap(value)) {
			reportBatch(context, batch, value);
			return [];
		}
		const entries = context.nodes.entries(value);
		const mode = entries.find(({ key }) => key === 'mode')?.value;
		const tasks = entries.find(({ key }) => key === 'tasks');
		const inTurn = isScalar(mode) && /^sequential$/i.test(scalarText(mode).trim());
		return [{ tasks: readReferences(context, tasks, { of: 'a list of task ids' }), inTurn }];
	});
}

function reportBatch(context: ReadContext, entry: Entry, found: Entry['value']): void {
	const message = `\`batches\` must be lists of task ids, such as [[TASK-001, TASK-002], [TASK-003]], not ${describe(found)}.`;
	context.file.report('SY202', context.nodes.range(entry.valueNode ?? entry.keyNode), message, {
		data: { field: 'batches' },
	});
}

/** Names of gates, of built-in sets, or words that no check answers yet; other tools write sentences there. */
function readQualityGates(context: ReadContext, entry: Entry | undefined): GateSlot[] {
	return isSeq(entry?.value) || isScalar(entry?.value) ? readSlots(context, entry, 'quality gates') : [];
}
