import { describe, expect, test } from 'vitest';
import {
	evidenceFolders,
	milestoneFolder,
	safeName,
	slugify,
} from '../../../src/core/evidence/evidenceNames.ts';
import { morning, runPlan, runTask } from './samples.ts';

const run = { run: 'exec-20251031-shop', createdAt: morning };

describe('names in the evidence', () => {
	test.each([
		['Database schema design', 'database-schema-design'],
		['Login/registration UI', 'login-registration-ui'],
		['Über Größe: é', 'uber-große-e'],
		['../../etc/passwd', 'etc-passwd'],
		['購物車', '購物車'],
		['!?', ''],
		['a name that is much too long to be the name of a folder', 'a-name-that-is-much-too-long-to'],
		['x'.repeat(200), 'x'.repeat(32)],
	])('the slug of %j is %j', (name, slug) => {
		expect(slugify(name)).toBe(slug);
	});

	test.each(['TASK-001', 'validator', 'FEATURE-a_b-001', '7'])('%s stands for itself', (id) => {
		expect(safeName(id)).toBe(id);
	});

	test.each([
		'..',
		'.',
		'',
		'a/b',
		'a\\b',
		'C:x',
		'con',
		'LPT1',
		'nul.txt',
		'-rf',
		' x',
		'x.',
		'a\0b',
		'x'.repeat(300),
	])('%j becomes a name that every file system takes', (id) => {
		expect(safeName(id)).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$/u);
		expect(safeName(id)).not.toMatch(/^(con|nul|lpt1)$/i);
		expect(safeName(id)).not.toBe(safeName(`${id}!`));
	});

	test('a task has its folder below its sprint', () => {
		const plan = runPlan([
			runTask('TASK-001', { name: 'Database schema design', sprint: 'SPRINT-001-01' }),
			runTask('validator', { name: 'Validator' }),
		]);
		expect(Object.fromEntries(evidenceFolders(plan, run))).toEqual({
			'TASK-001':
				'.work/milestones/20251031-shop/sprint-001-01/implementation/TASK-001-database-schema-design',
			validator: '.work/milestones/20251031-shop/unscheduled/implementation/validator',
		});
	});

	test('no two tasks share a folder, not even where case does not count', () => {
		const ids = ['A', 'a', 'a/b', 'a:b', 'A/B', 'Ａ'];
		const plan = runPlan(ids.map((id) => runTask(id, { name: '' })));
		const folders = [...evidenceFolders(plan, run).values()].map((path) => path.toLowerCase());
		expect(new Set(folders).size).toBe(ids.length);
	});

	test('the milestone is named by day and plan, however the run is called', () => {
		const check = (id: string, name: string, expected: string) =>
			expect(milestoneFolder(runPlan([], { name }), { run: id, createdAt: morning })).toBe(expected);
		check('exec-20251031-shop-2', 'Shop', '.work/milestones/20251031-shop-2');
		check('other', 'My shop!', '.work/milestones/20251031-my-shop');
		check('other', '!', '.work/milestones/20251031-planning');
		check('exec-20251031-../x', 'Shop', '.work/milestones/20251031-x-3a5597bd');
	});
});
