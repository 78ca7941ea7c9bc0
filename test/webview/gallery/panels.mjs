// Draws the built preview and timeline (npm run build) in headless Chromium, in every theme and with plans of every size,
// and leaves pictures to look at: `node test/webview/gallery/panels.mjs OUT [NAME]`. With `--frames` it measures instead
// how long a frame takes while 10,000 tasks are moved, zoomed and simulated anew. Not a test: eyes are the judge.
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measureFrames } from './frames.mjs';
import { narrow, openStudio, wide } from './studio.mjs';
import { themes } from './themes.mjs';

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const [out = path.join(tmpdir(), 'switchyard-panels'), only = ''] = words;

const tab = (name) => (page) => page.locator(`#tab-${name}`).click();
const left = (more) =>
	`left=${encodeURIComponent(JSON.stringify({ version: 1, plan: { rootUri: 'file:///shop', key: 'planning' }, ...more }))}`;
const all = { choice: { scope: { kind: 'all' }, strategy: null, agents: null }, tab: 'schedule' };

const shots = [
	...Object.keys(themes).flatMap((theme) => [
		{
			page: 'preview',
			name: `preview-${theme}`,
			theme,
			query: `plan=seed&${left({ ...all, selection: 'TASK-012' })}`,
		},
		{ page: 'timeline', name: `timeline-${theme}`, theme, query: 'plan=seed&run' },
	]),
	{ page: 'preview', name: 'preview-plain', theme: 'dark', query: 'plan=seed' },
	{ page: 'preview', name: 'preview-layers', theme: 'dark', query: 'plan=seed', act: tab('layers') },
	{ page: 'preview', name: 'preview-layers-light', theme: 'light', query: 'plan=seed', act: tab('layers') },
	{ page: 'preview', name: 'preview-tasks', theme: 'dark', query: 'plan=seed', act: tab('tasks') },
	{ page: 'preview', name: 'preview-tasks-light', theme: 'light', query: 'plan=seed', act: tab('tasks') },
	{ page: 'preview', name: 'preview-warnings', theme: 'light', query: 'plan=seed', act: tab('warnings') },
	{ page: 'preview', name: 'preview-errors', theme: 'dark', query: 'plan=errors' },
	{
		page: 'preview',
		name: 'preview-errors-layers',
		theme: 'light',
		query: 'plan=errors',
		act: tab('layers'),
	},
	{ page: 'preview', name: 'preview-empty', theme: 'dark', query: 'plan=empty' },
	{
		page: 'preview',
		name: 'preview-untrusted',
		theme: 'light',
		query: `plan=seed&cannotRun=${encodeURIComponent('Nothing runs in Restricted Mode: a plan can name any program.')}`,
	},
	{ page: 'preview', name: 'preview-narrow', theme: 'dark', query: 'plan=seed', size: narrow },
	{
		page: 'preview',
		name: 'preview-narrow-tasks',
		theme: 'light',
		query: 'plan=seed',
		size: { width: 420, height: 760 },
		act: tab('tasks'),
	},
	{
		page: 'preview',
		name: 'preview-hover',
		theme: 'dark',
		query: 'plan=seed',
		act: (page) => page.mouse.move(600, 330),
	},
	{ page: 'preview', name: 'preview-thousand', theme: 'light', query: 'plan=1000' },
	{ page: 'preview', name: 'preview-ten-thousand', theme: 'dark', query: 'plan=10000' },
	{
		page: 'preview',
		name: 'preview-ten-thousand-layers',
		theme: 'dark',
		query: 'plan=10000',
		act: tab('layers'),
	},
	{
		page: 'preview',
		name: 'preview-history',
		theme: 'dark',
		query: `plan=agents&history&${left({ ...all, selection: 'B' })}`,
	},
	{
		page: 'preview',
		name: 'preview-narrow-selected',
		theme: 'contrastLight',
		query: `plan=seed&${left({ ...all, selection: 'TASK-012' })}`,
		size: { width: 420, height: 760 },
	},
	{ page: 'preview', name: 'preview-failed', theme: 'light', query: 'plan=seed&fail' },
	{ page: 'preview', name: 'preview-gone', theme: 'contrast', query: 'plan=gone' },
	{ page: 'timeline', name: 'timeline-before', theme: 'dark', query: 'plan=seed' },
	{ page: 'timeline', name: 'timeline-completed', theme: 'light', query: 'plan=seed&run=completed' },
	{
		page: 'timeline',
		name: 'timeline-selected',
		theme: 'dark',
		query: `plan=seed&run&${left({ selection: 'TASK-003', showsPlan: null })}`,
	},
	{ page: 'timeline', name: 'timeline-narrow', theme: 'dark', query: 'plan=seed&run', size: narrow },
	{ page: 'timeline', name: 'timeline-empty', theme: 'light', query: 'plan=empty' },
	{ page: 'timeline', name: 'timeline-ten-thousand', theme: 'dark', query: 'plan=10000&run' },
];

const pages = ['preview', 'timeline'];
const studio = await openStudio({
	...{ host: 'panelHost.ts', pages, files: ['forecastWorker.js'], ready: '.gantt, .notice', out },
});
try {
	if (process.argv.includes('--frames')) {
		await measureFrames({ browser: studio.browser, base: studio.base, size: wide });
	} else {
		for (const shot of shots.filter(({ name }) => name.includes(only))) {
			await studio.take(shot);
		}
	}
} finally {
	await studio.close();
}
