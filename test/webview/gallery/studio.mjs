import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { themes } from './themes.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const policy =
	"default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; worker-src blob:";

/**
 * Built pages in headless Chromium with a stand-in for the editor, in every theme, to take pictures of: `host` is the
 * script that stands in, `pages` the pages, `files` what else of `dist/webview` they read, `ready` what is there when a
 * page is drawn. A shot has a `page`, `name`, `theme`, `query`, perhaps a `size` and something to do first (`act`).
 */
export async function openStudio({ host, pages, files = [], ready, out }) {
	const work = await mkdtemp(path.join(tmpdir(), 'switchyard-gallery-'));
	await mkdir(out, { recursive: true });
	await writePages(work, { host, pages, files });
	const server = serve(work);
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
	return {
		browser,
		base,
		take: (shot) => take({ browser, base, ready, out }, shot),
		close: async () => {
			await browser.close();
			server.close();
			await rm(work, { recursive: true, force: true });
		},
	};
}

/** The window of a wide and of a narrow editor. */
export const wide = { width: 1440, height: 900 };
export const narrow = { width: 560, height: 820 };

function serve(folder) {
	const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.ttf': 'font/ttf' };
	return createServer((request, response) => {
		const file = path.basename(new URL(request.url ?? '/', 'http://localhost').pathname);
		response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream');
		createReadStream(path.join(folder, file))
			.on('error', () => response.writeHead(404).end())
			.pipe(response);
	});
}

async function writePages(work, { host, pages, files }) {
	await esbuild.build({
		entryPoints: [path.join(root, 'test/webview/gallery', host)],
		bundle: true,
		outfile: path.join(work, 'host.js'),
		format: 'iife',
		logLevel: 'warning',
	});
	const own = pages.flatMap((page) => [`${page}.js`, `${page}.css`]);
	for (const name of [...own, ...files, 'codicon.css', 'codicon.ttf']) {
		await copyFile(path.join(root, 'dist/webview', name), path.join(work, name));
	}
	const plan = JSON.stringify({ rootUri: 'file:///shop', key: 'planning' }).replaceAll('"', '&quot;');
	for (const [name, { classes, colors }] of Object.entries(themes)) {
		const variables = Object.entries(colors).map(([key, value]) => `--vscode-${key}:${value};`);
		variables.push('--vscode-font-family:system-ui,"DejaVu Sans",sans-serif;', '--vscode-font-size:13px;');
		await writeFile(path.join(work, `theme-${name}.css`), `:root{${variables.join('')}}`);
		for (const page of pages) {
			await writeFile(
				path.join(work, `${page}-${name}.html`),
				`<!DOCTYPE html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="theme-${name}.css"><link rel="stylesheet" href="codicon.css"><link rel="stylesheet" href="${page}.css">
</head><body class="${classes}" data-session="gallery" data-plan="${plan}" data-strings="{}" data-worker="forecastWorker.js"><div id="root"></div>
<script src="host.js"></script><script src="${page}.js"></script></body></html>`,
			);
		}
	}
}

async function take({ browser, base, ready, out }, { page: kind, name, theme, query, size = wide, act }) {
	const page = await browser.newPage({ viewport: size });
	const problems = [];
	page.on('pageerror', (error) => problems.push(error.message));
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
	if (query.includes('&fail')) {
		await page.route('**/forecastWorker.js', (route) => route.abort());
	}
	await page.goto(`${base}/${kind}-${theme}.html?${query}`);
	await page.locator(ready).first().waitFor();
	await act?.(page);
	// Fonts, transitions and a camera on its way; a picture for eyes may wait a moment, a test may not.
	await page.waitForTimeout(600);
	await page.screenshot({ path: path.join(out, `${name}.png`) });
	const reports = await page.evaluate(() => window.received.filter(({ method }) => method === 'problem'));
	const elements = await page.evaluate(() => document.querySelectorAll('*').length);
	process.stdout.write(
		`${name}: ${elements} elements ${[...problems, ...reports.map((r) => JSON.stringify(r.params))].join(' | ')}\n`,
	);
	await page.close();
}
