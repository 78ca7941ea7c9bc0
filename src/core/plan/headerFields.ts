import * as z from 'zod/mini';
import { agentNameSchema, commandSchema, exactCommand, exactEnvironment } from './checkFields.ts';
import {
	amountField,
	defineFields,
	durations,
	keptField,
	nodeField,
	objectSchema,
	text,
	textField,
	textsField,
	wholeNumber,
} from './fields.ts';
import { evidenceLayouts, gateLevelNames, replanPolicies, stateFilePlaces } from './planHeader.ts';
import { stepFields, tierField, tierFields } from './stepFields.ts';

const anything = z.record(z.string(), z.unknown());

/** Strategies of EXECUTION S1. */
export const strategyNames = [
	'aggressive',
	'conservative',
	'hybrid',
	'sequential',
	'tracks',
	'batches',
	'dynamic',
] as const;

/** The top level of `switchyard.yaml` in docs/planning: what concerns the plan as a whole. */
export const headerFileFields = defineFields({
	plan: nodeField(anything, 'fields with values', 'What concerns the plan as a whole.'),
	agents: nodeField(
		anything,
		'agent names with their fields',
		'Agents of this plan: a program that takes its prompt on stdin.',
	),
	tracks: nodeField(anything, 'track numbers with their fields', 'The names of the tracks.'),
	gates: nodeField(
		z.union([z.array(z.union([anything, z.string()])), anything, z.string()]),
		'a list of gates',
		'Where checks run besides those of the tasks, and what they check.',
	),
	tiers: nodeField(
		z.record(z.string(), objectSchema(tierFields)),
		'the tiers T1 and T2 with their fields',
		'Which agent and model a tier means: tasks begin on T1, and from the third iteration on work on T2.',
	),
	workflows: nodeField(
		z.record(z.string(), z.array(objectSchema(stepFields))),
		'types of tasks with lists of steps',
		'The steps of each type of task, for tasks that have none of their own.',
	),
	notes: keptField('Remarks.'),
	version: keptField('The version of the format.'),
});

/** The top level of a one-file plan (FORMATS 1.2). */
export const oneFileFields = defineFields({
	...headerFileFields.fields,
	sprints: nodeField(z.array(anything), 'a list of sprints', 'The sprints, in order.'),
	tasks: nodeField(z.array(anything), 'a list of tasks', 'The tasks.'),
});

/** The fields under `plan:`. */
export const planFields = defineFields({
	name: textField('What the plan is called.', { also: ['title'], descriptive: true }),
	description: keptField('What the plan is for.'),
	version: keptField('The version of the plan; every applied replan adds one.'),
	strategy: nodeField(z.string(), 'a strategy', 'How tasks are spread over agents and time.', {
		exact: z.enum(strategyNames),
	}),
	jobs: amountField('How many tasks run at once.', { exact: wholeNumber(1) }),
	evidence: textField('The folder of the evidence, relative to the root; `.work` unless said otherwise.'),
	gate_level: nodeField(
		z.string(),
		'a level of gates',
		'Which gates run: `basic` (checks of tasks), `standard` (also of sprints, tracks and the project), `strict` (also of layers, and advice counts). The strategy decides unless said otherwise.',
		{ also: ['gateLevel'], exact: z.enum(gateLevelNames) },
	),
	evidence_layout: nodeField(
		z.string(),
		'a layout',
		'`milestones` (a folder for each run) or `sprints` (the older one: a folder for each sprint).',
		{ also: ['evidenceLayout'], exact: z.enum(evidenceLayouts) },
	),
	state_file: nodeField(
		z.string(),
		'a place',
		'Where a plan in one file keeps how far it is, for other tools and other clones: `private` (in `.switchyard`, the default) or `beside` (`.NAME-state.yaml` beside the plan, to be committed with it).',
		{ also: ['stateFile'], exact: z.enum(stateFilePlaces) },
	),
	defaults: nodeField(anything, 'fields with values', 'What holds for every task that says nothing else.'),
	replan: nodeField(
		z.string(),
		'a word',
		'What happens to the plan when workers find more to do: `review` (a person decides, the default), `auto` or `off`.',
		{ exact: z.enum(replanPolicies) },
	),
	budget: amountField(
		'What the agents of one run may cost together, in US dollars. When it is spent, what runs goes on to its end, no agent starts, and a person is asked.',
	),
});

/** The fields under `plan.defaults`. */
export const defaultsFields = defineFields({
	agent: nodeField(agentNameSchema, 'the name of an agent', 'Who does tasks that name nobody.', {
		exact: text,
	}),
	verify: nodeField(z.array(anything), 'a list of checks', 'The checks of tasks that have none.'),
	timeout_minutes: amountField('After how many minutes an attempt is ended.', { also: ['timeoutMinutes'] }),
	iterations: amountField('How many iterations of work and check an agent gets, at most 5.', {
		exact: wholeNumber(1),
	}),
	tier: tierField,
	model: textField('The model agents are asked to use.'),
	isolation: keptField('`worktree` or `none`.'),
	retries: amountField('How many more attempts follow a failed one.', { exact: wholeNumber(0) }),
	env: nodeField(
		z.record(z.string(), z.string()),
		'names with values',
		'Environment variables of every task and its checks.',
		{ exact: exactEnvironment },
	),
	stall_minutes: amountField(
		'After how many minutes without output and without work of the processor an attempt is ended as stalled.',
		{ also: ['stallMinutes'] },
	),
	backoff_seconds: amountField(
		'How long the first new try after a failure of the infrastructure waits; each further one waits four times as long.',
		{ also: ['backoffSeconds'] },
	),
});

/** The fields of one entry under `agents`. */
export const agentFields = defineFields({
	run: nodeField(
		commandSchema,
		'a list: program and arguments',
		'The program that takes the prompt on stdin.',
		{
			also: ['argv', 'command'],
			exact: exactCommand,
		},
	),
	shell: keptField('True when `run` is one line for the shell of the platform.'),
	env: nodeField(
		z.record(z.string(), z.string()),
		'names with values',
		'Environment variables of the agent.',
		{ exact: exactEnvironment },
	),
	fallback: nodeField(
		agentNameSchema,
		'the name of an agent',
		'Who takes its tasks over while its usage limit lasts, where its program is missing, or when it fails again and again for want of a network.',
		{ exact: text },
	),
	usage_limit: textsField(
		'Regular expressions: a line of its output that matches one says that its usage limit is reached.',
		{ also: ['usageLimit'] },
	),
	extends: nodeField(
		agentNameSchema,
		'the name of an agent',
		'The agent it is a variant of: its program, with these arguments, this environment and this model.',
		{ exact: text },
	),
	model: textField(
		'The model it is asked to use: `{model}` in its arguments, and the variable SWITCHYARD_MODEL.',
	),
	args: textsField('Arguments that are added.'),
	description: keptField('What it is for.'),
});

/** The fields of one entry under `tracks`. */
export const trackFields = defineFields({
	name: textField('What the track is called.', { also: ['title'], descriptive: true }),
	number: keptField('Its number, where tracks are a list.', { also: ['id', 'track'] }),
	description: keptField('What it is about.'),
	estimated_hours: amountField('How long its tasks take together, in hours.', {
		also: ['estimatedHours'],
		descriptive: true,
		exact: durations,
	}),
	goal: keptField('What it is for.'),
});
