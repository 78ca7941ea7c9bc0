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
	quality_gates: keptField('What must hold at its end, in words.', { also: ['qualityGates'] }),
	batches: keptField('Groups of tasks in order.', {
		pending: 'the dependencies of the tasks alone give the order',
	}),
	integration: keptField('What puts the results together.', { pending: 'no integration step runs' }),
	validation: keptField('Who validates the sprint.', { pending: 'no validator runs' }),
	max_fix_cycles: keptField('How often faults are repaired.', { pending: 'there are no fix cycles' }),
	after: keptField('What runs after the sprint.', { pending: 'nothing runs after the sprint' }),
	status: keptField('Not read: whether a sprint is completed is told by its run.'),
	estimated_complexity: keptField('A score.'),
	parallelization: keptField('How another tool groups the tasks.'),
	phases: keptField('Phases of another tool.'),
	notes: keptField('Remarks.'),
});
