import { findProgram, tryProgram } from '../setup/runProgram.mjs';
import { SetupError } from '../setup/setupError.mjs';

/**
 * A desktop VS Code that can show a window here, or the reason why there is none.
 * @returns {Promise<{executable: string, version: string} | {reason: string}>}
 */
export async function findDesktopCode() {
	const named = process.env.VSCODE_EXECUTABLE;
	const executable = named || findProgram(['code', 'code-insiders', 'codium']);
	if (executable === undefined) {
		return { reason: 'no `code` in PATH' };
	}
	if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
		return { reason: 'no display' };
	}
	// In a terminal of VS Code over SSH, in a container or in WSL, `code` only forwards files to the window outside.
	if (named === undefined && process.env.VSCODE_IPC_HOOK_CLI !== undefined) {
		return { reason: '`code` belongs to a remote window' };
	}
	const asRoot = process.getuid?.() === 0 ? ['--no-sandbox', '--user-data-dir', '/nonexistent'] : [];
	const { code, output } = await tryProgram(executable, [...asRoot, '--version']);
	if (code === 0) {
		return { executable, version: output.trim().split('\n')[0] };
	}
	if (named !== undefined) {
		throw new SetupError(`VSCODE_EXECUTABLE is not a VS Code that starts: ${named}`);
	}
	return { reason: `${executable} does not start` };
}
