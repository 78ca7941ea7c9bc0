import * as z from 'zod/mini';
import { notificationType, requestType } from './rpc.ts';
import { taskStatus } from './taskStatus.ts';

/** What the dependency graph and its host say to each other. The host sends facts; the view asks and reports. */

const graphTask = z.object({
	id: z.string(),
	name: z.string(),
	type: z.string(),
	estimateMinutes: z.nullable(z.number()),
	dependencies: z.array(z.string()),
	/** The worst problem in the task's text. */
	worst: z.nullable(z.enum(['error', 'warning', 'info', 'hint'])),
});
export type GraphTask = z.infer<typeof graphTask>;

const graphSprint = z.object({
	id: z.string(),
	name: z.string(),
	track: z.nullable(z.number()),
	tasks: z.array(z.string()),
});
export type GraphSprint = z.infer<typeof graphSprint>;

const graphTrack = z.object({ number: z.number(), name: z.string() });
export type GraphTrack = z.infer<typeof graphTrack>;

const graphPlan = z.object({
	/** Names the plan within the window; opaque to the view. */
	key: z.string(),
	name: z.string(),
	/** Grows with every plan the host sends to this page. */
	revision: z.number(),
	errors: z.number(),
	tracks: z.array(graphTrack),
	sprints: z.array(graphSprint),
	tasks: z.array(graphTask),
});
export type GraphPlan = z.infer<typeof graphPlan>;

const graphStatus = z.object({
	id: z.string(),
	status: taskStatus,
	iteration: z.number(),
	validation: z.nullable(z.enum(['checks', 'exit-code', 'none', 'imported', 'stale'])),
	/** A sentence: why it waits, is blocked or failed; empty otherwise. */
	reason: z.string(),
	needsPerson: z.boolean(),
	hasEvidence: z.boolean(),
	/** Milliseconds since the epoch. */
	startedAt: z.nullable(z.number()),
	endedAt: z.nullable(z.number()),
});
export type GraphStatus = z.infer<typeof graphStatus>;

const graphRun = z.object({
	id: z.string(),
	state: z.enum(['running', 'stopping', 'interrupted', 'idle', 'completed']),
});
export type GraphRun = z.infer<typeof graphRun>;

const box = { x: z.number(), y: z.number(), width: z.number(), height: z.number() };

const graphLayout = z.object({
	/** Of the plan that was laid out. */
	revision: z.number(),
	width: z.number(),
	height: z.number(),
	nodes: z.array(z.object({ ...box, kind: z.enum(['task', 'sprint']), id: z.string() })),
	edges: z.array(
		z.object({
			from: z.number(),
			to: z.number(),
			count: z.number(),
			cycle: z.boolean(),
			path: z.string(),
			top: z.number(),
			bottom: z.number(),
		}),
	),
	sprints: z.array(z.object({ ...box, id: z.string() })),
	lanes: z.array(z.object({ ...box, track: z.nullable(z.number()) })),
});
export type GraphLayout = z.infer<typeof graphLayout>;

/** Host → view: the whole plan; null when it is gone. */
export const showPlan = notificationType('plan', z.object({ plan: z.nullable(graphPlan) }));

/** Host → view: tasks whose status changed, or all that have one. */
export const showStatuses = notificationType(
	'statuses',
	z.object({ reset: z.boolean(), run: z.nullable(graphRun), tasks: z.array(graphStatus) }),
);

/** Host → view: bring a task or sprint to the middle and select it. */
export const focusOn = notificationType(
	'focus',
	z.object({ task: z.optional(z.string()), sprint: z.optional(z.string()) }),
);

/** View → host: place the cards of the current plan with these sprints collapsed. */
export const requestLayout = requestType('layout', z.object({ collapsed: z.array(z.string()) }), graphLayout);

/** What a person can do to a task, sprint or plan from the graph. */
export const graphAction = z.enum([
	'runTask',
	'runSprint',
	'runTrack',
	'runAll',
	'stop',
	'retryTask',
	'openEvidence',
	'showTerminal',
	'revealInYaml',
	'showProblems',
	'createPlan',
]);
export type GraphAction = z.infer<typeof graphAction>;

/** View → host: do it. The host asks for confirmation and trust where they are due. */
export const act = notificationType(
	'act',
	z.object({
		action: graphAction,
		task: z.optional(z.string()),
		sprint: z.optional(z.string()),
		track: z.optional(z.number()),
	}),
);
export type GraphActionRequest = z.infer<typeof act.params>;
