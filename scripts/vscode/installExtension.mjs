import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from '../setup/runProgram.mjs';

/**
 * Installs a packaged extension into a folder that serveVscode can be given, the way a user would.
 * @param {{codeServer: {node: string, entry: string}, vsix: string, extensions: string, userData: string, env: Record<string, string>}} options
 */
export async function installExtension({ codeServer, vsix, extensions, userData, env }) {
	mkdirSync(extensions, { recursive: true });
	const folders = ['--extensions-dir', extensions, '--user-data-dir', userData];
	const config = ['--config', path.join(userData, 'config.yaml')];
	await runProgram(
		codeServer.node,
		[codeServer.entry, ...folders, ...config, '--install-extension', vsix, '--force'],
		{ env, what: `installing ${path.basename(vsix)}` },
	);
}
