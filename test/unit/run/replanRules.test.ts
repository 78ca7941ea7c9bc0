import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/run/events.ts';
import type { ReplanApplied } from '../../../src/core/run/replanFacts.ts';
import { planOf, Story } from './story.ts';

const process = { pid: 1, startTime: '1', boot: 'b', host: 'h' };

function found(id: string): RunEvent {
	const what = { kind: 'task', title: id, dependsOn: [], blocks: [] } as const;
	return { kind: 'discovery-noted', id, task: 'A', attempt: 1, via: 'report', what };
}

function claimed(claim: string, from: string | null = null): RunEvent {
	return { kind: 'replan-claimed', claim, from, process };
}

function applied(claim: string, number: number, ...discoveries: string[]): ReplanApplied {
	const rest = { added: [], reason: 'r', trigger: ['A'], by: 'Kim', minutes: null };
	return { kind: 'replan-applied', claim, number, version: number + 1, discoveries, ...rest };
}

function begun(): Story {
	const story = new Story(planOf({ tasks: 'A' }));
	for (const event of [found('d1'), found('d2'), claimed('c1')]) {
		expect(story.apply(event)).toBeNull();
	}
	return story;
}

test('R1: a discovery that two processes find is one', () => {
	expect(begun().apply(found('d1'))).toMatch(/d1 is known/);
});

test('D3: replanning is claimed: one decides at a time, and the claim of a dead process is taken over by name', () => {
	const story = begun();
	expect(story.apply(claimed('c2'))).toMatch(/somebody else/);
	expect(story.apply(applied('c2', 1, 'd1'))).toMatch(/passed on/);
	expect(story.apply(claimed('c2', 'c1'))).toBeNull();
	expect(story.apply(applied('c1', 1, 'd1'))).toMatch(/passed on/);
	expect(story.apply({ kind: 'replan-released', claim: 'c1' })).toMatch(/passed on/);
	expect(story.apply(applied('c2', 1, 'd1'))).toBeNull();
	expect(story.apply({ kind: 'replan-released', claim: 'c2' })).toBeNull();
	expect(story.apply(claimed('c3'))).toBeNull();
});

test('R3: replans are numbered, each discovery is decided once, and the eleventh replan is void', () => {
	const story = begun();
	expect(story.apply(applied('c1', 2, 'd1'))).toMatch(/cannot follow/);
	expect(story.apply(applied('c1', 1, 'd1'))).toBeNull();
	expect(story.apply(applied('c1', 2, 'd1'))).toMatch(/d1 is not open/);
	const rejected = { kind: 'replan-rejected', claim: 'c1', reason: 'no', by: 'Kim' } as const;
	expect(story.apply({ ...rejected, discoveries: ['d2'] })).toBeNull();
	expect(story.apply({ ...rejected, discoveries: ['d2'] })).toMatch(/d2 is not open/);
	for (let number = 2; number <= 10; number++) {
		expect(story.apply(applied('c1', number))).toBeNull();
	}
	expect(story.apply(applied('c1', 11))).toMatch(/cannot follow/);
});
