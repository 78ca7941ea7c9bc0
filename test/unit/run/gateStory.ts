import { expect } from 'vitest';
import { summariseTask } from '../../../src/core/run/summarise.ts';
import { summariseGates } from '../../../src/core/run/summariseGate.ts';
import type { PlanWords } from './story.ts';
import { planOf, Story } from './story.ts';

export interface Expected {
	readonly status?: Record<string, string>;
	readonly reasons?: Record<string, string>;
	readonly ready?: readonly string[];
	readonly gates?: Record<string, string>;
}

export function expectState(story: Story, { status = {}, reasons = {}, ready, gates }: Expected): void {
	expect(story.statuses()).toMatchObject(status);
	for (const [id, reason] of Object.entries(reasons)) {
		const state = story.table.tasks.get(id);
		expect(state === undefined ? id : summariseTask(story.table, state).reason).toBe(reason);
	}
	if (ready !== undefined) {
		expect([...story.table.tasks.keys()].filter((id) => story.table.ready.has(id))).toEqual(ready);
	}
	if (gates !== undefined) {
		const found = summariseGates(story.table).map(({ id, status: gate, cycle }) => [id, `${gate} ${cycle}`]);
		expect(Object.fromEntries(found)).toEqual(gates);
	}
}

export function check(plan: PlanWords, lines: readonly string[], expected: Expected): Story {
	const story = new Story(planOf(plan)).tell(...lines);
	expectState(story, expected);
	return story;
}

export const two: PlanWords = {
	tasks: 'A B C',
	sprints: { S1: 'A B', S2: 'C' },
	gates: [{ of: 'S1', integration: true, validators: 'pm security' }],
	jobs: 5,
};
export const done = (id: string) => [`claim e1 ${id} 1`, `end e1 ${id} 1 ok`];
export const judged = (id: string, verdict: 'pass' | 'fail') => [
	`claim e1 ${id} 1`,
	`check e1 ${id} 1/0 ${verdict}`,
];
export const integrated = (id: string) => [...done(id), `check e1 ${id} 1/0 pass`];
export const asked = 'ask e1 A B C S1:gate';
export const built = [asked, ...done('A'), ...done('B')];
export const validated = (security: 'pass' | 'fail', cycle = '') => [
	...integrated(`S1:integration${cycle}`),
	...judged(`S1:pm${cycle}`, 'pass'),
	...judged(`S1:security${cycle}`, security),
];
