// Draws the built graph page (npm run build) in headless Chromium, in every theme and with plans of every size, and
// leaves pictures to look at: `node test/webview/gallery/gallery.mjs OUT [NAME]`. Not a test: eyes are the judge.
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { themes } from './themes.mjs';

const [out = path.join(tmpdir(), 'switchyard-gallery'), only = ''] = process.argv.slice(2);
const root = path.resolve(import.meta.dirname, '../../..');

const wide = { width: 1440, height: 900 };
const narrow = { width: 560, height: 820 };
const select = (id) => async (page) => {
	await page.locator(`[id="card-task-${id}"]`).click();
	await page.mouse.move(4, 60);
};
const shots = [
	...Object.keys(themes).map((theme) => ({ name: `seed-${theme}`, theme, query: 'plan=seed', size: wide })),
	{ name: 'still', theme: 'dark', query: 'plan=seed&still', size: wide },
	{ name: 'selected-dark', theme: 'dark', query: 'plan=seed', size: wide, act: select('TASK-008') },
	{ name: 'selected-light', theme: 'light', query: 'plan=seed', size: wide, act: select('TASK-007') },
	{
		name: 'hover',
		theme: 'dark',
		query: 'plan=seed',
		size: wide,
		act: (page) => page.locator('[id="card-task-TASK-009"]').hover(),
	},
	{
		name: 'search',
		theme: 'light',
		query: 'plan=seed',
		size: wide,
		act: (page) => page.locator('input').fill('api'),
	},
	{
		name: 'untrusted',
		theme: 'dark',
		query: `plan=seed&still&cannotRun=${encodeURIComponent('Nothing runs in Restricted Mode: a plan can name any program. Trust this folder first.')}`,
		size: wide,
		act: select('TASK-001'),
	},
	{
		name: 'collapsed',
		theme: 'dark',
		query: 'plan=seed',
		size: wide,
		act: (page) => page.locator('[aria-label="Collapse all sprints"]').click(),
	},
	{
		name: 'mixed',
		theme: 'light',
		query: 'plan=seed',
		size: wide,
		act: (page) => page.locator('[data-act="fold SPRINT-002-01"]').click(),
	},
	{ name: 'narrow-dark', theme: 'dark', query: 'plan=seed', size: narrow, act: select('TASK-001') },
	{ name: 'narrow-light', theme: 'light', query: 'plan=seed', size: { width: 380, height: 700 } },
	{ name: 'flat', theme: 'dark', query: 'plan=flat', size: wide },
	{ name: 'empty', theme: 'dark', query: 'plan=empty', size: wide },
	{ name: 'failed', theme: 'light', query: 'plan=seed&fail', size: wide },
	{ name: 'thousand', theme: 'dark', query: 'plan=1000', size: wide },
	{
		name: 'thousand-open',
		theme: 'dark',
		query: 'plan=1000',
		size: wide,
		act: (page) => page.locator('[aria-label="Expand all sprints"]').click(),
	},
	{
		name: 'thousand-fit',
		theme: 'light',
		query: 'plan=1000',
		size: wide,
		act: async (page) => {
			await page.locator('[aria-label="Expand all sprints"]').click();
			await page.waitForTimeout(600);
			await page.keyboard.press('Escape');
			await page.locator('[aria-label="Fit to window (0)"]').click();
		},
	},
	{ name: 'ten-thousand', theme: 'dark', query: 'plan=10000', size: wide },
	{
		name: 'ten-thousand-fit',
		theme: 'dark',
		query: 'plan=10000',
		size: wide,
		act: async (page) => {
			await page.locator('[aria-label="Expand all sprints"]').click();
			await page.waitForTimeout(1500);
			await page.locator('[aria-label="Fit to window (0)"]').click();
		},
	},
];

const work = await mkdtemp(path.join(tmpdir(), 'switchyard-gallery-'));
await mkdir(out, { recursive: true });
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
	for (const shot of shots.filter(({ name }) => name.includes(only))) {
		await take(shot);
	}
} finally {
	await browser.close();
	await rm(work, { recursive: true, force: true });
}

async function prepare() {
	await esbuild.build({
		entryPoints: [path.join(root, 'test/webview/gallery/galleryHost.ts')],
		bundle: true,
		outfile: path.join(work, 'host.js'),
		format: 'iife',
		logLevel: 'warning',
	});
	for (const name of ['graph.js', 'graph.css', 'codicon.css', 'codicon.ttf']) {
		await copyFile(path.join(root, 'dist/webview', name), path.join(work, name));
	}
	for (const [name, { classes, colors }] of Object.entries(themes)) {
		const variables = Object.entries(colors).map(([key, value]) => `--vscode-${key}:${value};`);
		variables.push('--vscode-font-family:system-ui,"DejaVu Sans",sans-serif;', '--vscode-font-size:13px;');
		const plan = JSON.stringify({ rootUri: 'file:///shop', key: 'planning' }).replaceAll('"', '&quot;');
		await writeFile(
			path.join(work, `${name}.html`),
			`<!DOCTYPE html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src file:; style-src file: 'sha256-none'; font-src file:">
<link rel="stylesheet" href="theme-${name}.css"><link rel="stylesheet" href="codicon.css"><link rel="stylesheet" href="graph.css">
</head><body class="${classes}" data-session="gallery" data-plan="${plan}" data-strings="{}"><div id="root"></div>
<script src="host.js"></script><script src="graph.js"></script></body></html>`,
		);
		await writeFile(path.join(work, `theme-${name}.css`), `:root{${variables.join('')}}`);
	}
}

async function take({ name, theme, query, size, act }) {
	const page = await browser.newPage({ viewport: size });
	const problems = [];
	page.on('pageerror', (error) => problems.push(error.message));
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
	await page.goto(`${pathToFileURL(path.join(work, `${theme}.html`))}?${query}`);
	await page.locator('.surface, .notice').first().waitFor();
	await act?.(page);
	// Fonts, transitions and a camera on its way; a picture for eyes may wait a moment, a test may not.
	await page.waitForTimeout(500);
	await page.screenshot({ path: path.join(out, `${name}.png`) });
	const reports = await page.evaluate(() => window.received.filter(({ method }) => method === 'problem'));
	const size_ = await page.evaluate(() => document.querySelectorAll('*').length);
	process.stdout.write(
		`${name}: ${size_} elements ${[...problems, ...reports.map((r) => JSON.stringify(r.params))].join(' | ')}\n`,
	);
	await page.close();
}
