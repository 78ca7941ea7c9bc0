import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { userEnvironment } from '../setup/environment.mjs';
import { onProcessEnd } from '../setup/onProcessEnd.mjs';
import { findProgram } from '../setup/runProgram.mjs';
import { installExtension } from '../vscode/installExtension.mjs';
import { serveVscode } from '../vscode/serveVscode.mjs';
import { writeUserSettings } from '../vscode/settings.mjs';

/**
 * Serves a VS Code with the packaged extension installed, and stays until Ctrl+C.
 * @param {{codeServer: {node: string, entry: string}, vsix: string, opened: {folder: string, isSample: boolean}, browser: boolean}} options
 * @returns {Promise<number>} the exit code
 */
export async function openServed({ codeServer, vsix, opened, browser }) {
	// Each start has its own settings and extensions, so that several can be open at once; only the sample copy stays.
	const world = mkdtempSync(path.join(tmpdir(), 'switchyard-start-'));
	onProcessEnd(() => rmSync(world, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 }));
	const userData = path.join(world, 'user-data');
	const extensions = path.join(world, 'extensions');
	mkdirSync(userData);
	// A sample says itself what to click.
	writeUserSettings(userData, opened.isSample ? { 'workbench.startupEditor': 'readme' } : {});
	const env = userEnvironment();
	await installExtension({ codeServer, vsix, extensions, userData, env });
	const server = await serveVscode({
		...{ codeServer, userData, extensions, env },
		// The sample is ours and a fresh copy: asking whether to trust its authors says nothing to anybody, and the first
		// screen would be a wall. A folder of the person's own is asked about, as always.
		trustEverything: opened.isSample,
	});
	const address = `${server.url}?folder=${encodeURIComponent(opened.folder).replaceAll('%2F', '/')}`;
	console.log(`\nSwitchyard is open at ${address}\nCtrl+C ends it. The folder stays: ${opened.folder}`);
	if (browser) {
		openInBrowser(address);
	}
	const code = await server.ended;
	console.error('switchyard: the VS Code server ended by itself');
	return code ?? 1;
}

/** Only where somebody sits in front of it; a failure is no news, since the address was printed. */
function openInBrowser(address) {
	const hasDesktop = process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
	const opener = findProgram([process.platform === 'darwin' ? 'open' : 'xdg-open']);
	if (hasDesktop && opener !== undefined) {
		const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
		child.on('error', () => undefined);
		child.unref();
	}
}
