import * as z from 'zod/mini';

const alteredFields = {
	task: z.string(),
	/** Relative to the plan's root, with `/`. */
	path: z.string(),
	how: z.enum(['changed', 'gone']),
};

/** What `switchyard evidence --json` prints: which files are not as they were written, and what was done about it. */
export const evidenceReportSchema = z.object({
	run: z.string(),
	/** How many files the journal knows. */
	files: z.number(),
	/** Tasks whose evidence the journal knows no hashes of. */
	unknown: z.array(z.string()),
	altered: z.array(z.object(alteredFields)),
	/** Null where nothing was to be written. `kept`: the folder with what was replaced. */
	written: z.nullable(
		z.object({
			/** `differs`: what would be written now is not what was written then, so nothing was. */
			files: z.array(z.object({ ...alteredFields, done: z.enum(['restored', 'anew', 'differs']) })),
			kept: z.string(),
		}),
	),
});
export type EvidenceReport = z.infer<typeof evidenceReportSchema>;
