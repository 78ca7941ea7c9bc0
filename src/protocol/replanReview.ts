import * as z from 'zod/mini';

/** What `switchyard replan --json` prints, as far as an editor needs it. */
export const replanReviewSchema = z.object({
	run: z.string(),
	/** `off`: the plan wants no replans. */
	policy: z.string(),
	discoveries: z.array(z.object({ id: z.string(), task: z.string(), words: z.string() })),
	changes: z.optional(z.array(z.object({ discovery: z.string(), task: z.string(), text: z.string() }))),
	unplaced: z.optional(z.array(z.object({ discovery: z.string(), title: z.string(), reason: z.string() }))),
	minutes: z.optional(z.nullable(z.object({ before: z.number(), after: z.number() }))),
	version: z.optional(z.object({ before: z.number(), after: z.number() })),
	/** The plan files as they are and as they would be. */
	files: z.optional(
		z.array(z.object({ uri: z.string(), before: z.nullable(z.string()), after: z.nullable(z.string()) })),
	),
	applied: z.optional(z.object({ number: z.number(), document: z.string() })),
});

export type ReplanReview = z.infer<typeof replanReviewSchema>;
