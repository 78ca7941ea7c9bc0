import * as z from 'zod/mini';

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
