import * as z from 'zod/mini';
import { amountField, defineFields, keptField, nodeField, textField } from './fields.ts';
import { idsSchema } from './taskFields.ts';

/** The fields of a sprint (FORMATS 1.1). */
export const sprintFields = defineFields({
	id: nodeField(z.string(), 'text', 'The name of the sprint: `SPRINT-001-01`, or any short word.'),
	name: textField('What it is called.', { also: ['title'], descriptive: true }),
	goal: textField('What it is for.', { also: ['description'], descriptive: true }),
	track: nodeField(
		z.union([z.number(), z.string()]),
		'a track number',
		'The track whose sprints run one after another.',
	),
	sprint_number: amountField('Its place among the sprints of its track.', {
		also: ['sprintNumber', 'number'],
	}),
	duration_hours: amountField('How long it will take, in hours.', {
		also: ['estimated_hours', 'estimatedHours', 'durationHours'],
		descriptive: true,
	}),
	estimated_minutes: amountField('How long it will take, in minutes.', { descriptive: true }),
	tasks: nodeField(idsSchema, 'a list of task ids', 'The tasks of the sprint.'),
	dependencies: nodeField(
		z.union([idsSchema, z.object({ sprints: idsSchema })]),
		'a list of sprint ids, or `none`',
		'The sprints that must be completed first.',
		{ also: ['depends_on', 'dependsOn'] },
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
