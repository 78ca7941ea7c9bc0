import * as z from 'zod/mini';

const shape = z.object({ cost_usd: z.number().check(z.nonnegative()) });

/** The cost in US dollars that a worker's `report.json` states as `cost_usd`; null for anything else. */
export function reportedCost(text: string): number | null {
	try {
		const parsed = shape.safeParse(JSON.parse(text));
		return parsed.success ? parsed.data.cost_usd : null;
	} catch {
		return null;
	}
}
