import * as z from 'zod/mini';
import { previewScope } from './previewView.ts';

/**
 * What the graph remembers over hide, show and reload: navigation only, never facts about plans or runs. `plan` lets
 * the host reopen the panel on the right plan after the window was reloaded.
 */
const graphViewState = z.object({
	version: z.literal(1),
	plan: z.object({ rootUri: z.string(), key: z.string() }),
	/** Zoom factor and the drawing's offset in CSS pixels; null until the person moved it. */
	camera: z.nullable(z.object({ x: z.number(), y: z.number(), zoom: z.number() })),
	/** Sprints the person folded and unfolded; null while the default for the plan's size holds. */
	collapsed: z.nullable(z.array(z.string())),
	selection: z.nullable(z.object({ kind: z.enum(['task', 'sprint']), id: z.string() })),
});
export type GraphViewState = z.infer<typeof graphViewState>;

/** Reads what an earlier version of the page may have left; null when it cannot be used. */
export function readGraphViewState(value: unknown): GraphViewState | null {
	const parsed = z.safeParse(graphViewState, value);
	return parsed.success ? parsed.data : null;
}

const planId = z.object({ rootUri: z.string(), key: z.string() });

/** What the preview remembers, as `graphViewState`. */
const previewViewState = z.object({
	version: z.literal(1),
	plan: planId,
	choice: z.object({
		scope: previewScope,
		strategy: z.nullable(z.string()),
		agents: z.nullable(z.number()),
	}),
	selection: z.nullable(z.string()),
	tab: z.enum(['schedule', 'layers', 'tasks', 'warnings']),
});
export type PreviewViewState = z.infer<typeof previewViewState>;

/** As `readGraphViewState`. */
export function readPreviewViewState(value: unknown): PreviewViewState | null {
	const parsed = z.safeParse(previewViewState, value);
	return parsed.success ? parsed.data : null;
}

/** What the timeline remembers, as `graphViewState`. */
const timelineViewState = z.object({
	version: z.literal(1),
	plan: planId,
	selection: z.nullable(z.string()),
	/** Null while the page decides whether the forecast is drawn below what happened. */
	showsPlan: z.nullable(z.boolean()),
});
export type TimelineViewState = z.infer<typeof timelineViewState>;

/** As `readGraphViewState`. */
export function readTimelineViewState(value: unknown): TimelineViewState | null {
	const parsed = z.safeParse(timelineViewState, value);
	return parsed.success ? parsed.data : null;
}
