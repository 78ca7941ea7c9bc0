// Draws the built graph page (npm run build) in headless Chromium, in every theme and with plans of every size, and
// leaves pictures to look at: `node test/webview/gallery/gallery.mjs OUT [NAME]`. Not a test: eyes are the judge.
import { tmpdir } from 'node:os';
import path from 'node:path';
import { narrow, openStudio } from './studio.mjs';
import { themes } from './themes.mjs';

const [out = path.join(tmpdir(), 'switchyard-gallery'), only = ''] = process.argv.slice(2);

const select = (id) => async (page) => {
	await page.locator(`[id="card-task-${id}"]`).click();
	await page.mouse.move(4, 60);
};
const shots = [
	...Object.keys(themes).map((theme) => ({ name: `seed-${theme}`, theme, query: 'plan=seed' })),
	{ name: 'still', theme: 'dark', query: 'plan=seed&still' },
	{ name: 'selected-dark', theme: 'dark', query: 'plan=seed', act: select('TASK-008') },
	{ name: 'selected-light', theme: 'light', query: 'plan=seed', act: select('TASK-007') },
	{
		name: 'hover',
		theme: 'dark',
		query: 'plan=seed',
		act: (page) => page.locator('[id="card-task-TASK-009"]').hover(),
	},
	{
		name: 'search',
		theme: 'light',
		query: 'plan=seed',
		act: (page) => page.locator('input').fill('api'),
	},
	{
		name: 'untrusted',
		theme: 'dark',
		query: `plan=seed&still&cannotRun=${encodeURIComponent('Nothing runs in Restricted Mode: a plan can name any program. Trust this folder first.')}`,
		act: select('TASK-001'),
	},
	{
		name: 'collapsed',
		theme: 'dark',
		query: 'plan=seed',
		act: (page) => page.locator('[aria-label="Collapse all sprints"]').click(),
	},
	{
		name: 'mixed',
		theme: 'light',
		query: 'plan=seed',
		act: (page) => page.locator('[data-act="fold SPRINT-002-01"]').click(),
	},
	{ name: 'narrow-dark', theme: 'dark', query: 'plan=seed', size: narrow, act: select('TASK-001') },
	{ name: 'narrow-light', theme: 'light', query: 'plan=seed', size: { width: 380, height: 700 } },
	{ name: 'flat', theme: 'dark', query: 'plan=flat' },
	{ name: 'empty', theme: 'dark', query: 'plan=empty' },
	{ name: 'failed', theme: 'light', query: 'plan=seed&fail' },
	{ name: 'thousand', theme: 'dark', query: 'plan=1000' },
	{
		name: 'thousand-open',
		theme: 'dark',
		query: 'plan=1000',
		act: (page) => page.locator('[aria-label="Expand all sprints"]').click(),
	},
	{
		name: 'thousand-fit',
		theme: 'light',
		query: 'plan=1000',
		act: async (page) => {
			await page.locator('[aria-label="Expand all sprints"]').click();
			await page.waitForTimeout(600);
			await page.keyboard.press('Escape');
			await page.locator('[aria-label="Fit to window (0)"]').click();
		},
	},
	{ name: 'ten-thousand', theme: 'dark', query: 'plan=10000' },
	{
		name: 'ten-thousand-fit',
		theme: 'dark',
		query: 'plan=10000',
		act: async (page) => {
			await page.locator('[aria-label="Expand all sprints"]').click();
			await page.waitForTimeout(1500);
			await page.locator('[aria-label="Fit to window (0)"]').click();
		},
	},
];

const studio = await openStudio({
	...{ host: 'galleryHost.ts', pages: ['graph'], ready: '.surface, .notice', out },
});
try {
	for (const shot of shots.filter(({ name }) => name.includes(only))) {
		await studio.take({ page: 'graph', ...shot });
	}
} finally {
	await studio.close();
}
