import * as z from 'zod/mini';
import { agentNameSchema, checkFields, commandSchema, exactCommand } from './checkFields.ts';
import {
	amountField,
	defineFields,
	flagField,
	keptField,
	nodeField,
	objectSchema,
	text,
	textField,
	textsField,
} from './fields.ts';

const tierSchema = z.enum(['T1', 'T2']);

/** `T1` or `T2`, as tasks, steps and defaults write it. */
export const tierField = nodeField(tierSchema, '`T1` or `T2`', 'The model tier it starts on: `T1` or `T2`.');

/** What an agent is told, as tasks and steps write it. */
export const promptField = nodeField(
	z.union([z.string(), z.object({ file: z.string() })]),
	'text or `{file: path}`',
	'What an agent is told. Without it the prompt is made of the task and its criteria.',
	{ exact: z.union([text, z.looseObject({ file: text })]) },
);

/** The fields of one step inside a task, or of a workflow (FORMATS 1.1). */
export const stepFields = defineFields({
	name: textField('What the step is called.', { also: ['title', 'id'], descriptive: true }),
	persona: textField('In which role: `api-designer`, `api-developer`, `test-writer`, …', {
		descriptive: true,
	}),
	agent: nodeField(
		agentNameSchema,
		'the name of an agent',
		'Who does it, where it is not the agent of the task.',
		{
			exact: text,
		},
	),
	tier: tierField,
	model: textField('The model its agent is asked to use.'),
	run: nodeField(
		commandSchema,
		'a list: program and arguments',
		'The command that is the whole work of the step.',
		{
			exact: exactCommand,
		},
	),
	shell: flagField('True when `run` is one line for the shell of the platform.'),
	prompt: promptField,
	verify: nodeField(
		z.array(objectSchema(checkFields)),
		'a list of checks',
		'The checks right behind the step.',
	),
	touches: textsField('Patterns of the files that are its business: findings about them are its to repair.'),
	produces: textsField('Files that must exist when it is done, relative to the root.'),
	timeout_minutes: amountField('After how many minutes it is ended.', { also: ['timeoutMinutes'] }),
	description: keptField('What it is for.'),
});

/** The fields of one entry under `tiers`. */
export const tierFields = defineFields({
	agent: nodeField(
		agentNameSchema,
		'the name of an agent',
		'Who works on this tier, where a task names nobody.',
		{
			exact: text,
		},
	),
	model: textField('The model its agent is asked to use.'),
	description: keptField('What it is for.'),
});
