import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { StampedEvent } from '../../../src/core/run/events.ts';
import { nextClaim } from '../../../src/core/run/nextStep.ts';
import { RunFold } from '../../../src/core/run/runFold.ts';
import type { RunPlan } from '../../../src/core/run/runPlan.ts';
import { isActive, isSatisfied } from '../../../src/core/run/runState.ts';
import type { RunTable } from '../../../src/core/run/runTable.ts';
import { summariseTask, totalsOf } from '../../../src/core/run/summarise.ts';
import { planOf, Story } from './story.ts';

// Shrinking a found story takes longer than telling it.
vi.setConfig({ testTimeout: 60_000 });

const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
const engines = ['e1', 'e2', 'e3'];
const check = { command: { kind: 'argv' as const, argv: ['true'] }, expectExit: 0, timeoutMinutes: 1 };

const taskShape = fc.record({
	/** Bits choose among the tasks before it, so that there is no cycle. */
	dependencies: fc.nat(127),
	sprint: fc.nat(4),
	checks: fc.nat(2),
	maxAttempts: fc.integer({ min: 1, max: 2 }),
	idempotent: fc.boolean(),
	lock: fc.nat(3),
});

const anyPlan: fc.Arbitrary<RunPlan> = fc
	.record({
		tasks: fc.array(taskShape, { minLength: 1, maxLength: names.length }),
		jobs: fc.integer({ min: 1, max: 4 }),
		tracks: fc.constantFrom(null, 1, 2),
		strategy: fc.constantFrom('hybrid', 'tracks'),
	})
	.map(({ tasks, jobs, tracks, strategy }) => {
		const sprints: Record<string, string> = { S1: '', S2: '', S3: '', S4: '' };
		const words = tasks.map((shape, index) => {
			const name = names[index] ?? '';
			if (shape.sprint > 0) {
				sprints[`S${shape.sprint}`] = `${sprints[`S${shape.sprint}`]} ${name}`.trim();
			}
			// Only from an earlier or the same sprint: a plan with a cycle is refused before it runs (P7).
			const before = names
				.slice(0, index)
				.filter((_, bit) => (shape.dependencies >> bit) % 2 === 1)
				.filter((_, bit) => shape.sprint === 0 || (tasks[bit]?.sprint ?? 0) === 0);
			return before.length === 0 ? name : `${name}<${before.join(',')}`;
		});
		const more = Object.fromEntries(
			tasks.map(({ checks, maxAttempts, idempotent, lock }, index) => [
				names[index] ?? '',
				{ checks: Array(checks).fill(check), maxAttempts, idempotent, locks: lock === 1 ? ['db'] : [] },
			]),
		);
		const trackOf = Object.fromEntries(
			['S1', 'S2', 'S3', 'S4'].map((id, index) => [id, tracks === null ? null : (index % tracks) + 1]),
		);
		return planOf({ tasks: words.join(' '), sprints, trackOf, more, jobs, strategy });
	});

/** What engines would write next, in every way it can go. */
function progress(table: RunTable): string[] {
	const lines: string[] = [];
	for (const engine of engines) {
		const claim = nextClaim(table, engine, { agents: true });
		if (claim !== null) {
			const { task, attempt } = claim;
			const owner = table.tasks.get(task)?.owner;
			lines.push(
				claim.resumeChecks
					? `adopt ${engine} ${task} ${attempt} ${owner}`
					: `claim ${engine} ${task} ${attempt}`,
			);
		}
	}
	for (const [id, state] of table.tasks) {
		const attempt = state.attempts.at(-1);
		if (attempt === undefined || !isActive(state)) {
			continue;
		}
		const outcomes = ['ok', 'ok', 'failed', 'timeout', 'cancelled', 'void', 'unknown'];
		const verdicts = ['pass', 'pass', 'fail', 'vanished'];
		lines.push(
			...(state.status === 'running'
				? outcomes.map((outcome) => `end ${state.owner} ${id} ${attempt.number} ${outcome}`)
				: verdicts.map(
						(verdict) => `check ${state.owner} ${id} ${attempt.number}/${attempt.checks.length} ${verdict}`,
					)),
		);
	}
	return lines;
}

/** What persons do, and lines that come late, twice or wrongly. */
function disturbances(table: RunTable): string[] {
	const lines: string[] = [];
	for (const [id, state] of table.tasks) {
		const attempt = state.attempts.at(-1)?.number ?? 1;
		lines.push(
			`claim e1 ${id} ${attempt}`,
			`adopt e2 ${id} ${attempt} ${state.owner}`,
			`start e1 ${id} ${attempt}`,
		);
		lines.push(`end e2 ${id} ${attempt} ok`, `check e2 ${id} ${attempt}/0 pass`, `evidence ${id} ${attempt}`);
		lines.push(`stop ${id}`, `stop ${id} e1`, `skip ${id}`, `retry ${id}`, `import ${id}`, `name e3 ${id}`);
	}
	const all = [...table.tasks.keys()].join(' ');
	return [
		...lines,
		'stop all',
		'bye e3',
		'drain',
		...engines.flatMap((engine) => [`ask ${engine} ${all}`, `ask ${engine} ${all}`]),
	];
}

/** One of the possible next lines; seven times in ten one that takes the run on. */
function pick(table: RunTable, choice: number): string {
	const forward = progress(table);
	const lines = choice % 10 < 7 && forward.length > 0 ? forward : disturbances(table);
	return lines[Math.floor(choice / 10) % lines.length] ?? 'drain';
}

/** Tells a random story and calls back after every line. */
function tell(plan: RunPlan, choices: readonly number[], after: (story: Story) => void): Story {
	const all = plan.tasks.map(({ id }) => id).join(' ');
	const story = new Story(plan).tell('engine e2', 'engine e3 jobs=1', `ask e1 ${all}`, `ask e3 ${all}`);
	after(story);
	for (const choice of choices) {
		try {
			story.tell(pick(story.table, choice));
		} catch {
			// The line was void: that, too, is a story.
		}
		after(story);
	}
	return story;
}

const story = {
	plan: anyPlan,
	choices: fc.array(fc.nat(100_000), { minLength: 20, maxLength: 60, size: 'max' }),
};

/** Whether a sprint is open, from the rules alone: every sprint before it is complete, and so on back. */
function isComplete(table: RunTable, sprint: string): boolean {
	const gate = table.sprints.get(sprint);
	return (
		gate === undefined ||
		(gate.sprint.tasks.every((id) => isSatisfied(table.tasks.get(id))) &&
			gate.predecessors.every((id) => isComplete(table, id)))
	);
}

function isUnlocked(table: RunTable, id: string): boolean {
	const task = table.definitionOf(id);
	const gate = task?.sprint == null ? undefined : table.sprints.get(task.sprint);
	return (
		(task?.dependencies ?? []).every((name) => isSatisfied(table.tasks.get(name))) &&
		(gate?.predecessors ?? []).every((name) => isComplete(table, name))
	);
}

/** The tasks that wait behind a failure or a person, as the least set that the rule allows. */
function blockedBySomething(table: RunTable): Set<string> {
	const blocked = new Set<string>();
	const stops = (id: string) => {
		const state = table.tasks.get(id);
		return state !== undefined && (state.status === 'failed' || state.need !== null || blocked.has(id));
	};
	const sprintStops = (id: string): boolean => {
		const gate = table.sprints.get(id);
		return (
			gate !== undefined &&
			(gate.sprint.tasks.some(stops) || (gate.remaining === 0 && gate.predecessors.some(sprintStops)))
		);
	};
	for (let size = -1; size !== blocked.size; ) {
		size = blocked.size;
		for (const [id, state] of table.tasks) {
			const gate = table.sprintOf(id);
			const held = state.task.dependencies.some(stops) || (gate?.predecessors ?? []).some(sprintStops);
			if (['pending', 'ready', 'blocked'].includes(state.status) && state.need === null && held) {
				blocked.add(id);
			}
		}
	}
	return blocked;
}

test('after every line: the ready set, the blocked set and all counters are what the rules say', () => {
	fc.assert(
		fc.property(story.plan, story.choices, (plan, choices) => {
			tell(plan, choices, ({ table }) => {
				const states = [...table.tasks.values()];
				for (const state of states) {
					const { id } = state.task;
					const waits = state.status === 'pending' || state.status === 'ready';
					expect(state.status === 'ready', id).toBe(waits && isUnlocked(table, id));
					expect(table.ready.has(id), id).toBe(
						state.status === 'ready' && state.inScope && table.isWanted(id),
					);
					expect(table.active.has(id)).toBe(isActive(state));
				}
				const blocked = states.filter(({ status, need }) => status === 'blocked' && need === null);
				expect(new Set(blocked.map(({ task }) => task.id))).toEqual(blockedBySomething(table));
				expect(table.completedCount).toBe(states.filter(isSatisfied).length);
				const { total, completed, failed, running, waiting, blocked: blockedCount } = totalsOf(table);
				expect(completed + failed + running + waiting + blockedCount).toBe(total);
			});
		}),
		{ numRuns: 60 },
	);
});

test('limits hold, no lock is held twice, and no task is active twice', () => {
	fc.assert(
		fc.property(story.plan, story.choices, (plan, choices) => {
			tell(plan, choices, ({ table }) => {
				const active = [...table.tasks.values()].filter(isActive);
				expect(active.length).toBeLessThanOrEqual(table.plan.jobs);
				const locks = active.flatMap(({ task }) => task.locks);
				expect(new Set(locks).size).toBe(locks.length);
				const tracks = active.flatMap(({ task }) => task.track ?? []);
				expect(plan.strategy === 'tracks' ? new Set(tracks).size : tracks.length).toBe(tracks.length);
				for (const { attempts, used, task, status } of table.tasks.values()) {
					const open = attempts.filter(({ outcome }) => outcome === null).length;
					expect(open).toBe(status === 'running' ? 1 : 0);
					expect(attempts.map(({ number }) => number)).toEqual(attempts.map((_, index) => index + 1));
					expect(used).toBeGreaterThanOrEqual(0);
					expect(used).toBeLessThanOrEqual(task.maxAttempts);
				}
			});
		}),
		{ numRuns: 60 },
	);
});

test('what is completed or skipped stays so, and is never claimed again', () => {
	fc.assert(
		fc.property(story.plan, story.choices, (plan, choices) => {
			const done = new Map<string, string>();
			tell(plan, choices, ({ table }) => {
				for (const [id, state] of table.tasks) {
					const now = isSatisfied(state) ? `${state.status} ${state.attempts.length}` : '';
					expect(done.get(id) ?? now).toBe(now);
					if (now !== '') {
						done.set(id, now);
					}
				}
			});
		}),
		{ numRuns: 60 },
	);
});

function fold(events: readonly StampedEvent[], told: Story, look: boolean): RunFold {
	const other = new RunFold();
	for (const event of events) {
		// As from disk, and with somebody looking at every state in between.
		const line = JSON.parse(JSON.stringify(event)) as StampedEvent;
		other.apply(line, told.snapshotOf(line));
		if (look && other.table !== null) {
			const { table } = other;
			[...table.tasks.values()].map((state) => summariseTask(table, state));
			nextClaim(table, 'e1', { agents: true });
			other.takeChanged();
		}
	}
	return other;
}

test('every reader of the same lines has the same tables, however often it looked in between', () => {
	const picture = ({ table, updatedAt }: RunFold) => ({
		updatedAt,
		tasks: [...(table?.tasks ?? [])],
		engines: [...(table?.engines ?? [])].map(([id, engine]) => [id, { ...engine, scope: [...engine.scope] }]),
		sprints: [...(table?.sprints ?? [])],
		active: [...(table?.active ?? [])].sort(),
		closed: table?.closed,
	});
	fc.assert(
		fc.property(story.plan, story.choices, (plan, choices) => {
			const told = tell(plan, choices, () => {});
			expect(picture(fold(told.events, told, true))).toEqual(picture(told.fold));
			expect(picture(fold(told.events, told, false))).toEqual(picture(told.fold));
		}),
		{ numRuns: 50 },
	);
});

test('a plan that is replaced by itself at any moment changes nothing', () => {
	fc.assert(
		fc.property(story.plan, story.choices, fc.nat(60), (plan, choices, moment) => {
			let count = 0;
			tell(plan, choices, (told) => {
				if (count++ === moment) {
					const before = [...told.table.tasks].map(([id, state]) => [id, structuredClone(state)]);
					const counted = told.table.completedCount;
					expect(told.change(structuredClone(plan))).toBeNull();
					expect([...told.table.tasks]).toEqual(before);
					expect(told.table.completedCount).toBe(counted);
				}
			});
		}),
		{ numRuns: 50 },
	);
});
