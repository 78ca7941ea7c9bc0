import type { GraphPlan, GraphStatus } from '../../src/protocol/graphView.ts';

const seedTasks: readonly [id: number, name: string, type: string, hours: number, after?: number][] = [
	[1, 'Database schema design', 'backend', 8],
	[2, 'React project setup', 'frontend', 4],
	[3, 'Docker containers', 'infrastructure', 6],
	[4, 'User authentication API', 'backend', 10, 1],
	[5, 'Login/registration UI', 'frontend', 8, 2],
	[6, 'Email notification service', 'backend', 4],
	[7, 'CI/CD pipeline', 'infrastructure', 6, 3],
	[8, 'Product catalog API', 'backend', 6, 4],
	[9, 'Product catalog UI', 'frontend', 8, 5],
	[10, 'Admin dashboard UI', 'frontend', 6],
	[11, 'Kubernetes manifests', 'infrastructure', 10, 7],
	[12, 'Shopping cart API', 'backend', 10, 8],
	[13, 'Shopping cart UI', 'frontend', 10, 9],
	[14, 'Database backups', 'infrastructure', 4],
	[15, 'Monitoring setup', 'infrastructure', 6, 11],
	[16, 'Payment integration API', 'backend', 8, 12],
	[17, 'Checkout flow UI', 'frontend', 8, 13],
	[18, 'Admin dashboard API', 'backend', 6],
];

const seedSprints: readonly [id: string, name: string, track: number, tasks: readonly number[]][] = [
	['SPRINT-001-01', 'Foundation', 1, [1, 4, 8]],
	['SPRINT-002-01', 'Advanced Features', 1, [12, 16, 6, 18]],
	['SPRINT-001-02', 'Foundation', 2, [2, 5, 9]],
	['SPRINT-002-02', 'Advanced Features', 2, [13, 17, 10]],
	['SPRINT-001-03', 'Foundation', 3, [3, 7]],
	['SPRINT-002-03', 'Production Ready', 3, [11, 15, 14]],
];

export function taskId(number: number): string {
	return `TASK-${String(number).padStart(3, '0')}`;
}

/** The plan of seed 004: 18 tasks, three tracks of two sprints, 128 hours. */
export const seedGraphPlan: GraphPlan = {
	key: 'file:///shop#planning',
	name: 'E-Commerce Platform',
	revision: 1,
	errors: 0,
	tracks: [
		{ number: 1, name: 'Backend API' },
		{ number: 2, name: 'Frontend' },
		{ number: 3, name: 'Infrastructure' },
	],
	sprints: seedSprints.map(([id, name, track, tasks]) => ({ id, name, track, tasks: tasks.map(taskId) })),
	tasks: seedTasks.map(([id, name, type, hours, after]) => ({
		id: taskId(id),
		name,
		type,
		estimateMinutes: hours * 60,
		dependencies: after === undefined ? [] : [taskId(after)],
		worst: null,
	})),
};

/** A task's status with everything else at rest. */
export function statusOf(
	id: string,
	status: GraphStatus['status'],
	more: Partial<GraphStatus> = {},
): GraphStatus {
	return {
		id,
		status,
		iteration: 1,
		validation: status === 'completed' ? 'checks' : null,
		reason: '',
		needsPerson: false,
		hasEvidence: status === 'completed',
		startedAt: null,
		endedAt: null,
		...more,
	};
}

const minute = 60_000;

/** The seed plan in the middle of a run, with every way a task can look but the rarest. */
export const seedStatuses: readonly GraphStatus[] = [
	statusOf('TASK-001', 'completed', { startedAt: 0, endedAt: 45 * minute }),
	statusOf('TASK-004', 'completed', { iteration: 3, startedAt: 0, endedAt: 62 * minute }),
	statusOf('TASK-008', 'running', { iteration: 2, startedAt: 0 }),
	statusOf('TASK-002', 'completed', { startedAt: 0, endedAt: 12 * minute, validation: 'none' }),
	statusOf('TASK-005', 'checking', { startedAt: 0 }),
	statusOf('TASK-003', 'completed', { startedAt: 0, endedAt: 18_000 }),
	statusOf('TASK-007', 'failed', {
		startedAt: 0,
		endedAt: 7 * minute,
		reason: 'npm test ended with exit code 1',
	}),
	...['TASK-011', 'TASK-015'].map((id) => statusOf(id, 'blocked', { reason: 'TASK-007 failed' })),
	statusOf('TASK-014', 'blocked', { reason: 'SPRINT-001-03 is not complete' }),
	statusOf('TASK-010', 'ready'),
	statusOf('TASK-018', 'cancelled', { startedAt: 0, endedAt: 3000 }),
	statusOf('TASK-006', 'skipped'),
	statusOf('TASK-016', 'pending', { needsPerson: true, reason: 'Run it again? Its outcome is unknown.' }),
];

/** A plan of `size` tasks: ten tracks, twenty tasks a sprint, two dependencies a task on average. The same every time. */
export function largePlan(size: number): GraphPlan {
	const random = lcg(size);
	const tracks = Math.min(10, Math.ceil(size / 60));
	const id = (n: number) => `TASK-${String(n + 1).padStart(5, '0')}`;
	const perSprint = 20;
	const sprints = Array.from({ length: Math.ceil(size / perSprint) }, (_, s) => ({
		id: `SPRINT-${String(Math.floor(s / tracks) + 1).padStart(3, '0')}-${String((s % tracks) + 1).padStart(2, '0')}`,
		name: `Milestone ${Math.floor(s / tracks) + 1}`,
		track: (s % tracks) + 1,
		tasks: Array.from({ length: Math.min(perSprint, size - s * perSprint) }, (_, t) => id(s * perSprint + t)),
	}));
	return {
		key: 'file:///large#planning',
		name: `Plan of ${size} tasks`,
		revision: 1,
		errors: 0,
		tracks: Array.from({ length: tracks }, (_, t) => ({ number: t + 1, name: `Team ${t + 1}` })),
		sprints,
		tasks: Array.from({ length: size }, (_, n) => ({
			id: id(n),
			name: `Step ${n + 1} of a rather long journey`,
			type: 'backend',
			estimateMinutes: 30 + Math.floor(random() * 20) * 30,
			dependencies: earlier(n, random).map(id),
			worst: null,
		})),
	};
}

function earlier(n: number, random: () => number): number[] {
	if (n === 0) {
		return [];
	}
	const count = Math.floor(random() * 4);
	return [...new Set(Array.from({ length: count }, () => Math.max(0, n - 1 - Math.floor(random() * 200))))];
}

/** Statuses of a large plan: its first third is done, the next tasks are at work. */
export function largeStatuses(plan: GraphPlan): GraphStatus[] {
	const done = Math.floor(plan.tasks.length / 3);
	return plan.tasks.slice(0, done + 12).map(({ id }, n) => {
		if (n % 61 === 60) {
			return statusOf(id, 'failed', { reason: 'exit code 1' });
		}
		return statusOf(id, n < done ? 'completed' : 'running');
	});
}

/** A linear congruential generator: test data must not change from run to run. */
function lcg(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
