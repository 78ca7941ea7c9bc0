import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { readPlan } from '../../../src/core/plan/readPlan.ts';
import { findPlans } from '../../../src/engine/files/findPlans.ts';

test.each(['samples/shop', 'samples/node-service'])('%s has no problems', async (folder) => {
	for (const { id, files } of await findPlans(folder)) {
		expect(readPlan(id, files).problems).toEqual([]);
	}
});

/** A plan without its places: what both forms must agree on. */
function contentOf({ tasks, sprints, tracks }: Plan): unknown {
	const withoutPlaces = (key: string, value: unknown) =>
		/^(range|\w+Ranges?)$/.test(key) ? undefined : value;
	return JSON.parse(JSON.stringify({ tasks, sprints, tracks }, withoutPlaces));
}

test('the shop is the plan of seed 004, and the same plan when it is written in one file', async () => {
	const [found] = await findPlans('samples/shop');
	if (found === undefined) {
		throw new Error('samples/shop is gone');
	}
	const { plan } = readPlan(found.id, found.files);
	const hours = plan.tracks.map(({ name, number }) => {
		const members = plan.sprints.filter(({ track }) => track === number).flatMap(({ tasks }) => tasks);
		const ids = new Set(members.map(({ value }) => value));
		const minutes = plan.tasks
			.filter(({ id }) => ids.has(id))
			.reduce((sum, task) => sum + (task.estimateMinutes ?? 0), 0);
		return [name, ids.size, minutes / 60];
	});
	expect(hours).toEqual([
		['Backend API', 7, 52],
		['Frontend', 6, 44],
		['Infrastructure', 5, 32],
	]);
	expect([plan.tasks.length, plan.sprints.length]).toEqual([18, 6]);

	const texts = found.files.map(({ uri, text }) => ({ uri, value: parse(text) as Record<string, unknown> }));
	const one = stringify({
		tracks: texts.find(({ uri }) => uri.endsWith('/switchyard.yaml'))?.value['tracks'],
		sprints: texts.filter(({ uri }) => uri.includes('/sprints/')).map(({ value }) => value),
		tasks: texts.filter(({ uri }) => uri.includes('/tasks/')).map(({ value }) => value),
	});
	const uri = 'file:///w/shop.plan.yaml';
	const reading = readPlan({ rootUri: 'file:///w', key: 'shop' }, [{ uri, text: one }]);
	expect(reading.problems).toEqual([]);
	expect(contentOf(reading.plan)).toEqual(contentOf(plan));
});
