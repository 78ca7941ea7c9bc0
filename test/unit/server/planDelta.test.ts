import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readPart } from '../../../src/core/plan/readPart.ts';
import { applyPlanUpdate } from '../../../src/host/plans/applyPlanUpdate.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import type { PlanUpdate } from '../../../src/protocol/lsp.ts';
import { LivePlan } from '../../../src/server/livePlan.ts';

// Only the number of sequences decides how long this takes.
vi.setConfig({ testTimeout: 600_000 });

const uri = 'file:///w/x.plan.yaml';
const group = { id: { rootUri: 'file:///w', key: 'x' }, form: 'file' as const, files: [uri] };
const runs = process.env['SWITCHYARD_LONG'] === undefined ? 200 : 5_000;

/** A plan as a list of tasks in some order, some with a fault, and a sprint with some of them. */
const planText = fc
	.tuple(
		fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'), { maxLength: 6 }),
		fc.array(fc.constantFrom('name: x', 'name: y', 'dependencies: [Z]', 'retries: -1'), { maxLength: 6 }),
		fc.array(fc.constantFrom('S', 'T', 'U'), { maxLength: 3 }),
	)
	.map(([ids, fields, sprints]) =>
		[
			'tasks:',
			...ids.map((id, index) => `  - {id: ${id}, run: [x], ${fields[index] ?? 'name: z'}}`),
			'sprints:',
			...sprints.map((id) => `  - {id: ${id}, tasks: [${ids.join(', ')}]}`),
		].join('\n'),
	);

test('whatever is edited, the messages together give what one full message would', () => {
	fc.assert(
		fc.property(fc.array(planText, { minLength: 2, maxLength: 6 }), (texts) => {
			const sent: PlanUpdate[] = [];
			const output = { publish: () => {}, sendUpdate: (update: PlanUpdate) => void sent.push(update) };
			const live = new LivePlan(group, output);
			for (const text of texts) {
				live.update([readPart({ uri, text }, 'one-file')], { agents: [], force: false });
			}
			const folded = sent.reduce<PlanModel | undefined>(applyPlanUpdate, undefined);
			live.sendAll();
			const all = sent.at(-1);
			expect(all?.reset).toBe(true);
			const whole = all && applyPlanUpdate(undefined, all);
			expect(folded).toEqual({ ...whole, version: folded?.version });
			expect([...(folded?.tasks.keys() ?? [])]).toEqual([...(whole?.tasks.keys() ?? [])]);
			expect([...(folded?.sprints.keys() ?? [])]).toEqual([...(whole?.sprints.keys() ?? [])]);
			expect(sent.map(({ version }) => version)).toEqual(sent.map((_, index) => index + 1));
		}),
		{ numRuns: runs },
	);
});

test('the same text twice says nothing', () => {
	const sent: PlanUpdate[] = [];
	const live = new LivePlan(group, { publish: () => {}, sendUpdate: (update) => void sent.push(update) });
	for (let i = 0; i < 2; i++) {
		live.update([readPart({ uri, text: 'tasks: [{id: A}]' }, 'one-file')], { agents: [], force: false });
	}
	expect(sent.length).toBe(1);
	expect(sent[0]?.tasks[0]?.worst).toBe('warning');
});
