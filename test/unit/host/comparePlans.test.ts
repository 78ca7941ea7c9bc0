import { describe, expect, it } from 'vitest';
import { strategyNames } from '../../../src/core/plan/headerFields.ts';
import { comparePlans } from '../../../src/host/panels/comparePlans.ts';
import { changePlan } from '../../../src/protocol/planChanges.ts';
import { shownOfText, shownPlan } from '../../webview/previewSamples.ts';
import { seedGraphPlan } from '../../webview/samplePlans.ts';

const byStrategy = (strategy: (typeof strategyNames)[number]) =>
	shownPlan(seedGraphPlan, {}, { strategy }).plan;

describe('what a page is told of a plan that changed', () => {
	for (const from of strategyNames) {
		it(`makes the plan by any other strategy out of the one by ${from}`, () => {
			for (const to of strategyNames) {
				const [before, after] = [byStrategy(from), byStrategy(to)];
				const changes = comparePlans(before, after);
				expect(changes).not.toBeNull();
				expect(changes && changePlan(before, JSON.parse(JSON.stringify(changes)))).toEqual(after);
			}
		});
	}

	it('is little: what did not change is neither told nor copied', () => {
		const one = (more: string) =>
			shownOfText(`tasks:\n  - {id: A, name: a, run: [x]}\n  - {id: B, name: b, run: [x]${more}}\n`).plan;
		const before = one(', approval: before, estimated_minutes: 5');
		const changes = comparePlans(before, one(', estimated_minutes: 7'));
		expect(changes).toEqual({
			fields: {},
			dropped: [],
			columns: [
				{ field: 'estimateMinutes', places: [1], values: [7], dropped: [] },
				{ field: 'approval', places: [], values: [], dropped: [1] },
			],
		});
		const after = changes && changePlan(before, changes);
		expect(after?.tasks[0]).toBe(before.tasks[0]);
		expect(after?.sprints).toBe(before.sprints);
		expect(before.tasks[1]?.estimateMinutes).toBe(5);
	});

	it('is nothing where tasks came, went or moved: then the whole plan is', () => {
		const of = (...ids: string[]) =>
			shownOfText(`tasks:\n${ids.map((id) => `  - {id: ${id}, name: x, run: [x]}\n`).join('')}`).plan;
		expect(comparePlans(of('A', 'B'), of('B', 'A'))).toBeNull();
		expect(comparePlans(of('A', 'B'), of('A'))).toBeNull();
	});
});
