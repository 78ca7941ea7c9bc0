import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { findProgram, tryProgram } from '../setup/runProgram.mjs';
import { SetupError } from '../setup/setupError.mjs';

/**
 * A desktop VS Code that can show a window here: `command` is its command line, `electron` the program behind it, which
 * tests need because the command line returns before the window is closed.
 * @typedef {{command: string, electron: string, version: string}} DesktopCode
 */

/**
 * Finds a desktop VS Code, or the reason why there is none. VSCODE_EXECUTABLE names one.
 * @returns {Promise<DesktopCode | {reason: string}>}
 */
export async function findDesktopCode() {
	const named = process.env.VSCODE_EXECUTABLE;
	if (named) {
		if (!existsSync(named)) {
			throw new SetupError(`VSCODE_EXECUTABLE names a file that is not there: ${named}`);
		}
		return { command: named, electron: named, version: 'of VSCODE_EXECUTABLE' };
	}
	const command = findProgram(['code', 'code-insiders', 'codium']);
	if (command === undefined) {
		return { reason: 'no `code` in PATH' };
	}
	if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
		return { reason: 'no display for a desktop window' };
	}
	// In a terminal of VS Code over SSH, in a container or in WSL, `code` only forwards files to the window outside.
	if (process.env.VSCODE_IPC_HOOK_CLI !== undefined) {
		return { reason: '`code` belongs to a remote window' };
	}
	const { code, output } = await askVersion(command);
	if (code !== 0) {
		return { reason: `${command} does not start` };
	}
	return { command, electron: findElectron(command), version: output.trim().split('\n')[0] };
}

function askVersion(command) {
	if (process.platform === 'win32') {
		return tryProgram('cmd.exe', ['/c', command, '--version']);
	}
	// As root it insists on these two, even for this.
	const asRoot = process.getuid?.() === 0 ? ['--no-sandbox', '--user-data-dir', '/nonexistent'] : [];
	return tryProgram(command, [...asRoot, '--version']);
}

function findElectron(command) {
	const file = realpathSync(command);
	const bin = path.dirname(file);
	const candidates = [
		path.join(bin, '..', path.basename(file)),
		path.join(bin, '../../../MacOS/Electron'),
		path.join(bin, '..', 'Code.exe'),
	];
	return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile()) ?? command;
}
