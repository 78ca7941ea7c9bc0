import * as z from 'zod/mini';
import { amountField, defineFields, flagField, keptField, nodeField, text } from './fields.ts';

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
	name: keptField('What the check is called.'),
	reports: keptField('Report files that the check leaves.', {
		pending: 'the reports are not read, the exit code decides',
	}),
	min_coverage: keptField('The least coverage.', { pending: 'the coverage is not compared' }),
	max_findings: keptField('The most findings.', { pending: 'the findings are not counted' }),
	agent: keptField('An agent that judges.'),
	persona: keptField('The role of the agent that judges.'),
	criteria: keptField('What the agent judges by.'),
	approve: keptField('A person who must agree.'),
});
