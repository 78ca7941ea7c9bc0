import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { userEnvironment } from './environment.mjs';
import { repositoryFolder } from './folders.mjs';
import { withProgress } from './progress.mjs';
import { findNpmCli, runProgram } from './runProgram.mjs';

/** Makes node_modules what package-lock.json says. Does nothing when it already is. */
export async function ensurePackages() {
	if (packagesMatchLock()) {
		return;
	}
	await withProgress('npm packages: installing', () =>
		// No install script is needed: every native part (esbuild, Biome, TypeScript) comes as a platform package. Leaving
		// them out gives the same result with every npm, whether it blocks them by default or not.
		runProgram(process.execPath, [findNpmCli(), 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
			cwd: repositoryFolder,
			env: userEnvironment(),
			what: 'npm ci',
			remedy: 'Check the network and the npm registry setting, then run the same command again',
		}),
	);
}

/** npm writes node_modules/.package-lock.json last, so comparing the two tells a whole install from half a one. */
function packagesMatchLock() {
	const wanted = readPackages(path.join(repositoryFolder, 'package-lock.json'));
	const installed = readPackages(path.join(repositoryFolder, 'node_modules/.package-lock.json'));
	return Object.entries(wanted).every(([name, { version, optional }]) => {
		const found = installed[name];
		return name === '' || (found === undefined ? optional === true : found.version === version);
	});
}

function readPackages(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}
