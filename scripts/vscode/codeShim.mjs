#!/usr/bin/env node
// Looks like the desktop `code` executable to @vscode/test-electron (its `vscodeExecutablePath`) and runs the same test
// suite in the browser-served VS Code with a headless Chromium. Everything it needs beyond the desktop's own flags
// comes as JSON in SWITCHYARD_SHIM: {codeServer, chromium, trust, desktop?}. With `desktop` it only takes away the flag
// that test-electron always adds and that would hide Workspace Trust from the tests.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { runMain } from '../setup/setupError.mjs';
import { chromiumFlags } from './chromiumFlags.mjs';
import { serveVscode } from './serveVscode.mjs';

const noTrustFlag = '--disable-workspace-trust';

await runMain(() => {
	const { SWITCHYARD_SHIM: text = '{}', ...env } = process.env;
	const shim = JSON.parse(text);
	const args = process.argv.slice(2).filter((arg) => arg !== noTrustFlag || !shim.trust);
	return shim.desktop === undefined ? runServed({ shim, args, env }) : runDesktop({ shim, args, env });
});

function runDesktop({ shim, args, env }) {
	const child = spawn(shim.desktop, args, { env, stdio: 'inherit' });
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => resolve(code ?? 1));
	});
}

async function runServed({ shim, args, env }) {
	const flag = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
	const server = await serveVscode({
		codeServer: shim.codeServer,
		userData: path.resolve(flag('user-data-dir')),
		extensions: path.resolve(flag('extensions-dir')),
		trustEverything: !shim.trust,
		env,
		args: ['--vscode-option', 'enable-smoke-test-driver=true'],
	});
	const browser = await chromium.launch({ executablePath: shim.chromium, args: chromiumFlags });
	try {
		const remote = (file) => `vscode-remote://127.0.0.1:${server.port}${file}`;
		const payload = ['extensionDevelopmentPath', 'extensionTestsPath'].map((name) => [
			name,
			remote(flag(name)),
		]);
		return await runInPage(
			browser,
			pageAddress({ server, payload, folder: args.find((arg) => !arg.startsWith('-')) }),
		);
	} finally {
		await browser.close();
		await server.stop();
		console.log(readFileSync(path.join(flag('user-data-dir'), 'server.log'), 'utf8'));
	}
}

function pageAddress({ server, payload, folder }) {
	const query = new URLSearchParams({ payload: JSON.stringify(payload) });
	const kind = folder?.endsWith('.code-workspace') ? 'workspace' : 'folder';
	query.set(folder === undefined ? 'ew' : kind, folder ?? 'true');
	return `${server.url}?${query}`;
}

/** The page calls two functions when it was started for a test: one with what is logged, one with the exit code. */
async function runInPage(browser, address) {
	const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
	page.on('crash', () => console.error('the page with the workbench crashed'));
	await page.exposeFunction('codeAutomationLog', (type, values) => console.log(`[${type}]`, ...values));
	const exited = new Promise((resolve) => {
		page.exposeFunction('codeAutomationExit', (code) => resolve(code)).catch(() => resolve(1));
	});
	await page.goto(address);
	return exited;
}
