import * as z from 'zod/mini';
import { agentNameSchema, commandSchema, exactCommand, exactEnvironment } from './checkFields.ts';
import { amountField, defineFields, flagField, nodeField, text, textField, wholeNumber } from './fields.ts';
import { gateLevels, gateSetNames } from './gateSets.ts';

const anything = z.record(z.string(), z.unknown());
const mappings = z.union([z.array(anything), anything]);

const checksExpected = 'a list of checks, or names with checks';
const stepExpected = 'a step, such as {run: [npm, run, integrate]}';
const stepsExpected = 'a list of steps, such as [{name: deploy, run: [npm, run, deploy]}]';

/** The fields of one entry under `gates` (FORMATS 1.2). */
export const gateFields = defineFields({
	name: textField('What the gate is called.', { also: ['title'] }),
	set: nodeField(z.string(), 'a set of gates', 'A built-in set: `orca`, `four-validators` or `devteam`.', {
		also: ['use'],
		exact: z.enum(gateSetNames),
	}),
	at: nodeField(z.string(), 'a place', 'Where it stands: `task`, `layer`, `sprint`, `track` or `project`.', {
		exact: z.enum(gateLevels),
	}),
	only: nodeField(
		z.union([z.array(z.union([z.string(), z.number()])), z.string(), z.number()]),
		'a list of numbers or ids',
		'Only these layers, tracks, sprints or tasks; all of them unless said otherwise.',
	),
	checks: nodeField(mappings, checksExpected, 'What it checks: a list, or a check for each slot of the set.'),
	advisory: flagField('True when a failure is shown and holds nothing up.'),
	integration: nodeField(mappings, stepExpected, 'What puts the results together before the checks run.'),
	max_fix_cycles: amountField('How often repairs are tried before a person is asked.', {
		also: ['maxFixCycles'],
		exact: wholeNumber(0),
	}),
	after: nodeField(mappings, stepsExpected, 'What runs when the gate has passed.'),
});

/** The fields of a step of a gate: the integration, or what runs after it. */
export const gateStepFields = defineFields({
	name: textField('What the step is called.', { also: ['title'], descriptive: true }),
	run: nodeField(commandSchema, 'a list: program and arguments', 'The command that does it.', {
		exact: exactCommand,
	}),
	shell: flagField('True when `run` is one line for the shell of the platform.'),
	agent: nodeField(agentNameSchema, 'the name of an agent', 'The agent that does it.', { exact: text }),
	persona: textField('The role of the agent.', { descriptive: true }),
	prompt: textField('What the agent is told besides what it has to put together.'),
	verify: nodeField(mappings, 'a list of checks', 'What must hold when it is done.', { also: ['checks'] }),
	timeout_minutes: amountField('After how many minutes it is ended.', { also: ['timeoutMinutes'] }),
	estimated_minutes: amountField(
		'How long it is expected to take with its checks, in minutes: for forecasts.',
		{
			also: ['estimatedMinutes'],
		},
	),
	env: nodeField(z.record(z.string(), z.string()), 'names with values', 'Environment variables.', {
		exact: exactEnvironment,
	}),
	cwd: textField('The folder it works in, inside the root.'),
});
