import * as z from 'zod/mini';

/**
 * The files through which an engine, a runner and a viewer meet (FORMATS 2.2). One job is one folder: the work of an
 * attempt is `attempts/<task>/<n>/`, its checks are `attempts/<task>/<n>/check-<k>/`, with the same files inside.
 *
 * | file | written by | meaning |
 * |---|---|---|
 * | `spec.json` | engine | what to do, complete before anybody may start it |
 * | `start` | runner, created exclusively | one line `pid startTime boot`; who creates it may begin. `void` = never begins |
 * | `output.log` | runner | stdout and stderr of the work, as they came |
 * | `events.jsonl` | Node runner | normalised agent events |
 * | `heartbeat` | Node runner | touched every few seconds |
 * | `result.json` | runner, atomically, last | how it ended |
 */
export const jobSpec = z.object({
	schema: z.literal(1),
	run: z.string(),
	task: z.string(),
	attempt: z.number(),
	/** `work`, `check-<k>`, `step-<k>`, `step-<k>/check-<j>` or `baseline-<k>`, counted from 1. */
	job: z.string(),
	/** Of a check: how often the checks of the attempt were begun, from 1; absent means 1. */
	round: z.optional(z.number()),
	/** What a person reads in the terminal's title and first line. */
	title: z.string(),
	/** The real argument list of the process; a shell line has become `sh -c` or `cmd /d /s /c` already. */
	argv: z.array(z.string()).check(z.minLength(1)),
	/** Absolute. */
	cwd: z.string(),
	/** Added to the environment of the engine. */
	env: z.record(z.string(), z.string()),
	/** A file that becomes stdin; null = empty stdin. */
	stdin: z.nullable(z.string()),
	/** Which runner owns it. */
	runner: z.enum(['light', 'node']),
	timeoutMs: z.number(),
	/** After how long without output and without work of the processor it is ended; absent = never. */
	stallMs: z.optional(z.number()),
	/** How many checks and questions to a person follow the work of the attempt, so that a viewer knows when all is over. */
	checks: z.optional(z.number()),
	/** On a step of a chain: how many of them its steps have together, beside those of the whole. */
	stepChecks: z.optional(z.number()),
	/** On a step of a chain: the steps that this attempt does, from 1, in their order. */
	steps: z.optional(z.array(z.number())),
});
export type JobSpec = z.infer<typeof jobSpec>;

export const jobResult = z.object({
	exit: z.nullable(z.number()),
	/** The same once more: a damaged digit would be another verdict. */
	again: z.optional(z.nullable(z.number())),
	/** Only the Node runner knows the signal; the light runner has the shell's 128 + n in `exit`. */
	signal: z.optional(z.nullable(z.string())),
	/** Set by the Node runner when the process could not be started at all. */
	error: z.optional(z.string()),
});
export type JobResult = z.infer<typeof jobResult>;
