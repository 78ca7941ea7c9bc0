import { expect, test, vi } from 'vitest';
import { checkPlan, readFiles } from '../../support/checkPlan.ts';

// Only a reader that never ends reaches it.
vi.setConfig({ testTimeout: 60_000 });

test('a stated duration that is neither the sum nor the longest chain of its tasks', () => {
	const { problems } = checkPlan(`
		tracks: {1: {name: Backend, estimated_hours: 9}}
		                                             ^ SY319 The track Backend says 9 hours, but its 3 tasks take 10 hours together
		tasks:
		  - {id: A, estimated_hours: 4}
		  - {id: B, estimated_hours: 4, dependencies: [A]}
		  - {id: C, estimated_minutes: 120}
		sprints:
		  - {id: S, track: 1, tasks: [A, B, C], duration_hours: 12}
		                                                        ^^ SY319 and 8 hours along their longest chain
	`);
	expect(problems[1]?.related?.map(({ message }) => message)).toEqual([
		'A takes 4 hours',
		'B takes 4 hours',
		'C takes 2 hours',
	]);
});

test('a duration may be the sum or the longest chain', () => {
	checkPlan(`
		tracks: [{number: 1, estimated_hours: 10}, {number: 2}]
		tasks:
		  - {id: A, estimated_hours: 4}
		  - {id: B, estimated_hours: 4, dependencies: [A]}
		  - {id: C, estimated_minutes: 120}
		sprints:
		  - {id: S, track: 1, tasks: [A, B, C], estimated_minutes: 600}
		  - {id: T, track: 2, duration_hours: 3}
	`);
	checkPlan(`
		tasks: [{id: A, estimated_hours: 4}, {id: B, estimated_hours: 4, dependencies: [A]}, {id: C, duration: 20m}]
		sprints: [{id: S, tasks: [A, B, C], duration_hours: 8}]
	`);
});

test('without every estimate no sum is known', () => {
	checkPlan(`
		tasks: [{id: A, estimated_hours: 4}, {id: B}]
		sprints: [{id: S, tasks: [A, B], duration_hours: 40}]
	`);
});

test('a circle is reported as such, and its sums are left alone', () => {
	checkPlan(`
		tasks:
		  - {id: A, estimated_hours: 4, dependencies: [B]}
		                                               ^ SY304
		  - {id: B, estimated_hours: 4, dependencies: [A]}
		sprints: [{id: S, tasks: [A, B], duration_hours: 3}]
	`);
});

test('a large task is a hint, a huge one a warning', () => {
	const { problems } = checkPlan(`
		tasks:
		  - {id: A, estimated_hours: 16}
		  - {id: B, estimated_hours: 17}
		                             ^^ SY320 17 hours is much for one task
		  - {id: C, duration: 11d}
		                      ^^^ SY320 88 hours
	`);
	expect(problems.map(({ severity }) => severity)).toEqual(['hint', 'warning']);
});

test('a task that needs a later sprint of another track', () => {
	checkPlan(`
		tasks:
		  - {id: A, dependencies: [B, C]}
		                              ^ SY321 sprint 1 of track 1 and needs \`C\` of sprint 2 of track 2
		  - {id: B}
		  - {id: C}
		sprints:
		  - {id: S, track: 1, sprint_number: 1, tasks: [A]}
		  - {id: T, track: 2, sprint_number: 1, tasks: [B]}
		  - {id: U, track: 2, sprint_number: 2, tasks: [C]}
	`);
});

test('two sprints of a track with one number', () => {
	const { problems } = checkPlan(`
		tasks: [{id: A}, {id: B}, {id: C}]
		sprints:
		  - {id: S, track: 1, sprint_number: 1, tasks: [A]}
		  - {id: T, track: 1, sprint_number: 1, tasks: [B]}
		         ^ SY322 both number 1 of track 1
		  - {id: U, track: 2, sprint_number: 1, tasks: [C]}
	`);
	expect(problems[0]?.related).toHaveLength(1);
});

test('ten thousand tasks in one sprint are summed', () => {
	const tasks = Array.from(
		{ length: 10_000 },
		(_, i) => `- {id: T${i}, estimated_hours: 1, dependencies: [${i === 0 ? '' : `T${i - 1}`}]}`,
	);
	const members = tasks.map((_, i) => `T${i}`).join(', ');
	const text = `tasks:\n${tasks.join('\n')}\nsprints: [{id: S, duration_hours: 9999, tasks: [${members}]}]\n`;
	const found = readFiles({ 'x.plan.yaml': text }).problems.filter(({ code }) => code === 'SY319');
	expect(found.map(({ message }) => message)).toEqual([
		'`S` says 9999 hours, but its 10000 tasks take 10000 hours together.',
	]);
});
