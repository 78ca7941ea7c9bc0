import * as z from 'zod/mini';
import { notificationType } from './rpc.ts';
import { taskStatus } from './taskStatus.ts';

/** What the timeline is told of a run, besides what it shares with the preview (`previewView.ts`). Times are milliseconds since the epoch. */

const check = z.object({ passed: z.boolean(), startedAt: z.number(), endedAt: z.number() });

const attempt = z.object({
	number: z.number(),
	startedAt: z.nullable(z.number()),
	endedAt: z.nullable(z.number()),
	/** Null while it runs. */
	outcome: z.nullable(
		z.enum([
			'ok',
			'failed',
			'timeout',
			'cancelled',
			'void',
			'unknown',
			'infrastructure',
			'usage-limit',
			'stalled',
		]),
	),
	reason: z.string(),
	checks: z.array(check),
});

const timelineTask = z.object({
	id: z.string(),
	status: taskStatus,
	/** True where its completion rests on checks or an exit code. */
	verified: z.boolean(),
	/** A sentence: why it waits, is blocked or failed; empty otherwise. */
	reason: z.string(),
	hasEvidence: z.boolean(),
	attempts: z.array(attempt),
});
export type TimelineTask = z.infer<typeof timelineTask>;

const timelineRun = z.object({
	id: z.string(),
	state: z.enum(['running', 'stopping', 'interrupted', 'idle', 'completed']),
	createdAt: z.number(),
});
export type TimelineRun = z.infer<typeof timelineRun>;

/** Host → page: tasks that changed, or all that were touched by the run. `now` is the host's clock as it sent this. */
export const showAttempts = notificationType(
	'attempts',
	z.object({
		reset: z.boolean(),
		now: z.number(),
		run: z.nullable(timelineRun),
		tasks: z.array(timelineTask),
	}),
);
export type ShowAttempts = z.infer<typeof showAttempts.params>;
