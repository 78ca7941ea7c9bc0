import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReadyQueue } from '../../../src/core/run/readyQueue.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const step = fc.record({
	kind: fc.constantFrom('add', 'delete', 'find'),
	id: fc.constantFrom(...ids, 'unknown'),
});

test('any order of additions, removals and refusals gives the best accepted member', () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), fc.array(fc.constantFrom(...ids)), (steps, refused) => {
			const queue = new ReadyQueue(ids);
			const members = new Set<string>();
			for (const { kind, id } of steps) {
				if (kind === 'add') {
					queue.add(id);
					members.add(id);
				} else if (kind === 'delete') {
					queue.delete(id);
					members.delete(id);
				}
				const accept = (name: string) => kind !== 'find' || !refused.includes(name);
				const best = ids.find((name) => members.has(name) && accept(name)) ?? null;
				expect(queue.find(accept)).toBe(best);
				expect(queue.size).toBe(ids.filter((name) => members.has(name)).length);
				expect(queue.has(id)).toBe(members.has(id) && id !== 'unknown');
			}
		}),
		{ numRuns: 300 },
	);
});
