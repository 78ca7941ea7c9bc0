import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutGraph } from '../../../src/core/graph/layoutGraph.ts';
import type { Box, LayoutInput, LayoutResult } from '../../../src/core/graph/layoutTypes.ts';
import { seedPlan } from './seedPlan.ts';

/** Plans of every shape: tasks in no sprint and in two, empty sprints, unknown ids, dependencies in any direction. */
function anyPlan({ maxTasks, cycles }: { maxTasks: number; cycles: boolean }): fc.Arbitrary<LayoutInput> {
	return fc.integer({ min: 0, max: maxTasks }).chain((size) => {
		const ids = Array.from({ length: size }, (_, n) => `T${String(n).padStart(4, '0')}`);
		const id = fc.constantFrom('ghost', ...ids);
		const sprintIds = ['S1', 'S2', 'S3', 'S4', 'S5'];
		return fc.record({
			tracks: fc.constantFrom([], [{ number: 1 }], [{ number: 2 }, { number: 1 }]),
			sprints: fc
				.array(
					fc.record({
						id: fc.constantFrom(...sprintIds),
						track: fc.constantFrom(null, 1, 2, 3),
						tasks: fc.array(id, { maxLength: Math.ceil(size / 3) + 1 }),
					}),
					{ maxLength: 5 },
				)
				.map((sprints) => [...new Map(sprints.map((sprint) => [sprint.id, sprint])).values()]),
			tasks: fc.tuple(
				...ids.map((own) =>
					fc.array(id, { maxLength: 3 }).map((dependencies) => ({
						id: own,
						dependencies: cycles ? dependencies : dependencies.filter((other) => other < own),
					})),
				),
			),
			collapsed: fc.subarray(sprintIds),
		});
	});
}

const overlaps = (a: Box, b: Box) =>
	a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const holds = (outer: Box, inner: Box) =>
	inner.x >= outer.x &&
	inner.y >= outer.y &&
	inner.x + inner.width <= outer.x + outer.width &&
	inner.y + inner.height <= outer.y + outer.height;

function expectSound(input: LayoutInput, result: LayoutResult): void {
	const whole: Box = { x: 0, y: 0, width: result.width, height: result.height };
	expectApart('cards', result.nodes);
	expectApart('frames', result.sprints);
	expectApart('lanes', result.lanes);
	for (const box of [...result.nodes, ...result.sprints, ...result.lanes]) {
		expect(holds(whole, box)).toBe(true);
	}
	for (const sprint of result.sprints) {
		const members = new Set(input.sprints.find((one) => one.id === sprint.id)?.tasks);
		for (const node of result.nodes) {
			if (overlaps(sprint, node)) {
				expect(members.has(node.id)).toBe(true);
				expect(holds(sprint, node)).toBe(true);
			}
		}
	}
	for (const edge of result.edges) {
		const from = result.nodes[edge.from]!;
		const to = result.nodes[edge.to]!;
		if (!edge.cycle) {
			expect(from.x + from.width).toBeLessThan(to.x);
		}
		expect(edge.path).not.toMatch(/NaN|undefined|Infinity/);
	}
}

function expectApart(what: string, boxes: readonly Box[]): void {
	for (const [i, a] of boxes.entries()) {
		for (const b of boxes.slice(i + 1)) {
			if (overlaps(a, b)) {
				expect.fail(`${what} overlap: ${JSON.stringify([a, b])}`);
			}
		}
	}
}

describe('layout of a plan', () => {
	it('draws the plan of seed 004 as three lanes of two aligned sprints', () => {
		expect(layoutGraph(seedPlan)).toMatchSnapshot();
	});

	it.each([
		['few cards, placed by dagre', 14],
		['many cards, placed on a grid', 160],
	])('keeps cards, frames and lanes apart and every edge to the right: %s', (_, maxTasks) => {
		fc.assert(
			fc.property(anyPlan({ maxTasks, cycles: false }), (input) => {
				expectSound(input, layoutGraph(input));
			}),
			{ numRuns: 60 },
		);
	});

	it('draws plans with cycles, marking the edges that cannot run right', () => {
		fc.assert(
			fc.property(anyPlan({ maxTasks: 12, cycles: true }), (input) => {
				expectSound(input, layoutGraph(input));
			}),
			{ numRuns: 60 },
		);
	});

	it('shows every task once, alone or in its collapsed sprint', () => {
		fc.assert(
			fc.property(anyPlan({ maxTasks: 20, cycles: true }), (input) => {
				const { nodes } = layoutGraph(input);
				const drawn = nodes.filter((node) => node.kind === 'task').map((node) => node.id);
				const folded = nodes.filter((node) => node.kind === 'sprint').map((node) => node.id);
				expect(new Set(drawn).size).toBe(drawn.length);
				const first = new Map<string, string>();
				for (const sprint of input.sprints) {
					for (const id of sprint.tasks) {
						first.set(id, first.get(id) ?? sprint.id);
					}
				}
				for (const { id } of input.tasks) {
					expect(drawn.includes(id)).toBe(!folded.includes(first.get(id) ?? ''));
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('joins the dependencies between two collapsed sprints into one edge', () => {
		const collapsed = seedPlan.sprints.map((sprint) => sprint.id);
		const { nodes, edges, sprints } = layoutGraph({ ...seedPlan, collapsed });
		expect(sprints).toEqual([]);
		expect(edges.map((edge) => [nodes[edge.from]!.id, nodes[edge.to]!.id, edge.count])).toEqual([
			['SPRINT-001-03', 'SPRINT-002-03', 1],
			['SPRINT-001-01', 'SPRINT-002-01', 1],
			['SPRINT-001-02', 'SPRINT-002-02', 1],
		]);
	});

	it('gives the same drawing every time', () => {
		fc.assert(
			fc.property(anyPlan({ maxTasks: 130, cycles: true }), (input) => {
				expect(layoutGraph(input)).toEqual(layoutGraph(structuredClone(input)));
			}),
			{ numRuns: 20 },
		);
	});

	it('survives a chain of 20,000 tasks and 20,000 tasks without any dependency', () => {
		const ids = Array.from({ length: 20_000 }, (_, n) => `T${n}`);
		const chain = ids.map((id, n) => ({ id, dependencies: n === 0 ? [] : [`T${n - 1}`] }));
		const alone = ids.map((id) => ({ id, dependencies: [] }));
		for (const tasks of [chain, alone]) {
			const result = layoutGraph({ tracks: [], sprints: [], tasks, collapsed: [] });
			expect(result.nodes.length).toBe(20_000);
			expect(Number.isFinite(result.width + result.height)).toBe(true);
		}
	}, 60_000);
});
