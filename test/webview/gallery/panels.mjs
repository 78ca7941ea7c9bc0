// Draws the built preview and timeline (npm run build) in headless Chromium, in every theme and with plans of every size,
// and leaves pictures to look at: `node test/webview/gallery/panels.mjs OUT [NAME]`. With `--frames` it measures instead
// how long a frame takes while 10,000 tasks are moved, zoomed and simulated anew. Not a test: eyes are the judge.
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { measureFrames } from './frames.mjs';
import { themes } from './themes.mjs';

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const [out = path.join(tmpdir(), 'switchyard-panels'), only = ''] = words;
const root = path.resolve(import.meta.dirname, '../../..');

const wide = { width: 1440, height: 900 };
const narrow = { width: 560, height: 820 };
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

const work = await mkdtemp(path.join(tmpdir(), 'switchyard-panels-'));
await mkdir(out, { recursive: true });
const server = createServer((request, response) => {
	const file = path.basename(new URL(request.url ?? '/', 'http://localhost').pathname);
	const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.ttf': 'font/ttf' };
	response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream');
	createReadStream(path.join(work, file))
		.on('error', () => response.writeHead(404).end())
		.pipe(response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: [
		'--no-sandbox',
		'--disable-gpu',
		'--disable-quic',
		'--no-first-run',
		'--disable-background-networking',
	],
});
try {
	await prepare();
	if (process.argv.includes('--frames')) {
		await measureFrames({ browser, base, size: wide });
	} else {
		for (const shot of shots.filter(({ name }) => name.includes(only))) {
			await take(shot);
		}
	}
} finally {
	await browser.close();
	server.close();
	await rm(work, { recursive: true, force: true });
}

async function prepare() {
	await esbuild.build({
		entryPoints: [path.join(root, 'test/webview/gallery/panelHost.ts')],
		bundle: true,
		outfile: path.join(work, 'host.js'),
		format: 'iife',
		logLevel: 'warning',
	});
	const pages = ['preview', 'timeline'];
	const files = [
		...pages.flatMap((page) => [`${page}.js`, `${page}.css`]),
		'forecastWorker.js',
		'codicon.css',
		'codicon.ttf',
	];
	for (const name of files) {
		await copyFile(path.join(root, 'dist/webview', name), path.join(work, name));
	}
	for (const [name, { classes, colors }] of Object.entries(themes)) {
		const variables = Object.entries(colors).map(([key, value]) => `--vscode-${key}:${value};`);
		variables.push('--vscode-font-family:system-ui,"DejaVu Sans",sans-serif;', '--vscode-font-size:13px;');
		const plan = JSON.stringify({ rootUri: 'file:///shop', key: 'planning' }).replaceAll('"', '&quot;');
		for (const page of pages) {
			await writeFile(
				path.join(work, `${page}-${name}.html`),
				`<!DOCTYPE html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; worker-src blob:">
<link rel="stylesheet" href="theme-${name}.css"><link rel="stylesheet" href="codicon.css"><link rel="stylesheet" href="${page}.css">
</head><body class="${classes}" data-session="gallery" data-plan="${plan}" data-strings="{}" data-worker="forecastWorker.js"><div id="root"></div>
<script src="host.js"></script><script src="${page}.js"></script></body></html>`,
			);
		}
		await writeFile(path.join(work, `theme-${name}.css`), `:root{${variables.join('')}}`);
	}
}

async function take({ page: kind, name, theme, query, size = wide, act }) {
	const page = await browser.newPage({ viewport: size });
	const problems = [];
	page.on('pageerror', (error) => problems.push(error.message));
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
	if (query.includes('&fail')) {
		await page.route('**/forecastWorker.js', (route) => route.abort());
	}
	await page.goto(`${base}/${kind}-${theme}.html?${query}`);
	await page.locator('.gantt, .notice').first().waitFor();
	await act?.(page);
	// Fonts, the curve and transitions; a picture for eyes may wait a moment, a test may not.
	await page.waitForTimeout(600);
	await page.screenshot({ path: path.join(out, `${name}.png`) });
	const reports = await page.evaluate(() => window.received.filter(({ method }) => method === 'problem'));
	const elements = await page.evaluate(() => document.querySelectorAll('*').length);
	process.stdout.write(
		`${name}: ${elements} elements ${[...problems, ...reports.map((r) => JSON.stringify(r.params))].join(' | ')}\n`,
	);
	await page.close();
}
