import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextClaim } from '../../../src/core/run/nextStep.ts';
import { withStages } from '../../../src/core/run/stagesOf.ts';
import { summariseTask } from '../../../src/core/run/summarise.ts';
import type { PlanWords } from './story.ts';
import { planOf, Story } from './story.ts';

/** A story of a plan whose tasks have the stages that its strategy gives them. */
function storyOf(words: PlanWords): Story {
	const plan = planOf({ jobs: 5, ...words });
	const { barrier } = plan.rules;
	return new Story({ ...plan, tasks: withStages(plan.tasks, { sprints: plan.sprints, barrier }) });
}

function reasonOf({ table }: Story, id: string): string {
	const state = table.tasks.get(id);
	return state === undefined ? '' : summariseTask(table, state).reason;
}

describe('S1: a barrier holds a layer back until the layers before it are over', () => {
	test('conservative: what could start waits, and says for what', () => {
		const story = storyOf({ tasks: 'A B C<A D<B', strategy: 'conservative' });
		story.tell('ask e1 A B C D', 'claim e1 A 1', 'claim e1 B 1', 'end e1 A 1 ok');
		expect(story.statuses()).toMatchObject({ A: 'completed', C: 'ready' });
		expect(nextClaim(story.table, 'e1', { agents: true })).toBeNull();
		expect(reasonOf(story, 'C')).toBe('Ready; what comes before its layer is not over: B.');
		story.tell(
			'! claim e1 C 1 :: what comes before its layer is not over: B',
			'end e1 B 1 ok',
			'claim e1 C 1',
		);
	});

	test('aggressive and tracks have none', () => {
		for (const strategy of ['aggressive', 'tracks']) {
			storyOf({ tasks: 'A B C<A', strategy }).tell(
				'ask e1 A B C',
				'claim e1 A 1',
				'claim e1 B 1',
				'end e1 A 1 ok',
				'claim e1 C 1',
			);
		}
	});

	test('hybrid: layers of one or two tasks one after another', () => {
		storyOf({ tasks: 'A B C<A D<A E<A', strategy: 'hybrid' }).tell(
			'ask e1 A B C D E',
			'claim e1 A 1',
			'! claim e1 B 1',
			'end e1 A 1 ok',
			'! claim e1 C 1',
			'claim e1 B 1',
			'end e1 B 1 ok',
			'claim e1 C 1',
			'claim e1 D 1',
			'claim e1 E 1',
		);
	});

	test('batches: in each sprint for itself', () => {
		storyOf({
			tasks: 'A B C<A X Y<X',
			sprints: { S1: 'A B C', S2: 'X Y' },
			trackOf: { S1: 1, S2: 2 },
			strategy: 'batches',
		}).tell(
			'ask e1 A B C X Y',
			'claim e1 A 1',
			'claim e1 B 1',
			'claim e1 X 1',
			'end e1 A 1 ok',
			'! claim e1 C 1 :: the batch before it is not over: B',
			'end e1 X 1 ok',
			'claim e1 Y 1',
		);
	});

	test('T4: what failed, is blocked or waits for a person keeps no layer closed', () => {
		const story = storyOf({ tasks: 'A B C D<A E<D F<B', strategy: 'conservative' });
		story.tell('ask e1 A B C D E F', 'claim e1 A 1', 'claim e1 B 1', 'claim e1 C 1');
		story.tell('end e1 A 1 failed', 'end e1 C 1 unknown', 'end e1 B 1 ok', 'claim e1 F 1', 'end e1 F 1 ok');
		expect(story.statuses()).toMatchObject({ D: 'blocked', E: 'blocked', C: 'blocked', F: 'completed' });
		// A second try comes before what is later.
		story.tell('retry A', 'claim e1 A 2', 'end e1 A 2 ok', 'claim e1 D 1');
	});

	test('S5: what nobody was asked for, or nobody will take up any more, keeps no layer closed', () => {
		const story = storyOf({ tasks: 'A B C', more: { C: { dependencies: ['A'] } }, strategy: 'conservative' });
		story.tell('engine e2', 'ask e2 B', 'ask e1 A C', 'claim e1 A 1', 'end e1 A 1 ok');
		story.tell('! claim e1 C 1', 'bye e2', 'claim e1 C 1');
	});

	test('a plan that is replaced keeps its barriers', () => {
		const story = storyOf({ tasks: 'A B C<A', strategy: 'conservative' });
		story.tell('ask e1 A B C', 'claim e1 A 1', 'claim e1 B 1', 'end e1 A 1 ok');
		expect(story.change(story.table.plan)).toBeNull();
		story.tell('! claim e1 C 1', 'end e1 B 1 ok', 'claim e1 C 1');
	});
});

describe('S3: tasks whose touches may overlap never run together', () => {
	test('what waits says for what', () => {
		const story = storyOf({
			tasks: 'A B C',
			more: { A: { touches: ['src/**'] }, B: { touches: ['src/b.ts'] }, C: { touches: ['lib/*'] } },
			strategy: 'aggressive',
		});
		story.tell('ask e1 A B C', 'claim e1 A 1', 'claim e1 C 1');
		story.tell('! claim e1 B 1 :: A changes `src/**`, which may meet `src/b.ts`');
		expect(reasonOf(story, 'B')).toBe('Ready; A changes `src/**`, which may meet `src/b.ts`.');
		story.tell('end e1 A 1 ok', 'claim e1 B 1');
	});

	test('D6: a task that runs keeps what it claimed when it began', () => {
		const story = storyOf({
			tasks: 'A B',
			more: { A: { touches: ['x'] }, B: { touches: ['x'] } },
			strategy: 'aggressive',
		});
		story.tell('ask e1 A B', 'claim e1 A 1');
		const { plan } = story.table;
		story.change({
			...plan,
			tasks: plan.tasks.map((task) => (task.id === 'A' ? { ...task, touches: [] } : task)),
		});
		story.tell('! claim e1 B 1', 'end e1 A 1 ok', 'claim e1 B 1');
	});
});

test('S2: what a task is passed over for is said', () => {
	const many = Array.from({ length: 24 }, (_, index) => `T${String(index).padStart(2, '0')}`);
	const more = Object.fromEntries(
		many.map((id, index) => [id, { locks: [index % 2 === 0 ? 'one' : 'two'] }]),
	);
	const story = storyOf({
		tasks: `BIG ${many.join(' ')}`,
		more: { BIG: { locks: ['one', 'two'], priority: 9 }, ...more },
		strategy: 'aggressive',
	});
	story.tell(`ask e1 ${many.join(' ')}`, 'claim e1 T00 1', 'claim e1 T01 1', 'ask e1 BIG');
	for (let index = 0; index < 10; index++) {
		story.tell(`end e1 ${many[index]} 1 ok`, `claim e1 ${many[index + 2]} 1`);
	}
	story.tell(
		'end e1 T10 1 ok',
		'! claim e1 T12 1 :: BIG was passed over often enough and comes first, for the lock “one”',
	);
	expect(nextClaim(story.table, 'e1', { agents: true })).toBeNull();
	story.tell('end e1 T11 1 ok');
	expect(nextClaim(story.table, 'e1', { agents: true })?.task).toBe('BIG');
});

const shape = fc.record({
	before: fc.nat(255),
	sprint: fc.nat(3),
	lock: fc.constantFrom('', '', 'db', 'db port'),
	touches: fc.constantFrom('', '', 'src/a', 'src/**'),
	priority: fc.nat(2),
	outcome: fc.constantFrom('ok', 'ok', 'ok', 'failed', 'unknown'),
});

test('T4: every run comes to its end: nothing that could start is left, whatever failed, for every strategy', () => {
	const strategies = fc.constantFrom(
		'aggressive',
		'conservative',
		'hybrid',
		'sequential',
		'tracks',
		'batches',
		'dynamic',
	);
	const input = {
		all: fc.array(shape, { minLength: 1, maxLength: 9 }),
		jobs: fc.integer({ min: 1, max: 4 }),
	};
	fc.assert(
		fc.property(input.all, input.jobs, strategies, fc.nat(1), (all, jobs, strategy, tracks) => {
			const names = all.map((_, index) => `T${index}`);
			const sprints: Record<string, string> = { S1: '', S2: '', S3: '' };
			const words = all.map(({ before, sprint }, index) => {
				const name = names[index] ?? '';
				if (sprint > 0) {
					sprints[`S${sprint}`] = `${sprints[`S${sprint}`]} ${name}`.trim();
				}
				const needs = names
					.slice(0, index)
					.filter(
						(_, bit) =>
							(before >> bit) % 2 === 1 &&
							(all[bit]?.sprint ?? 0) <= sprint &&
							(sprint > 0 || all[bit]?.sprint === 0),
					);
				return needs.length === 0 ? name : `${name}<${needs.join(',')}`;
			});
			const split = (text: string) => text.split(' ').filter((word) => word !== '');
			const more = Object.fromEntries(
				all.map(({ lock, touches, priority }, index) => [
					names[index] ?? '',
					{ locks: split(lock), touches: split(touches), priority },
				]),
			);
			const trackOf = { S1: 1, S2: 1 + tracks, S3: 1 };
			const story = storyOf({ tasks: words.join(' '), sprints, trackOf, more, jobs, strategy });
			const half = Math.ceil(names.length / 2);
			story.tell('engine e2', `ask e1 ${names.slice(0, half).join(' ')}`, `ask e2 ${names.join(' ')}`);
			for (let turn = 0; turn < 100; turn++) {
				const engine = turn % 2 === 0 ? 'e1' : 'e2';
				const claim = nextClaim(story.table, engine, { agents: true });
				const [running] = story.table.active;
				if (claim !== null) {
					story.tell(`claim ${engine} ${claim.task} ${claim.attempt}`);
				} else if (running !== undefined) {
					story.tell(`end e2 ${running} 1 ${all[names.indexOf(running)]?.outcome}`);
				}
			}
			const left = Object.values(story.statuses()).filter(
				(status) => !['completed', 'failed', 'blocked'].includes(status),
			);
			expect(left).toEqual([]);
		}),
		{ numRuns: 300 },
	);
});
