import type { YAMLMap } from 'yaml';
import { isScalar } from 'yaml';
import type { ReadContext } from './mapReader.ts';
import { describe, MapReader } from './mapReader.ts';
import type { Located, SourceRange, Task } from './plan.ts';
import { readChecks } from './readChecks.ts';
import { readCommand } from './readCommand.ts';
import { formatHours, readMinutes } from './readEstimate.ts';
import { readId, readReferences } from './readIds.ts';
import { readPrompt, readSteps, readTier } from './readSteps.ts';
import { present, readEnvironment, readName, reportOutside } from './readValues.ts';
import { staysInside } from './rootPath.ts';
import { taskFields } from './taskFields.ts';
import { scalarText } from './yamlNodes.ts';

type TaskReader = MapReader<typeof taskFields.fields>;

/** Reads one task; null when it has no id, because then nothing can speak of it (then reported). */
export function readTask(context: ReadContext, map: YAMLMap): Task | null {
	const reader = new MapReader(context, map, { table: taskFields, what: 'a task' });
	const id = readId(context, reader.entry('id'), 'task');
	if (id === null) {
		reportMissingId(context, reader);
		return null;
	}
	const command = readCommand(context, reader.entry('run'), reader.value('shell'));
	return {
		id: id.value,
		name: reader.text('name') ?? id.value,
		...optionalTexts(reader),
		...optionalNumbers(context, reader),
		dependencies: readReferences(context, reader.entry('dependencies'), { of: 'a list of task ids' }),
		acceptanceCriteria: reader.texts('acceptance_criteria'),
		...present('agent', readName(context, reader.entry('agent'))),
		...(command && { run: command }),
		...readPrompt(context, reader.entry('prompt')),
		...present('tier', readTier(context, reader.entry('tier'))),
		...present('model', reader.text('model')),
		...present('approval', readApproval(context, reader)),
		...present('steps', readSteps(context, reader.entry('steps'))),
		verify: readChecks(context, reader.entry('verify')),
		...readTouches(context, reader),
		produces: readPaths(context, reader, 'produces').map(({ value }) => value),
		locks: reader.texts('locks'),
		idempotent: reader.value('idempotent') ?? false,
		env: readEnvironment(context, reader.entry('env')),
		...present('cwd', readFolder(context, reader)),
		range: reader.range,
		idRange: id.range,
	};
}

function reportMissingId(context: ReadContext, reader: TaskReader): void {
	const entry = reader.entry('id');
	if (entry !== undefined && entry.value !== null) {
		return;
	}
	const range = entry === undefined ? firstLine(context, reader) : reader.rangeOf(entry);
	const message = 'This task has no id, so nothing can depend on it or run it. Add `id: TASK-…`.';
	const field = entry === undefined ? '' : 'id';
	context.file.report('SY203', range, message, { data: { target: 'task', field } });
}

/** Marks the first field only: a whole block underlined in red hides what is in it. */
function firstLine(context: ReadContext, reader: TaskReader) {
	return context.nodes.range(reader.map.items[0]?.key ?? reader.map);
}

function optionalTexts(reader: TaskReader) {
	return {
		...present('description', reader.text('description')),
		...present('type', reader.text('type')),
		...present('persona', reader.text('persona')),
		...personaRange(reader),
	};
}

function optionalNumbers(context: ReadContext, reader: TaskReader) {
	return {
		...present('estimateMinutes', readEstimate(context, reader)),
		...present('priority', readPriority(context, reader)),
		...present('timeoutMinutes', reader.amount('timeout_minutes')),
		...present('retries', reader.amount('retries', { whole: true })),
		...present('iterations', reader.amount('iterations', { least: 1, whole: true })),
		...present('stallMinutes', reader.amount('stall_minutes')),
	};
}

const estimateFields = [
	['estimated_hours', 'h'],
	['estimated_minutes', 'm'],
	['duration', 'h'],
] as const;

function readEstimate(context: ReadContext, reader: TaskReader): number | undefined {
	for (const [name, unit] of estimateFields) {
		const entry = reader.entry(name);
		const value = reader.text(name);
		if (entry !== undefined && value !== undefined) {
			const range = reader.rangeOf(entry);
			const minutes = readMinutes(context.file, value, { range, key: entry.key, unit });
			reportSize(context, minutes, range);
			return minutes;
		}
	}
	return undefined;
}

/** A task of 4 to 16 hours can be estimated, reviewed and redone; one of two weeks is a project (seed 004). */
function reportSize(context: ReadContext, minutes: number | undefined, range: SourceRange): void {
	const hours = (minutes ?? 0) / 60;
	if (hours <= 16) {
		return;
	}
	const severity = hours > 80 ? 'warning' : 'hint';
	const message = `${formatHours(hours * 60)} is much for one task: what takes more than 16 is hard to estimate and to check. Split it.`;
	context.file.report('SY320', range, message, { severity });
}

/** Words of other tools, around the default of 0. */
const priorityWords: Readonly<Record<string, number>> = {
	critical: 2,
	highest: 2,
	urgent: 2,
	high: 1,
	medium: 0,
	normal: 0,
	low: -1,
	lowest: -2,
};

function readPriority(context: ReadContext, reader: TaskReader): number | undefined {
	const entry = reader.entry('priority');
	const value = reader.text('priority');
	if (entry === undefined || value === undefined) {
		return undefined;
	}
	const number = priorityWords[value.trim().toLowerCase()] ?? Number(value.trim() || 'x');
	if (Number.isFinite(number)) {
		return number;
	}
	const message = `\`priority\` must be a number, or critical, high, medium or low, not ${describe(entry.value)}.`;
	context.file.report('SY208', reader.rangeOf(entry), message, { severity: 'warning' });
	return undefined;
}

function personaRange(reader: TaskReader): Pick<Task, 'personaRange'> {
	const entry = reader.entry('persona');
	return entry === undefined ? {} : { personaRange: reader.rangeOf(entry) };
}

function readApproval(context: ReadContext, reader: TaskReader): 'before' | 'after' | undefined {
	const entry = reader.entry('approval');
	if (entry === undefined || entry.value === null) {
		return undefined;
	}
	const value = isScalar(entry.value) ? scalarText(entry.value).trim() : '';
	if (value === 'before' || value === 'after') {
		return value;
	}
	const message = `\`approval\` must be \`before\` or \`after\`, not ${describe(entry.value)}.`;
	context.file.report('SY208', reader.rangeOf(entry), message);
	return undefined;
}

function readFolder(context: ReadContext, reader: TaskReader): string | undefined {
	const entry = reader.entry('cwd');
	const path = reader.text('cwd');
	if (entry === undefined || path === undefined) {
		return undefined;
	}
	if (!staysInside(path)) {
		reportOutside(context, entry.valueNode ?? entry.keyNode, { field: 'cwd', path });
		return undefined;
	}
	return path;
}

function readTouches(context: ReadContext, reader: TaskReader): Pick<Task, 'touches' | 'touchRanges'> {
	const paths = readPaths(context, reader, 'touches');
	const touches = paths.map(({ value }) => value);
	return paths.length === 0 ? { touches } : { touches, touchRanges: paths.map(({ range }) => range) };
}

function readPaths(
	context: ReadContext,
	reader: TaskReader,
	name: 'touches' | 'produces',
): Located<string>[] {
	const entry = reader.entry(name);
	return reader.locatedTexts(name).filter(({ value: path }) => {
		const inside = staysInside(path.replace(/^!/, ''));
		if (!inside && entry !== undefined) {
			reportOutside(context, entry.valueNode ?? entry.keyNode, { field: name, path });
		}
		return inside;
	});
}
