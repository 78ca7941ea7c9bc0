import * as z from 'zod/mini';
import {
	amountField,
	defineFields,
	durations,
	keptField,
	nodeField,
	textField,
	wholeNumber,
} from './fields.ts';
import { exactId, exactIds, idsSchema } from './taskFields.ts';

const anything = z.record(z.string(), z.unknown());

/** `1`, `"01"`, `track_1`, `Track 1`. */
const exactTrack = z.union([
	z.number().check(z.minimum(0), z.maximum(999), z.multipleOf(1)),
	z.string().check(z.regex(/^\s*([Tt][Rr][Aa][Cc][Kk][\s_-]*)?\d{1,3}\s*$/)),
]);

/** The fields of a sprint (FORMATS 1.1). */
export const sprintFields = defineFields({
	id: nodeField(z.string(), 'text', 'The name of the sprint: `SPRINT-001-01`, or any short word.', {
		exact: exactId,
	}),
	name: textField('What it is called.', { also: ['title'], descriptive: true }),
	goal: textField('What it is for.', { also: ['description'], descriptive: true }),
	track: nodeField(
		z.union([z.number(), z.string()]),
		'a track number',
		'The track whose sprints run one after another.',
		{ exact: exactTrack },
	),
	sprint_number: amountField('Its place among the sprints of its track.', {
		also: ['sprintNumber', 'number'],
		exact: wholeNumber(0),
	}),
	duration_hours: amountField('How long it will take, in hours.', {
		also: ['estimated_hours', 'estimatedHours', 'durationHours'],
		descriptive: true,
		exact: durations,
	}),
	estimated_minutes: amountField('How long it will take, in minutes.', {
		descriptive: true,
		exact: durations,
	}),
	tasks: nodeField(idsSchema, 'a list of task ids', 'The tasks of the sprint.', { exact: exactIds }),
	dependencies: nodeField(
		z.union([idsSchema, z.object({ sprints: idsSchema })]),
		'a list of sprint ids, or `none`',
		'The sprints that must be completed first.',
		{
			also: ['depends_on', 'dependsOn'],
			exact: z.union([exactIds, z.looseObject({ sprints: z.optional(exactIds) })]),
		},
	),
	quality_gates: keptField('Names of gates that must pass at its end, or words for them.', {
		also: ['qualityGates'],
	}),
	start_date: textField(
		'When it starts: `2026-05-18`. Compared with other dates, and otherwise only shown.',
		{
			also: ['startDate'],
			descriptive: true,
		},
	),
	end_date: textField('When it is to be completed: `2026-05-29`.', {
		also: ['endDate', 'due_date', 'dueDate'],
		descriptive: true,
	}),
	batches: nodeField(
		z.array(z.union([z.array(z.string()), z.looseObject({ tasks: idsSchema })])),
		'lists of task ids',
		'Groups of tasks that follow each other; computed from the dependencies unless stated.',
		{ exact: z.array(z.union([exactIds, z.looseObject({ tasks: exactIds })])) },
	),
	integration: nodeField(
		z.union([anything, z.array(anything)]),
		'a step, such as {run: [npm, test]}',
		'What puts the results of its tasks together: a command, an agent, or checks alone.',
	),
	validation: nodeField(
		z.union([anything, z.array(z.union([anything, z.string()])), z.string()]),
		'names with checks, such as {security: {run: [npm, audit]}}',
		'Who judges the sprint: checks by name, or the name of a built-in set.',
	),
	max_fix_cycles: amountField(
		'How often repairs are tried before a person is asked; 3 unless said otherwise.',
		{
			also: ['maxFixCycles'],
			exact: wholeNumber(0),
		},
	),
	after: nodeField(
		z.union([anything, z.array(anything)]),
		'a list of steps, such as [{name: deploy, run: [npm, run, deploy]}]',
		'What runs when its gates have passed, one after another.',
	),
	status: keptField('Not read: whether a sprint is completed is told by its run.'),
	estimated_complexity: keptField('A score.'),
	parallelization: keptField('How another tool groups the tasks.'),
	phases: keptField('Phases of another tool.'),
	notes: keptField('Remarks.'),
});
