import type { YAMLMap } from 'yaml';
import { isScalar } from 'yaml';
import type { ReadContext } from './mapReader.ts';
import { MapReader } from './mapReader.ts';
import type { Located, Sprint } from './plan.ts';
import { readMinutes } from './readEstimate.ts';
import { readId, readReferences } from './readIds.ts';
import { readPipeline } from './readPipeline.ts';
import { present } from './readValues.ts';
import { sprintFields } from './sprintFields.ts';
import type { Entry } from './yamlNodes.ts';
import { scalarText } from './yamlNodes.ts';

type SprintReader = MapReader<typeof sprintFields.fields>;

/** Reads one sprint; null when it has no id (then reported). */
export function readSprint(context: ReadContext, map: YAMLMap): Sprint | null {
	const reader = new MapReader(context, map, { table: sprintFields, what: 'a sprint' });
	const id = readId(context, reader.entry('id'), 'sprint');
	if (id === null) {
		reportMissingId(context, reader);
		return null;
	}
	return {
		id: id.value,
		name: reader.text('name') ?? id.value,
		...present('goal', reader.text('goal')),
		...present('track', readTrack(context, reader.entry('track'))),
		...present('number', reader.amount('sprint_number', { whole: true })),
		...readEstimate(context, reader),
		...present('startDate', readDate(reader, 'start_date')),
		...present('endDate', readDate(reader, 'end_date')),
		tasks: readReferences(context, reader.entry('tasks'), { of: 'a list of task ids' }),
		dependencies: readReferences(context, reader.entry('dependencies'), {
			of: 'a list of sprint ids',
			inside: 'sprints',
		}),
		pipeline: readPipeline(context, reader),
		range: reader.range,
		idRange: id.range,
	};
}

function reportMissingId(context: ReadContext, reader: SprintReader): void {
	const entry = reader.entry('id');
	if (entry !== undefined && entry.value !== null) {
		return;
	}
	const range =
		entry === undefined ? context.nodes.range(reader.map.items[0]?.key ?? reader.map) : reader.rangeOf(entry);
	const message = 'This sprint has no id, so it cannot be run or waited for. Add `id: SPRINT-001-01`.';
	const field = entry === undefined ? '' : 'id';
	context.file.report('SY203', range, message, { data: { target: 'sprint', field } });
}

/** A track number: `1`, `"01"`, `track_1`, `Track 1`. */
function readTrack(context: ReadContext, entry: Entry | undefined): number | undefined {
	if (entry === undefined || entry.value === null) {
		return undefined;
	}
	const text = isScalar(entry.value) ? scalarText(entry.value) : '';
	const number = trackNumber(text);
	if (number === null) {
		const range = context.nodes.range(entry.valueNode ?? entry.keyNode);
		const message = '`track` must be the number of a track, from 0 to 999.';
		context.file.report('SY202', range, message, { data: { field: 'track' } });
	}
	return number ?? undefined;
}

/** The number in the name of a track, or null. */
export function trackNumber(text: string): number | null {
	const digits = /^(?:track[\s_-]*)?(\d{1,3})$/i.exec(text.trim())?.[1];
	return digits === undefined ? null : Number(digits);
}

function readDate(reader: SprintReader, key: 'start_date' | 'end_date'): Located<string> | undefined {
	const entry = reader.entry(key);
	const value = reader.text(key);
	return entry === undefined || value === undefined ? undefined : { value, range: reader.rangeOf(entry) };
}

function readEstimate(
	context: ReadContext,
	reader: SprintReader,
): Pick<Sprint, 'estimateMinutes' | 'estimateRange'> {
	const hours = reader.entry('duration_hours');
	const entry = hours ?? reader.entry('estimated_minutes');
	const value = reader.text(hours === undefined ? 'estimated_minutes' : 'duration_hours');
	if (entry === undefined || value === undefined) {
		return {};
	}
	const unit = hours === undefined ? 'm' : 'h';
	const range = reader.rangeOf(entry);
	const minutes = readMinutes(context.file, value, { range, key: entry.key, unit });
	return minutes === undefined ? {} : { estimateMinutes: minutes, estimateRange: range };
}
