import type { LayoutInput } from '../../../src/core/graph/layoutTypes.ts';

const chains = [
	[1, 4, 8, 12, 16],
	[2, 5, 9, 13, 17],
	[3, 7, 11, 15],
];
const sprints: Record<string, number[]> = {
	'SPRINT-001-01': [1, 4, 8],
	'SPRINT-002-01': [12, 16, 6, 18],
	'SPRINT-001-02': [2, 5, 9],
	'SPRINT-002-02': [13, 17, 10],
	'SPRINT-001-03': [3, 7],
	'SPRINT-002-03': [11, 15, 14],
};

const taskId = (n: number) => `TASK-${String(n).padStart(3, '0')}`;

/** Seed 004: 18 tasks, three tracks of two sprints, a chain each and four tasks that depend on nothing. */
export const seedPlan: LayoutInput = {
	tracks: [{ number: 1 }, { number: 2 }, { number: 3 }],
	sprints: Object.entries(sprints).map(([id, tasks]) => ({
		id,
		track: Number(id.slice(-2)),
		tasks: tasks.map(taskId),
	})),
	tasks: Array.from({ length: 18 }, (_, i) => ({
		id: taskId(i + 1),
		dependencies: chains.flatMap((chain) => {
			const place = chain.indexOf(i + 1);
			return place > 0 ? [taskId(chain[place - 1]!)] : [];
		}),
	})),
	collapsed: [],
};
