import { spawn } from 'node:child_process';
import path from 'node:path';
import { userEnvironment } from '../setup/environment.mjs';
import { repositoryFolder, stateFolder } from '../setup/folders.mjs';
import { SetupError } from '../setup/setupError.mjs';

/**
 * Opens a desktop VS Code with the extension of this checkout and stays until its window is closed.
 * @param {{desktop: import('../vscode/findDesktopCode.mjs').DesktopCode, opened: {folder: string, isSample: boolean}}} options
 * @returns {Promise<number>} the exit code
 */
export function openDesktop({ desktop, opened }) {
	// Settings of its own: a window of the person's running VS Code would not take our flags.
	const args = [
		...['--new-window', '--wait', '--user-data-dir', path.join(stateFolder(), 'desktop')],
		...[`--extensionDevelopmentPath=${repositoryFolder}`, '--skip-welcome', '--skip-release-notes'],
		// Chromium's sandbox does not start as root.
		...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
		// The sample is ours and a fresh copy: asking whether to trust its authors says nothing to anybody. A folder of the
		// person's own is asked about, as always.
		...(opened.isSample ? ['--disable-workspace-trust'] : []),
		opened.folder,
	];
	console.log(`Switchyard is open in VS Code ${desktop.version} on ${opened.folder}`);
	const isScript = process.platform === 'win32' && /\.(cmd|bat)$/i.test(desktop.command);
	const command = isScript ? `"${desktop.command}"` : desktop.command;
	const quoted = isScript ? args.map((arg) => `"${arg}"`) : args;
	const child = spawn(command, quoted, { env: userEnvironment(), stdio: 'inherit', shell: isScript });
	return new Promise((resolve, reject) => {
		child.once('error', (error) => reject(new SetupError(`${desktop.command}: ${error.message}`)));
		child.once('exit', (code) => resolve(code ?? 1));
	});
}
