import * as z from 'zod/mini';
import type { HistorySample } from '../core/history/historySample.ts';
import type { RunPlan } from '../core/run/runPlan.ts';
import { planChanges } from './planChanges.ts';
import { notificationType } from './rpc.ts';

/** What the preview and the timeline and their host say to each other. The host sends facts; the pages simulate. */

/**
 * The parts of a run plan that hold the others together. The rest passes through unread: it is the simulator's, which is
 * built from the same sources as the server that made the plan.
 */
const forecastPlan = z.looseObject({
	name: z.string(),
	strategy: z.string(),
	jobs: z.number(),
	tracks: z.array(z.looseObject({ number: z.number(), name: z.string() })),
	sprints: z.array(
		z.looseObject({
			id: z.string(),
			name: z.string(),
			track: z.nullable(z.number()),
			tasks: z.array(z.string()),
		}),
	),
	tasks: z.array(
		z.looseObject({
			id: z.string(),
			name: z.string(),
			sprint: z.nullable(z.string()),
			track: z.nullable(z.number()),
			estimateMinutes: z.nullable(z.number()),
			dependencies: z.array(z.string()),
			work: z.looseObject({ kind: z.string() }),
			checks: z.array(z.unknown()),
		}),
	),
});

/** A run plan that crossed to a page. The type is core's own: sender and receiver are of one build. */
const runPlan = z.pipe(
	forecastPlan,
	z.transform((plan) => plan as unknown as RunPlan),
);

/** What is the matter with a plan, in a sentence, and where. Ids of tasks may be empty. */
const previewFault = z.object({ task: z.string(), message: z.string() });
export type PreviewFault = z.infer<typeof previewFault>;

/** What is shown of a plan beside the plan itself. */
const planFacts = {
	/** Names the plan within the window; opaque to the page. */
	key: z.string(),
	/** Grows with every plan the host sends to this page. */
	revision: z.number(),
	errors: z.number(),
	/** What the plan itself goes by; `plan.strategy` is what it was asked for. */
	ownStrategy: z.string(),
	/** Tasks at once that the user's settings allow an engine; null for as many as plan and strategy say. */
	limit: z.nullable(z.number()),
	/** Tasks nobody can run as they are written; they are forecast all the same. */
	faults: z.array(previewFault),
	/** What only the plan itself tells beside what a simulation finds. */
	warnings: z.array(previewFault),
};

const shownPlan = z.object({ ...planFacts, plan: runPlan });
export type ShownPlan = z.infer<typeof shownPlan>;

/** What is previewed and run. */
export const previewScope = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('all') }),
	z.object({ kind: z.literal('track'), number: z.number() }),
	z.object({ kind: z.literal('sprint'), id: z.string() }),
	z.object({ kind: z.literal('task'), id: z.string() }),
]);
export type PreviewScope = z.infer<typeof previewScope>;

/** Host → page: the whole plan; null when it is gone. */
export const showPreviewPlan = notificationType('plan', z.object({ shown: z.nullable(shownPlan) }));

/** Host → page: the next version of the plan it has. A page that does not have that one asks for everything again. */
export const changePreviewPlan = notificationType(
	'planChanges',
	z.object({ ...planFacts, base: z.number(), changes: planChanges }),
);
export type ChangePreviewPlan = z.infer<typeof changePreviewPlan.params>;

/** The parts of a sample of history that hold the others together; the rest passes through unread, as for a plan. */
const historySample = z.pipe(
	z.looseObject({ run: z.string(), task: z.string(), type: z.string(), minutes: z.number() }),
	z.transform((sample) => sample as unknown as HistorySample),
);

/** Host → page: what tasks of finished runs took, oldest first. */
export const showHistory = notificationType('history', z.object({ samples: z.array(historySample) }));

/** Host → page: preview this part of the plan. */
export const showScope = notificationType('scope', z.object({ scope: previewScope }));

/** Page → host: send the plan by this strategy from now on; null for its own. */
export const wantStrategy = notificationType('strategy', z.object({ strategy: z.nullable(z.string()) }));

/** Page → host: start a run of what is previewed, just so. The host asks for trust and confirmation where due. */
export const runPreviewed = notificationType(
	'run',
	z.object({
		scope: previewScope,
		/** Null where the plan's own is meant. */
		strategy: z.nullable(z.string()),
		jobs: z.nullable(z.number()),
	}),
);
export type RunPreviewed = z.infer<typeof runPreviewed.params>;

/** Page → host: show something of a task, or of the plan. */
export const previewAct = notificationType(
	'act',
	z.object({
		action: z.enum([
			'revealInYaml',
			'openEvidence',
			'showTerminal',
			'showInGraph',
			'showProblems',
			'openTimeline',
			'previewRun',
			'stop',
			'retryTask',
			'runTask',
		]),
		task: z.optional(z.string()),
	}),
);
export type PreviewAct = z.infer<typeof previewAct.params>;
