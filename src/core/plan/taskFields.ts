import * as z from 'zod/mini';
import {
	agentNameSchema,
	checkFields,
	commandSchema,
	exactCommand,
	exactEnvironment,
} from './checkFields.ts';
import {
	amountField,
	defineFields,
	durations,
	flagField,
	keptField,
	nodeField,
	objectSchema,
	text,
	textField,
	textsField,
	wholeNumber,
} from './fields.ts';
import { promptField, stepFields, tierField } from './stepFields.ts';

/** One id, or a list of ids. */
export const idsSchema = z.union([z.array(z.string()), z.string(), z.null()]);

/** The same, as it is read: an id that looks like a number is its text. */
export const exactIds = z.union([z.array(z.union([text, z.null()])), text, z.null()]);

/** An id as it should be written: text that every system can have as the name of a folder. */
export const exactId = z
	.string()
	.check(z.minLength(1), z.maxLength(100), z.regex(/^[^\s/\\<>:"|?*-]([^/\\<>:"|?*]*[^\s./\\<>:"|?*])?$/));

const priorityWords = z.union([
	z.number(),
	z.enum(['critical', 'high', 'medium', 'low']),
	z.string().check(z.regex(/^\s*([A-Za-z]+|-?\d+(\.\d+)?)\s*$/)),
]);

/** The fields of a task (FORMATS 1.1). Those of other tools that carry no order to Switchyard are kept and left alone. */
export const taskFields = defineFields({
	id: nodeField(
		z.string(),
		'text',
		'The name of the task in every other place: `TASK-001`, or any short word.',
		{ exact: exactId },
	),
	name: textField('What is to be done, in one line.', { also: ['title'], descriptive: true }),
	description: textField('What is to be done, at length. Part of the prompt of an agent.', {
		descriptive: true,
	}),
	type: textField('`backend`, `frontend`, `database`, `testing`, `infrastructure`, … or any word.', {
		also: ['task_type', 'taskType'],
		descriptive: true,
	}),
	estimated_hours: amountField('How long it will take, in hours.', {
		exact: durations,
		also: ['estimatedHours', 'estimate_hours'],
		descriptive: true,
	}),
	estimated_minutes: amountField('How long it will take, in minutes.', {
		exact: durations,
		also: ['estimatedMinutes'],
		descriptive: true,
	}),
	duration: amountField(
		'How long it will take: `90m`, `1h 30m`, `2d` (8 hours a day), or a number of hours.',
		{
			exact: durations,
			descriptive: true,
		},
	),
	dependencies: nodeField(
		idsSchema,
		'a list of task ids',
		'The tasks that must be completed before this one starts.',
		{ also: ['depends_on', 'dependsOn'], exact: exactIds },
	),
	acceptance_criteria: textsField('What must hold when it is done, one sentence each.', {
		also: ['acceptanceCriteria'],
		descriptive: true,
	}),
	agent: nodeField(
		agentNameSchema,
		'the name of an agent',
		'Who does it: `shell`, an installed agent, or one declared under `agents`.',
		{ exact: text },
	),
	persona: textField('In which role: `software-engineer`, `sdet`, `security-engineer`, …', {
		descriptive: true,
	}),
	run: nodeField(
		commandSchema,
		'a list: program and arguments',
		'The command that is the whole work of a shell task.',
		{ exact: exactCommand },
	),
	shell: flagField('True when `run` is one line for the shell of the platform.'),
	steps: nodeField(
		z.array(objectSchema(stepFields)),
		'a list of steps',
		'The chain inside the task, in order; without it the `workflows` of the plan decide by `type`.',
	),
	prompt: promptField,
	verify: nodeField(
		z.array(objectSchema(checkFields)),
		'a list of checks',
		'The checks that must pass before the task counts as completed.',
	),
	touches: textsField(
		'Patterns of the files it may change. Tasks whose patterns overlap do not run at the same time.',
	),
	produces: textsField('Files that must exist when it is done, relative to the root.'),
	locks: textsField('Names of shared things it needs for itself: a port, a database.'),
	priority: amountField(
		'Which of the ready tasks starts first: a larger number, or `critical`, `high`, `medium`, `low`.',
		{
			exact: priorityWords,
			descriptive: true,
		},
	),
	timeout_minutes: amountField('After how many minutes an attempt is ended.', { also: ['timeoutMinutes'] }),
	retries: amountField('How many more attempts follow a failed one.', { exact: wholeNumber(0) }),
	iterations: amountField(
		'How many iterations of work and check an agent gets: at most 5, on the larger model from the third on.',
		{ exact: wholeNumber(1) },
	),
	stall_minutes: amountField(
		'After how many minutes without output and without work of the processor an attempt is ended as stalled.',
		{ also: ['stallMinutes'] },
	),
	idempotent: flagField('True when it may be run again although nobody knows how far it came.'),
	env: nodeField(
		z.record(z.string(), z.string()),
		'names with values',
		'Environment variables of the work and its checks.',
		{ exact: exactEnvironment },
	),
	cwd: textField('The folder it works in, inside the root.'),
	tier: tierField,
	model: textField('The model its agent is asked to use.'),
	isolation: keptField('`worktree` for a checkout of its own, `none` to work in place.'),
	approval: nodeField(
		z.enum(['before', 'after']),
		'`before` or `after`',
		'Where a person must agree: `before` the work begins, or `after` its checks passed.',
	),
	notes: keptField('Remarks.'),
	tags: keptField('Words to group by.'),
	status: keptField('Not read: whether a task is completed is told by its run.'),
	sprint: keptField('Not read: sprints name their tasks.'),
	track: keptField('Not read: a task has the track of its sprint.'),
	blocks: keptField('Not read: write `dependencies` in the other task.', { also: ['blocked_by'] }),
	files: keptField('Files it speaks of.'),
	feature_ref: keptField('The feature it belongs to.'),
	complexity: keptField('A score.', { also: ['complexity_estimate'] }),
	suggested_agent: keptField('An agent of another tool.'),
	technical_requirements: keptField('Requirements.', { also: ['technicalNotes', 'technical_notes'] }),
	testing_strategy: keptField('How it is tested.', { also: ['testingStrategy'] }),
	rollback_plan: keptField('How it is undone.', { also: ['rollbackPlan'] }),
	deliverables: keptField('What it delivers.'),
	validation: keptField('How another tool checks it; Switchyard reads `verify`.'),
	strict_requirements: keptField('Requirements.'),
	requirements: keptField('Requirements.'),
	scope: keptField('Which files another tool lets it change; Switchyard reads `touches`.'),
});
