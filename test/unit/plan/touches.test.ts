import { expect, test, vi } from 'vitest';
import { checkPlan, readFiles } from '../../support/checkPlan.ts';

// Only a reader that never ends reaches it.
vi.setConfig({ testTimeout: 60_000 });

test('two tasks without an order that change the same files', () => {
	const { problems } = checkPlan(`
		tasks:
		  - {id: A, touches: [docs/a.md, src/**]}
		                                 ^^^^^^ SY323 \`A\` and \`B\` may run at the same time, and both change \`src/**\`
		  - {id: B, touches: [src/**]}
	`);
	expect(problems[0]?.related?.map(({ range, message }) => [range.start, message])).toEqual([
		[{ line: 2, character: 22 }, '`B` changes `src/**`'],
	]);
	expect(problems[0]?.data).toEqual({ tasks: ['A', 'B'] });
});

/** Whether two patterns of tasks without an order are said to meet. */
function meet(one: string, two: string): boolean {
	const text = `tasks:\n  - {id: A, touches: ["${one}"]}\n  - {id: B, touches: ["${two}"]}\n`;
	const found = readFiles({ 'x.plan.yaml': text }).problems.filter(({ code }) => code === 'SY323');
	return found.length > 0;
}

test.each([
	['src/**', 'src/a.ts', true],
	['src/a.ts', 'src/**/*', true],
	['src/**', 'src/deep/er/*.ts', true],
	['**', 'anything/at/all.ts', true],
	['./src/a.ts', 'src/a.ts', true],
	['src/*.ts', 'src/a.ts', true],
	['src/**/*.ts', 'src/deep/a.ts', true],
	['src/', 'src', true],
	['src/*.ts', 'src/a.css', false],
	['src/**', 'source/a.ts', false],
	['src/a/**', 'src/b/**', false],
	['src/a.ts', 'src/a.tsx', false],
	// These might meet, or not: a warning would often be wrong.
	['src/*.ts', 'src/**/*.css', false],
	['src/{a,b}/x.ts', 'src/{b,c}/x.ts', false],
] as const)('%s and %s meet: %s', (one, two, expected) => {
	expect([meet(one, two), meet(two, one)]).toEqual([expected, expected]);
});

test('an order parts them: dependencies, also over others, and sprints of a track', () => {
	checkPlan(`
		tasks:
		  - {id: A, touches: [src/**]}
		  - {id: B, dependencies: [A]}
		  - {id: C, dependencies: [B], touches: [src/**]}
	`);
	checkPlan(`
		plan: {strategy: hybrid}
		tasks: [{id: A, touches: [x]}, {id: B, touches: [x]}]
		sprints:
		  - {id: S, track: 1, sprint_number: 1, tasks: [A]}
		  - {id: T, track: 1, sprint_number: 2, tasks: [B]}
	`);
});

test('one task at a time, or one a track, changes nothing at once', () => {
	checkPlan('{plan: {jobs: 1}, tasks: [{id: A, touches: [x]}, {id: B, touches: [x]}]}');
	checkPlan('{plan: {strategy: sequential}, tasks: [{id: A, touches: [x]}, {id: B, touches: [x]}]}');
	checkPlan(`
		tasks: [{id: A, touches: [x]}, {id: B, touches: [x]}, {id: C}]
		sprints: [{id: S, track: 1, tasks: [A, B]}, {id: T, track: 2, tasks: [C]}]
	`);
});

test('tracks run side by side', () => {
	checkPlan(`
		tasks:
		  - {id: A, touches: [x]}
		                      ^ SY323
		  - {id: B, touches: [x]}
		sprints: [{id: S, track: 1, tasks: [A]}, {id: T, track: 2, tasks: [B]}]
	`);
});

test('what is taken out again by an exclamation mark is not judged, nor is a plan with a circle', () => {
	checkPlan(`
		tasks:
		  - {id: A, touches: [src/**, "!src/b.ts"]}
		  - {id: B, touches: [src/b.ts]}
	`);
	checkPlan(`
		tasks:
		  - {id: A, touches: [x], dependencies: [B]}
		                                         ^ SY304
		  - {id: B, touches: [x], dependencies: [A]}
	`);
});

test('ten thousand tasks that all change one folder are told within reason, and in order not at all', () => {
	const plan = (needs: (i: number) => string) => ({
		'x.plan.yaml': `tasks:\n${Array.from(
			{ length: 10_000 },
			(_, i) => `- {id: T${i}, dependencies: [${needs(i)}], touches: [src/**, src/part${i % 7}/*.ts]}`,
		).join('\n')}`,
	});
	const count = (needs: (i: number) => string) =>
		readFiles(plan(needs)).problems.filter(({ code }) => code === 'SY323').length;
	expect(count(() => '')).toBe(200);
	expect(count((i) => (i === 0 ? '' : `T${i - 1}`))).toBe(0);
});

test('S3: an agent that names no files claims nothing, and that is a hint where others claim some', () => {
	checkPlan(`
		agents: {robot: {run: [robot]}}
		tasks:
		  - {id: A, agent: robot, touches: [src/a/**]}
		  - {id: B, agent: robot}
		         ^ SY329 \`B\` does not say which files it changes, so nothing keeps it apart from tasks that change the same ones. List them under \`touches\`.
		  - {id: C, run: [make]}
		  - {id: D, agent: robot, steps: [{agent: robot, touches: [src/d/**]}]}
	`);
	const agents = 'agents: {robot: {run: [robot]}}';
	const [claiming, silent] = ['{id: A, agent: robot, touches: [a]}', '{id: B, agent: robot}'];
	for (const text of [
		// One after another, and where nobody uses claims, it makes no difference.
		`plan: {strategy: sequential}\n${agents}\ntasks: [${claiming}, ${silent}]\n`,
		`plan: {jobs: 1}\n${agents}\ntasks: [${claiming}, ${silent}]\n`,
		`${agents}\ntasks: [${silent}]\n`,
	]) {
		expect(readFiles({ 'x.plan.yaml': text }).problems.map(({ code }) => code)).not.toContain('SY329');
	}
});
