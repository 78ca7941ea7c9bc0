import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPlans } from '../../src/cli/checkCommand.ts';
import type { PlanFlags } from '../../src/cli/planCommand.ts';
import { runPlanning } from '../../src/cli/planCommand.ts';
import type { FileContent } from '../support/withFolder.ts';
import { withFolder } from '../support/withFolder.ts';

/** `switchyard plan` in a folder: what it prints, and its exit code or its complaint. */
async function planIn(
	folder: string,
	flags: PlanFlags = {},
	path = '',
): Promise<{ code: number | string; text: string }> {
	let text = '';
	try {
		const code = await runPlanning(join(folder, path), flags, (part) => {
			text += part;
		});
		return { code, text };
	} catch (error) {
		expect(error).toMatchObject({ name: 'UsageError' });
		return { code: (error as Error).message.replaceAll(folder, ''), text };
	}
}

async function problemsIn(folder: string): Promise<string> {
	const text: string[] = [];
	await checkPlans(folder, { format: 'text' }, { out: (part) => text.push(part), hasColours: false });
	return text.join('');
}

const task = (id: string, rest: string) => `id: ${id}\nname: ${id}\n${rest}\nrun: [true]\n`;
const planning: Readonly<Record<string, FileContent>> = {
	'docs/planning/PROJECT_PRD.yaml': 'name: Shop\n',
	'docs/planning/tasks/A1.yaml': task('A1', 'type: backend\nestimated_hours: 8'),
	'docs/planning/tasks/A2.yaml': task('A2', 'type: backend\nestimated_hours: 8\ndependencies: [A1]'),
	'docs/planning/tasks/B1.yaml': task('B1', 'type: frontend\nestimated_hours: 4'),
	'docs/planning/tasks/B2.yaml': task('B2', 'type: frontend\nestimated_hours: 5\ndependencies: [B1]'),
	'docs/planning/tasks/C.yaml': task('C', 'type: frontend\nestimated_hours: 1'),
};

test('--json has the shape that is documented, in minutes', async () => {
	await withFolder(planning, async (folder) => {
		const { code, text } = await planIn(folder, { json: true });
		expect(code).toBe(0);
		expect(JSON.parse(text)).toMatchObject({
			chains: [
				{ tasks: ['A1', 'A2'], minutes: 960 },
				{ tasks: ['B1', 'B2'], minutes: 540 },
			],
			independent: ['C'],
			criticalPath: { tasks: ['A1', 'A2'], minutes: 960 },
			width: 3,
			maxPossibleTracks: 2,
			tracks: [
				{
					number: 1,
					name: 'Backend',
					minutes: 960,
					sprints: [{ id: 'SPRINT-001-01', tasks: ['A1', 'A2'], minutes: 960 }],
				},
				{
					number: 2,
					name: 'Frontend',
					minutes: 600,
					sprints: [{ id: 'SPRINT-001-02', tasks: ['B1', 'B2', 'C'], minutes: 600 }],
				},
			],
			makespanMinutes: 960,
			lowerBoundMinutes: 960,
		});
	});
});

test('--write makes a plan without problems, and changes nothing the second time', async () => {
	await withFolder(planning, async (folder) => {
		const first = await planIn(folder, { write: true });
		expect(first.code).toBe(0);
		expect(await readdir(join(folder, 'docs/sprints'))).toEqual([
			'SPRINT-001-01.yaml',
			'SPRINT-001-02.yaml',
			'SPRINT_OVERVIEW.md',
		]);
		expect(await readFile(join(folder, 'docs/planning/switchyard.yaml'), 'utf8')).toBe(
			'tracks:\n  1: {name: Backend}\n  2: {name: Frontend}\n',
		);
		expect(await readFile(join(folder, 'docs/sprints/SPRINT-001-02.yaml'), 'utf8')).toContain(
			'tasks:\n  - B1\n  - B2\n  - C\n',
		);
		expect(await problemsIn(folder)).toContain('no problems');
		expect((await planIn(folder, { write: true })).text).toContain('nothing was written');
	});
});

test('what planning wrote is planned anew; what a hand changed only with --force, and never half', async () => {
	await withFolder(planning, async (folder) => {
		await planIn(folder, { write: true });
		await writeFile(
			join(folder, 'docs/planning/tasks/D.yaml'),
			task('D', 'type: backend\nestimated_hours: 2'),
		);
		expect((await planIn(folder, { write: true })).text).toContain('Changed docs/sprints/SPRINT-001-01.yaml');
		const own = join(folder, 'docs/sprints/SPRINT-001-02.yaml');
		const edited = (await readFile(own, 'utf8'))
			.replace('- B1', '- B1 # first of all')
			.replace('name: Foundation', 'name: "Pages"');
		await writeFile(own, edited);
		await rm(join(folder, 'docs/planning/tasks/C.yaml'));
		await writeFile(
			join(folder, 'docs/planning/tasks/E.yaml'),
			task('E', 'type: frontend\nestimated_hours: 3'),
		);
		// The sprint still names C, which is an error of the plan: planning is what repairs it.
		const refused = await planIn(folder, { write: true });
		expect(refused).toMatchObject({ code: 1, text: expect.stringContaining('+  - E') });
		expect(refused.text).toContain('written by hand (docs/sprints/SPRINT-001-02.yaml)');
		expect(await readFile(join(folder, 'docs/planning/TASK_SUMMARY.md'), 'utf8')).not.toContain('`E`');
		expect(await planIn(folder, { write: true, force: true })).toMatchObject({ code: 0 });
		const after = await readFile(own, 'utf8');
		expect(after).toContain('- B1 # first of all');
		expect(after).toContain('name: "Pages"');
		expect(after).toContain('- E');
		expect(await problemsIn(folder)).toContain('no problems');
	});
});

const oneFile = [
	'# My plan.',
	"plan: {name: 'Shop'}",
	'',
	'# What is to be done.',
	'tasks:',
	'  - {id: A1, type: backend, estimated_hours: 8, run: [true]}   # the schema',
	'  - {id: A2, type: backend, estimated_hours: 8, dependencies: [A1], run: [true]}',
	'  - id: "B1"',
	'    type: frontend',
	'    estimated_hours: 4',
	'    run: [true]',
	'  - {id: B2, type: frontend, estimated_hours: 5, dependencies: [B1], run: [true]}',
	'',
].join('\n');

test('a plan in one file gets its tracks and sprints, and nothing else in it changes', async () => {
	await withFolder({ 'shop.plan.yaml': oneFile }, async (folder) => {
		expect(await planIn(folder, { write: true })).toMatchObject({ code: 0 });
		const written = await readFile(join(folder, 'shop.plan.yaml'), 'utf8');
		const [head, tail] = oneFile.split('# What is to be done.');
		expect(written.startsWith(head!)).toBe(true);
		expect(written.endsWith(tail!)).toBe(true);
		expect(written.slice(head!.length, -tail!.length)).toMatch(
			/^tracks:\n {2}1: \{name: Backend\}\n {2}2: \{name: Frontend\}\nsprints:\n {2}# Planned by Switchyard \(checksum [0-9a-f]{8}\)\.\n {2}- \{id: SPRINT-001-01, name: Foundation, track: 1, sprint_number: 1, tasks: \[A1, A2\]\}\n {2}- \{id: SPRINT-001-02, name: Foundation, track: 2, sprint_number: 1, tasks: \[B1, B2\]\}\n# What is to be done.$/,
		);
		expect(await problemsIn(folder)).toContain('no problems');
		expect((await planIn(folder, { write: true })).text).toContain('nothing was written');
		await writeFile(
			join(folder, 'shop.plan.yaml'),
			`${written}  - {id: C, type: backend, estimated_hours: 1, run: [true]}\n`,
		);
		expect(await planIn(folder, { write: true })).toMatchObject({ code: 0 });
		expect(await readFile(join(folder, 'shop.plan.yaml'), 'utf8')).toContain('tasks: [A1, A2, C]');
	});
});

test('sprints that somebody wrote into a file are kept until --force, and then with their comments', async () => {
	const text = oneFile.replace(
		'# What is',
		[
			'sprints:',
			'  # the first one',
			'  - id: SPRINT-001-01',
			"    name: 'Start'   # a good name",
			'    track: 1',
			'    sprint_number: 1',
			'    goal: See something.',
			'    tasks: [A1, B1]',
			'# What is',
		].join('\n'),
	);
	await withFolder({ 'shop.plan.yaml': text }, async (folder) => {
		const refused = await planIn(folder, { write: true });
		expect(refused).toMatchObject({ code: 1, text: expect.stringContaining('Use --force') });
		expect(await readFile(join(folder, 'shop.plan.yaml'), 'utf8')).toBe(text);
		expect(await planIn(folder, { write: true, force: true })).toMatchObject({ code: 0 });
		const written = await readFile(join(folder, 'shop.plan.yaml'), 'utf8');
		for (const kept of [
			"name: 'Start' # a good name",
			'# the first one',
			'goal: See something.',
			'# the schema',
		]) {
			expect(written).toContain(kept);
		}
		expect(written).toContain('tasks: [A1, A2]');
		expect(await problemsIn(folder)).toContain('no problems');
	});
});

test('line ends and a byte order mark stay as they are', async () => {
	await withFolder({ 'shop.plan.yaml': `\uFEFF${oneFile.replaceAll('\n', '\r\n')}` }, async (folder) => {
		expect(await planIn(folder, { write: true })).toMatchObject({ code: 0 });
		const written = await readFile(join(folder, 'shop.plan.yaml'), 'utf8');
		expect(written.startsWith('\uFEFF# My plan.')).toBe(true);
		expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
		expect((await planIn(folder, { write: true })).text).toContain('nothing was written');
	});
});

test('plans of other tools are planned and never written; faulty ones are not written either', async () => {
	const files: Readonly<Record<string, FileContent>> = {
		'other/tasks.json': '{"tasks": [{"id": 1, "title": "A"}, {"id": 2, "title": "B", "dependencies": [1]}]}',
		'circle/circle.plan.yaml':
			'tasks:\n  - {id: a, run: [true], dependencies: [b]}\n  - {id: b, run: [true], dependencies: [a]}\n',
		'broken/broken.plan.yaml': 'tasks:\n  - {id: a, run: [true], dependencies: [nobody]}\n',
		'empty/empty.plan.yaml': 'plan: {name: Nothing}\n',
	};
	await withFolder(files, async (folder) => {
		expect((await planIn(folder, {}, 'other/tasks.json')).code).toBe(0);
		const refusals: Readonly<Record<string, string>> = {
			'other/tasks.json': 'switchyard import',
			circle: 'a → b → a wait for each other',
			broken: 'broken.plan.yaml:2: SY302',
			empty: 'has no tasks',
		};
		for (const [path, words] of Object.entries(refusals)) {
			const before = await readdir(folder, { recursive: true });
			expect([path, (await planIn(folder, { write: true }, path)).code]).toEqual([
				path,
				expect.stringContaining(words),
			]);
			expect(await readdir(folder, { recursive: true })).toEqual(before);
		}
		const circle = await planIn(folder, { json: true }, 'circle');
		expect(circle.code).toBe(1);
		expect(JSON.parse(circle.text)).toMatchObject({ cycles: [['a', 'b']] });
	});
});

test('nothing is written outside the plan, whatever a link says', async () => {
	await withFolder({ ...planning, 'docs/sprints': { link: '../../elsewhere' } }, async (folder) => {
		await mkdir(join(folder, '../elsewhere'), { recursive: true });
		try {
			expect(await planIn(folder, { write: true })).toMatchObject({ code: expect.stringContaining('SY109') });
			expect(await readdir(join(folder, '../elsewhere'))).toEqual([]);
		} finally {
			await rm(join(folder, '../elsewhere'), { recursive: true });
		}
	});
});
