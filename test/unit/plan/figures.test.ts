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

test('P5: figures of summaries for people are compared with the tasks', () => {
	checkPlan(`
		=== docs/planning/tasks/T-1.yaml
		{id: T-1, estimated_hours: 3}
		=== docs/planning/tasks/T-2.yaml
		{id: T-2, estimated_hours: 5, dependencies: [T-1]}
		=== docs/planning/tasks/T-3.yaml
		{id: T-3, estimated_hours: 4}
		=== docs/sprints/S-1.yaml
		{id: S-1, tasks: [T-1, T-3]}
		=== docs/sprints/S-2.yaml
		{id: S-2, tasks: [T-2]}
		=== docs/planning/TASK_SUMMARY.md
		# All of it
		**Total Hours**: 12 | Complexity: 99
		**Total Hours**: 13
		                 ^^ SY327 The tasks of the plan take 12 hours together, not 13 hours.
		**Critical Path**: 8 hours, longest chain: 8h
		Critical path: 12 hours
		               ^^ SY327 The longest chain of tasks takes 8 hours, not 12 hours.
		Critical path: T-1 → T-2 (9 hours)
		                          ^ SY327 These tasks take 8 hours together, not 9 hours.
		Total wall-clock time: 99 hours
		## Sprint 1: the first
		Total development hours: 7
		Total development hours: 12
		                         ^^ SY327 The tasks of \`S-1\` take 7 hours together, not 12 hours.
		## Sprint 9
		Total hours: 99
		=== docs/sprints/SPRINT_OVERVIEW.md
		Parallel execution time: ~52 hours (vs 128 sequential)
		Time savings: 59%
		Gain: 92% reduction (25h → 13h)
		      ^^ SY327 From 25 hours to 13 hours is a saving of 48 %, not of 92 %.
		- Sequential: 12.8 hours
		- Parallel: 4.1 hours
		- Saved: 8.7 hours (68%)
		Coverage: 80%
	`);
});

test('P5: dates of sprints that cannot hold', () => {
	checkPlan(`
		tasks: [{id: A}, {id: B}, {id: C}]
		sprints:
		  - {id: S1, track: 1, tasks: [A], start_date: 2026-05-18, end_date: 2026-05-11}
		                                                                     ^^^^^^^^^^ SY328 \`S1\` ends on 2026-05-11, before it starts on 2026-05-18.
		  - {id: S2, track: 1, tasks: [B], startDate: 2026-05-10, end_date: soon}
		                                              ^^^^^^^^^^ SY328 \`S1\`, which must be completed first, ends on 2026-05-11
		  - {id: S3, tasks: [C], start_date: 2026-05-11, dependencies: [S1]}
	`);
});

test('a persona that is nearly a known one, unless several tasks share the name', () => {
	checkPlan(`
		tasks:
		  - {id: A, persona: sdet-2}
		  - {id: B, persona: "@software-enginer"}
		                     ^^^^^^^^^^^^^^^^^^^ SY326 Did you mean \`software-engineer\`
		  - {id: C, persona: archivist}
		  - {id: D, persona: arkitect-1}
		  - {id: E, persona: arkitect-2}
	`);
});
