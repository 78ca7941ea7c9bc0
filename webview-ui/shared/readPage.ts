import * as z from 'zod/mini';

const pageData = z.object({
	session: z.string(),
	plan: z.object({ rootUri: z.string(), key: z.string() }),
	strings: z.record(z.string(), z.string()),
	worker: z.string(),
});

/** What the host wrote into a page: attributes of the body, plan and strings as JSON. `worker` is empty where it has none. */
export function readPage(body: HTMLElement): z.infer<typeof pageData> {
	const { session, plan, strings, worker } = body.dataset;
	return pageData.parse({
		session,
		plan: JSON.parse(plan ?? 'null'),
		strings: JSON.parse(strings ?? '{}'),
		worker: worker ?? '',
	});
}
