import { expect, test } from 'vitest';
import { findingsOf } from '../../../src/core/plan/checkFindings.ts';
import { touchingTasks } from '../../../src/core/plan/checkTouches.ts';
import { IdIndex } from '../../../src/core/plan/idIndex.ts';
import type { Plan, Task } from '../../../src/core/plan/plan.ts';
import { planChecks } from '../../../src/core/plan/planChecks.ts';
import type { PlanPart } from '../../../src/core/plan/readPart.ts';
import { readPart } from '../../../src/core/plan/readPart.ts';
import { checkParts } from '../../../src/core/plan/readPlan.ts';
import { TaskOrder } from '../../../src/core/plan/taskOrder.ts';

const id = { rootUri: 'file:///w', key: 'x' };

/** Makes every check look at all that it ever looks at: each has something to find here. */
const text = `
plan: {name: x, defaults: {verify: [{agent: nobody}]}}
tracks: {1: {name: one, estimated_hours: 3}, 2: {name: two}}
gates:
  - {name: g, at: task, only: [A, Z]}
agents: {a: {run: [a]}}
tasks:
  - {id: A, run: [x], touches: [src/**], estimated_hours: 2, persona: architekt}
  - {id: B, touches: [src/a.ts], estimated_hours: 2, dependencies: [A, A, Z], agent: b, prompt: {file: p.md}}
  - {id: B, run: [x], type: backend, verify: [{agent: c}], steps: [{agent: d}]}
  - {id: C, dependencies: [D], run: [x], touches: [src/b.ts], produces: [q.md]}
  - {id: D, dependencies: [C], agent: shell}
  - {id: E, touches: [src/a.ts], run: [x]}
sprints:
  - {id: S, track: 1, sprint_number: 1, tasks: [A, B], estimated_hours: 9, dependencies: [T]}
  - {id: T, track: 2, sprint_number: 1, tasks: [B, C], start_date: 2026-02-01, end_date: 2026-01-01}
`;

/** A plan whose tasks tell which of their fields are looked at. */
function watched(text: string) {
	const seen = new Set<string>();
	const part = readPart({ uri: 'file:///w/x.plan.yaml', text }, 'one-file');
	const watch = (task: Task): Task =>
		new Proxy(task, {
			get: (target, field) => {
				seen.add(String(field));
				return Reflect.get(target, field);
			},
		});
	const parts: PlanPart[] = [{ ...part, tasks: part.tasks.map(watch) }];
	const plan: Plan = checkParts(id, parts).plan;
	return { seen, parts, plan };
}

/** Where something stands is never part of what a check reads: problems move with their tasks. */
const places = ['range', 'idRange', 'promptRange', 'touchRanges', 'personaRange'];

test.each(planChecks.map((check, index) => [index, check] as const))(
	'check %i of the plan declares every field of a task that it looks at',
	(_, check) => {
		for (const version of [
			text,
			text.replace('dependencies: [C], ', ''),
			text.replaceAll('agent:', 'run:'),
		]) {
			const { seen, parts, plan } = watched(version);
			const ids = new IdIndex(plan);
			const order = TaskOrder.of(plan, ids);
			const touching = touchingTasks(plan);
			const input = { plan, parts, ids, options: { hasFile: () => false } };
			const reads: readonly string[] =
				check.kind === 'plan' ? check.reads : [...check.reads, ...check.ofTask, 'id'];
			seen.clear();
			findingsOf(check).all({ ...input, order: () => order, touching: () => touching });
			expect([...seen].filter((field) => !reads.includes(field) && !places.includes(field))).toEqual([]);
		}
	},
);
