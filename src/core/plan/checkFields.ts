import * as z from 'zod/mini';
import {
	amountField,
	defineFields,
	flagField,
	nodeField,
	text,
	textField,
	textsField,
	wholeNumber,
} from './fields.ts';

/** An argument list, or one line for the shell. */
export const commandSchema = z.union([z.array(z.string()), z.string()]);

/** The same, as it is read: an argument that looks like a number is its text. */
export const exactCommand = z.union([z.array(text).check(z.minLength(1)), text]);

/** Environment variables, as they are read. */
export const exactEnvironment = z.record(
	z.string().check(z.regex(/^[A-Za-z_][\w.()-]*$/)),
	z.union([text, z.null()]),
);

export const agentNameSchema = z.string();

/** The fields of a check (FORMATS 1.4). */
export const checkFields = defineFields({
	run: nodeField(
		commandSchema,
		'a list: program and arguments',
		'The command whose exit code is the verdict.',
		{ exact: exactCommand },
	),
	shell: flagField('True when `run` is one line for the shell of the platform.'),
	timeout_minutes: amountField('After how many minutes the check is ended and counts as failed.', {
		also: ['timeoutMinutes'],
	}),
	expect: nodeField(
		z.object({ exit: z.optional(z.number()) }),
		'`{exit: number}`',
		'What the command must end with; exit code 0 unless said otherwise.',
		{ exact: z.looseObject({ exit: z.number().check(z.minimum(0), z.maximum(255), z.multipleOf(1)) }) },
	),
	estimated_minutes: amountField(
		'How long the check is expected to take, in minutes: for forecasts of gates. The estimate of a task includes its checks.',
		{ also: ['estimatedMinutes'] },
	),
	name: textField('What the check is called.', { descriptive: true }),
	reports: nodeField(
		z.object({
			junit: z.optional(z.string()),
			lcov: z.optional(z.string()),
			cobertura: z.optional(z.string()),
			sarif: z.optional(z.string()),
		}),
		'formats with patterns of files, such as {junit: reports/*.xml}',
		'Report files that the check writes: `junit`, `lcov`, `cobertura` and `sarif`, each with a pattern.',
	),
	min_coverage: amountField(
		'The least share of covered lines in percent, from the `lcov` or `cobertura` report.',
		{ also: ['minCoverage'] },
	),
	max_findings: amountField('The most findings in the `sarif` report.', {
		also: ['maxFindings'],
		exact: wholeNumber(0),
	}),
	baseline: flagField(
		'True when the check is also made before the task begins, and only failures that are new since then count.',
	),
	agent: nodeField(
		agentNameSchema,
		'the name of an agent',
		'An agent that judges, and must answer in the verdict schema.',
		{
			exact: text,
		},
	),
	persona: textField(
		'The role of the agent that judges: `requirements-validator`, `pm`, `security-engineer`, …',
		{
			descriptive: true,
		},
	),
	criteria: textsField(
		'What the agent judges by; the acceptance criteria of the task unless said otherwise.',
	),
	approve: textField('Who must agree, or what a person has to look at.'),
});
