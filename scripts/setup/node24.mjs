import path from 'node:path';
import { userEnvironment } from './environment.mjs';
import { installOnce } from './installOnce.mjs';
import { findNpmCli, runProgram } from './runProgram.mjs';

const version = '24.21.0';

/**
 * A Node 24 for the tools that need one, whatever Node the person has. The platform's package is taken directly: the
 * `node` package picks it with an install script, which newer versions of npm do not run.
 * @returns {Promise<{node: string, root: string}>} the executable, and the folder with its headers for native modules
 */
export async function ensureNode24() {
	const packageName = platformPackage();
	const folder = await installOnce({
		name: `node-${version}`,
		note: 'about 50 MB to fetch',
		install: (partial) =>
			runProgram(
				process.execPath,
				[
					findNpmCli(),
					'install',
					...['--prefix', partial, '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'],
					`${packageName}@${version}`,
				],
				{
					cwd: partial,
					env: userEnvironment(),
					what: `npm install ${packageName}@${version}`,
					remedy: 'Check the network and the npm registry setting, then run the same command again',
				},
			),
	});
	const root = path.join(folder, 'node_modules', packageName);
	return { node: path.join(root, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'), root };
}

function platformPackage() {
	const system = process.platform === 'win32' ? 'win' : process.platform;
	// The maker of these packages had to give the one for Apple's own chips another name.
	const prefix = system === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
	return `${prefix}-${system}-${process.arch}`;
}
