import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { StampedEvent } from '../../../src/core/run/events.ts';
import { nextClaim } from '../../../src/core/run/nextStep.ts';
import { RunFold } from '../../../src/core/run/runFold.ts';
import type { RunPlan } from '../../../src/core/run/runPlan.ts';
import { isActive, isSatisfied } from '../../../src/core/run/runState.ts';
import type { RunTable } from '../../../src/core/run/runTable.ts';
import { summariseGates } from '../../../src/core/run/summariseGate.ts';
import type { GateWords } from './story.ts';
import { planOf, Story } from './story.ts';

// Shrinking a found story takes longer than telling it.
vi.setConfig({ testTimeout: 60_000 });

const gateShape = fc.record({
	integration: fc.boolean(),
	validators: fc.constantFrom('', 'pm', 'pm security?', 'pm test security'),
	after: fc.constantFrom('', 'deploy'),
	maxFixCycles: fc.nat(2),
	canRepair: fc.boolean(),
});

/** Two tracks of two sprints, each with a gate of some kind or none, and a review of the whole. */
const anyPlan: fc.Arbitrary<RunPlan> = fc
	.record({
		gates: fc.array(fc.option(gateShape), { minLength: 5, maxLength: 5 }),
		jobs: fc.integer({ min: 1, max: 4 }),
		strategy: fc.constantFrom('hybrid', 'tracks', 'sequential'),
	})
	.map(({ gates, jobs, strategy }) => {
		const sprints = { S1: 'A B', S2: 'C', T1: 'D', T2: 'E F' };
		const places = [{ of: 'S1' }, { of: 'S2' }, { of: 'T1' }, { of: 'T2' }, { judges: [...'ABCDEF'] }];
		const words = places.flatMap((place, index): GateWords[] => {
			const shape = gates[index] ?? null;
			if (shape === null) {
				return [];
			}
			const { canRepair, ...more } = shape;
			return [{ ...place, ...more, ...(canRepair ? {} : { owners: [] }) }];
		});
		const trackOf = { S1: 1, S2: 1, T1: 2, T2: 2 };
		return planOf({ tasks: 'A B<A C D E F<E', sprints, trackOf, gates: words, jobs, strategy });
	});

const engines = ['e1', 'e2'];

/** What engines would write next, in every way it can go; `good`: only ways that end well. */
function progress(table: RunTable, good: boolean): string[] {
	const lines = [...table.gates.due].map((gate) => `cycle e1 ${gate}`);
	for (const engine of engines) {
		const claim = nextClaim(table, engine, { agents: true });
		if (claim !== null) {
			const { task, attempt, resumeChecks } = claim;
			const owner = table.tasks.get(task)?.owner;
			lines.push(
				resumeChecks ? `adopt ${engine} ${task} ${attempt} ${owner}` : `claim ${engine} ${task} ${attempt}`,
			);
		}
	}
	for (const [id, state] of table.tasks) {
		const attempt = state.attempts.at(-1);
		if (attempt !== undefined && isActive(state)) {
			const base = `${state.owner} ${id} ${attempt.number}`;
			const ends = good ? ['ok'] : ['ok', 'ok', 'failed', 'cancelled', 'unknown'];
			const verdicts = good ? ['pass'] : ['pass', 'fail', 'vanished'];
			lines.push(
				...(state.status === 'running'
					? ends.map((end) => `end ${base} ${end}`)
					: verdicts.map((verdict) => `check ${base}/${attempt.checks.length} ${verdict}`)),
			);
		}
	}
	return lines;
}

function disturbances(table: RunTable): string[] {
	const ids = [...table.tasks.keys()];
	const lines = ids.flatMap((id) => [`stop ${id}`, `skip ${id}`, `retry ${id}`, `claim e2 ${id} 1`]);
	const gates = ids.filter((id) => table.gates.get(id) !== undefined);
	return [
		...lines,
		...gates.flatMap((gate) => [`cycle e2 ${gate}`, `ask e1 ${gate}`, `ask e2 ${gate}`]),
		...['stop all', `ask e1 ${ids.join(' ')}`, `ask e1 ${ids.join(' ')}`],
	];
}

function tell(plan: RunPlan, choices: readonly number[], after: (story: Story) => void): Story {
	const all = [...plan.tasks, ...(plan.gates ?? [])].map(({ id }) => id).join(' ');
	const story = new Story(plan).tell('engine e2', `ask e1 ${all}`);
	after(story);
	for (const choice of choices) {
		const forward = progress(story.table, false);
		const lines = choice % 10 < 8 && forward.length > 0 ? forward : disturbances(story.table);
		try {
			story.tell(lines[Math.floor(choice / 10) % lines.length] ?? 'stop all');
		} catch {
			// The line was void: that, too, is a story.
		}
		after(story);
	}
	return story;
}

const choices = fc.array(fc.nat(100_000), { minLength: 20, maxLength: 90, size: 'max' });

test('G1 and G2: no unit runs before its time, no sprint opens before the gates in front of it, no cycle before all verdicts', () => {
	fc.assert(
		fc.property(anyPlan, choices, (plan, picks) => {
			tell(plan, picks, ({ table }) => {
				const isDone = (id: string) => isSatisfied(table.tasks.get(id));
				for (const { gate, cycle, fresh, units } of table.gates.values()) {
					const state = table.tasks.get(gate.id);
					const waits = state?.status === 'pending' || state?.status === 'ready';
					expect(waits && !fresh && table.isUnlocked(gate.id), gate.id).toBe(false);
					expect(state?.attempts).toEqual([]);
					const current = units.flatMap((id) => table.tasks.get(id) ?? []);
					for (const unit of current.filter(isActive)) {
						expect(unit.task.dependencies.every(isDone), unit.task.id).toBe(true);
					}
					const old = [...table.tasks.values()].filter(
						({ task: { unit } }) =>
							unit?.gate === gate.id && unit.cycle < cycle && unit.role !== 'after' && unit.role !== 'gate',
					);
					expect(old.every(({ status }) => /^(completed|failed|skipped|cancelled)$/.test(status))).toBe(true);
				}
				for (const id of table.active) {
					const before = table.definitionOf(id)?.unit === undefined ? table.sprintOf(id)?.predecessors : [];
					const gates = (before ?? []).flatMap((sprint) => table.gates.ofSprint(sprint));
					expect(
						gates.every(({ gate }) => isDone(gate.id)),
						id,
					).toBe(true);
				}
				const goals = [...table.tasks.values()].filter(
					({ task }) => task.unit === undefined || task.unit.role === 'gate',
				);
				expect(table.completedCount).toBe(goals.filter(isSatisfied).length);
				expect(table.goalCount).toBe(goals.length);
			});
		}),
		{ numRuns: 30, endOnFailure: true },
	);
});

test('whatever happened, a person who asks for everything and skips what is stuck gets the run to its end', () => {
	fc.assert(
		fc.property(anyPlan, choices, (plan, picks) => {
			const story = tell(plan, picks, () => {});
			const { table } = story;
			const all = [...table.tasks.keys()].join(' ');
			story.tell('engine e3', `name e3 ${all}`);
			for (let turns = 0; turns < 500 && story.table.completedCount < story.table.goalCount; turns++) {
				const [line] = progress(story.table, true);
				const stuck = [...story.table.tasks].find(([, { need }]) => need !== null)?.[0];
				const claim = nextClaim(story.table, 'e3', { agents: true });
				if (line !== undefined) {
					story.tell(line);
				} else if (claim !== null) {
					const { task, attempt, resumeChecks } = claim;
					const owner = story.table.tasks.get(task)?.owner;
					story.tell(resumeChecks ? `adopt e3 ${task} ${attempt} ${owner}` : `claim e3 ${task} ${attempt}`);
				} else if (stuck !== undefined) {
					story.tell(`skip ${stuck}`);
				} else {
					break;
				}
			}
			expect(summariseGates(story.table).filter(({ status }) => !/^(passed|skipped)$/.test(status))).toEqual(
				[],
			);
			expect(story.table.completedCount).toBe(story.table.goalCount);
		}),
		{ numRuns: 25, endOnFailure: true },
	);
});

test('every reader of the same lines has the same gates, and a plan that is replaced by itself changes none', () => {
	const picture = ({ table }: RunFold) => ({
		tasks: [...(table?.tasks ?? [])],
		gates: [...(table?.gates.values() ?? [])],
		due: [...(table?.gates.due ?? [])],
		scopes: [...(table?.engines.values() ?? [])].map(({ scope }) => [...scope].sort()),
	});
	fc.assert(
		fc.property(anyPlan, choices, fc.nat(90), (plan, picks, moment) => {
			let count = 0;
			const told = tell(plan, picks, (story) => {
				if (count++ === moment) {
					const before = structuredClone(picture(story.fold));
					expect(story.change(structuredClone(plan))).toBeNull();
					expect(picture(story.fold)).toEqual(before);
				}
			});
			const again = new RunFold();
			for (const event of told.events) {
				const line = JSON.parse(JSON.stringify(event)) as StampedEvent;
				again.apply(line, told.snapshotOf(line));
			}
			expect(picture(again)).toEqual(picture(told.fold));
		}),
		{ numRuns: 25, endOnFailure: true },
	);
});
