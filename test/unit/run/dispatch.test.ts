import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Dispatch } from '../../../src/core/run/dispatch.ts';
import { DispatchPlan } from '../../../src/core/run/dispatchPlan.ts';
import { IndexSet } from '../../../src/core/run/indexSet.ts';
import { stageOfLayer } from '../../../src/core/run/stagesOf.ts';
import { rulesOf } from '../../../src/core/run/strategies.ts';
import { runTask } from '../evidence/samples.ts';

const anybody = { wants: () => true, mayTake: () => true };

test('a set of numbers finds the next member, whatever was added and taken out', () => {
	const step = fc.record({ add: fc.boolean(), at: fc.nat(4_999), from: fc.nat(4_999) });
	fc.assert(
		fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 1, max: 5_000 }), (steps, size) => {
			const set = new IndexSet(size);
			const model = new Set<number>();
			for (const { add, at, from } of steps) {
				if (add) {
					set.add(at % size);
					model.add(at % size);
				} else {
					set.delete(at % size);
					model.delete(at % size);
				}
				const next = [...model].filter((member) => member >= from % size);
				expect(set.next(from % size)).toBe(next.length === 0 ? -1 : Math.min(...next));
				expect(set.size).toBe(model.size);
				expect(set.has(at % size)).toBe(model.has(at % size));
			}
		}),
		{ numRuns: 200 },
	);
});

const taskShape = fc.record({
	priority: fc.nat(3),
	lock: fc.constantFrom('', '', 'db', 'port', 'db port'),
	touches: fc.constantFrom('', '', 'src/a', 'src/**', 'lib/*'),
	stage: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
	sprint: fc.constantFrom('S1', 'S2'),
	track: fc.constantFrom(null, 1, 2),
});
const move = fc.record({ kind: fc.constantFrom('add', 'take', 'take', 'end', 'delete'), at: fc.nat(100) });

/** The rules once more, by looking at everything: what `Dispatch` must agree with. */
class Model {
	readonly ready = new Set<number>();
	readonly running = new Set<number>();
	readonly passed = new Map<number, number>();
	readonly due: number[] = [];
	readonly #plan: DispatchPlan;

	constructor(plan: DispatchPlan) {
		this.#plan = plan;
	}

	leave(task: number) {
		this.ready.delete(task);
		this.passed.delete(task);
		this.due.splice(0, this.due.length, ...this.due.filter((other) => other !== task));
	}

	start(task: number) {
		const [first] = [...this.ready].filter((other) => !this.#isBarred(other)).sort(this.#byRank);
		if (first !== undefined && this.#rank(first) < this.#rank(task)) {
			this.passed.set(first, (this.passed.get(first) ?? 0) + 1);
			if (this.passed.get(first) === 10) {
				this.due.push(first);
			}
		}
		this.leave(task);
		this.running.add(task);
	}

	refusal(task: number, wants: (task: number) => boolean): string | null {
		if (this.#isBarred(task)) {
			return 'barrier';
		}
		if ([...this.running].some((other) => this.#clash(task, other))) {
			return 'clash';
		}
		const ahead = this.due.includes(task) ? this.due.slice(0, this.due.indexOf(task)) : this.due;
		return ahead.some((other) => wants(other) && !this.#isBarred(other) && this.#clash(task, other))
			? 'turn'
			: null;
	}

	next(wants: (task: number) => boolean): number {
		const free = (task: number) => wants(task) && this.refusal(task, wants) === null;
		return this.due.find(free) ?? [...this.ready].sort(this.#byRank).find(free) ?? -1;
	}

	#isBarred(task: number): boolean {
		const own = this.#lineOf(task);
		return [...this.ready, ...this.running].some((other) => {
			const line = this.#lineOf(other);
			return own.domain >= 0 && line.domain === own.domain && line.stage < own.stage;
		});
	}

	#clash(one: number, other: number): boolean {
		return this.#plan.claims.clash(this.#lineOf(one).claims, this.#lineOf(other).claims) !== null;
	}

	#lineOf(task: number) {
		const line = this.#plan.lines[this.#plan.lineOf[task] ?? -1];
		if (line === undefined) {
			throw new Error('a task stands in no line');
		}
		return line;
	}

	#rank(task: number): number {
		return this.#plan.rank[task] ?? -1;
	}

	readonly #byRank = (a: number, b: number) => this.#rank(a) - this.#rank(b);
}

test('S1–S3: whatever becomes ready, starts, ends or leaves, the next task is the one that the rules name', () => {
	const shapes = fc.array(taskShape, { minLength: 1, maxLength: 12 });
	const strategy = fc.constantFrom('conservative', 'batches', 'tracks');
	fc.assert(
		fc.property(
			shapes,
			strategy,
			fc.array(move, { minLength: 30, maxLength: 150, size: 'max' }),
			(all, name, moves) => {
				const tasks = all.map(({ lock, touches, ...rest }, index) => {
					const words = (text: string) => text.split(' ').filter((word) => word !== '');
					return runTask(`T${index}`, { ...rest, locks: words(lock), touches: words(touches) });
				});
				const plan = new DispatchPlan({ tasks, rules: rulesOf(name, 2) });
				const dispatch = new Dispatch(plan);
				const model = new Model(plan);
				for (const { kind, at } of moves) {
					const task = at % tasks.length;
					const running = [...model.running];
					if (kind === 'add' && !model.running.has(task)) {
						dispatch.add(task);
						model.ready.add(task);
					} else if (kind === 'delete') {
						dispatch.delete(task);
						model.leave(task);
					} else if (kind === 'end' && running.length > 0) {
						const ended = running[at % running.length] ?? -1;
						dispatch.end(ended);
						model.running.delete(ended);
					} else if (kind === 'take') {
						// Every third taker was asked for every other task only.
						const wants = (other: number) => at % 3 !== 0 || other % 2 === 0;
						const next = dispatch.next({ wants, mayTake: () => true });
						expect(next).toBe(model.next(wants));
						if (next >= 0) {
							dispatch.start(next);
							model.start(next);
						}
					}
					for (const other of model.ready) {
						const wants = () => true;
						expect(dispatch.refusal(other, { wants })?.kind ?? null).toBe(model.refusal(other, wants));
					}
					expect(dispatch.readyTasks().sort()).toEqual([...model.ready].sort());
				}
			},
		),
		{ numRuns: 400 },
	);
});

describe('S2: the order of ready tasks', () => {
	function order(tasks: Parameters<typeof runTask>[]): string[] {
		const made = tasks.map(([id, more]) => runTask(id, more));
		const dispatch = new Dispatch(new DispatchPlan({ tasks: made, rules: rulesOf('aggressive', 0) }));
		for (const index of made.keys()) {
			dispatch.add(index);
		}
		const started: string[] = [];
		for (let task = dispatch.next(anybody); task >= 0; task = dispatch.next(anybody)) {
			dispatch.start(task);
			started.push(made[task]?.id ?? '');
		}
		return started;
	}

	test('priority, then remaining critical path, then id', () =>
		expect(
			order([
				['C', { estimateMinutes: 10 }],
				['B', { estimateMinutes: 10 }],
				['A', { estimateMinutes: 90 }],
				['D', { estimateMinutes: 1, priority: 1 }],
			]),
		).toEqual(['D', 'A', 'B', 'C']));

	test('what needs two locks gets them after it was passed over ten times', () => {
		const small = Array.from({ length: 20 }, (_, index): [string, object] => [
			`${index % 2 === 0 ? 'A' : 'B'}${String(index).padStart(2, '0')}`,
			{ locks: [index % 2 === 0 ? 'one' : 'two'] },
		]);
		const tasks = [
			runTask('BIG', { locks: ['one', 'two'], priority: 9 }),
			...small.map(([id, more]) => runTask(id, more)),
		];
		const dispatch = new Dispatch(new DispatchPlan({ tasks, rules: rulesOf('aggressive', 0) }));
		for (const index of tasks.keys()) {
			if (index > 0) {
				dispatch.add(index);
			}
		}
		const running: number[] = [];
		const started: string[] = [];
		const take = () => {
			for (let task = dispatch.next(anybody); task >= 0; task = dispatch.next(anybody)) {
				dispatch.start(task);
				running.push(task);
				started.push(tasks[task]?.id ?? '');
			}
		};
		take();
		dispatch.add(0);
		// One of the two locks is always taken when the other comes free.
		while (running.length > 0) {
			dispatch.end(running.shift() ?? -1);
			take();
		}
		expect(started.indexOf('BIG')).toBe(12);
		expect(started).toHaveLength(21);
	});
});

test('a thousand lines that one task keeps waiting are looked at once, not for every start', () => {
	const tasks = [
		runTask('ALL', { touches: ['src/**'], priority: 9 }),
		...Array.from({ length: 1_000 }, (_, index) =>
			runTask(`T${index}`, { touches: [`src/${index}`], priority: 5 }),
		),
		...Array.from({ length: 1_000 }, (_, index) => runTask(`U${index}`)),
	];
	const plan = new DispatchPlan({ tasks, rules: rulesOf('aggressive', 0) });
	let compared = 0;
	const clash = plan.claims.clash.bind(plan.claims);
	plan.claims.clash = (one, other) => {
		compared++;
		return clash(one, other);
	};
	const dispatch = new Dispatch(plan);
	for (const index of tasks.keys()) {
		dispatch.add(index);
	}
	for (let task = dispatch.next(anybody); task >= 0; task = dispatch.next(anybody)) {
		dispatch.start(task);
	}
	expect(dispatch.readyCount).toBe(1_000);
	expect(compared).toBeLessThan(20_000);
});

test('a stage between two layers holds back the next one', () => {
	const tasks = [
		runTask('A', { stage: stageOfLayer(1) }),
		runTask('gate', { stage: stageOfLayer(2) - 1 }),
		runTask('B', { stage: stageOfLayer(2) }),
	];
	const dispatch = new Dispatch(new DispatchPlan({ tasks, rules: rulesOf('conservative', 0) }));
	for (const index of tasks.keys()) {
		dispatch.add(index);
	}
	const started: number[] = [];
	for (let task = dispatch.next(anybody); task >= 0; task = dispatch.next(anybody)) {
		dispatch.start(task);
		expect(dispatch.next(anybody)).toBe(-1);
		dispatch.end(task);
		started.push(task);
	}
	expect(started).toEqual([0, 1, 2]);
});
