import { existsSync } from 'node:fs';
import { userEnvironment } from './environment.mjs';
import { withProgress } from './progress.mjs';
import { findProgram, runProgram, tryProgram } from './runProgram.mjs';
import { SetupError } from './setupError.mjs';

/** What the native modules of code-server are built with. */
export async function ensureCompiler() {
	const needed = [
		{ debian: 'g++', found: () => findProgram(['g++', 'c++', 'clang++']) !== undefined },
		{ debian: 'make', found: () => findProgram(['make']) !== undefined },
		{ debian: 'python3', found: () => findProgram(['python3']) !== undefined },
		{ debian: 'libkrb5-dev', found: hasKerberosHeaders },
	];
	await ensureSystemPackages('to build the browser-served VS Code', needed);
}

function hasKerberosHeaders() {
	const places = ['/usr/include', '/usr/local/include', '/usr/include/mit-krb5', '/opt/homebrew/include'];
	return process.platform === 'darwin' || places.some((place) => existsSync(`${place}/gssapi/gssapi.h`));
}

/**
 * Installs what is missing through apt where that is allowed; otherwise one line says what to install.
 * @param {string} purpose
 * @param {{debian: string, found: () => boolean}[]} needed
 */
export async function ensureSystemPackages(purpose, needed) {
	const missing = needed.filter(({ found }) => !found()).map(({ debian }) => debian);
	if (missing.length === 0) {
		return;
	}
	const names = missing.join(' ');
	const apt = await findApt();
	if (apt === undefined) {
		const remedy = `On Debian and Ubuntu: sudo apt-get install ${names}`;
		throw new SetupError(`some system packages are missing ${purpose}: ${names}`, remedy);
	}
	await withProgress(`system packages: installing ${names}`, () => installWithApt(apt, missing));
	const stillMissing = needed.filter(({ found }) => !found()).map(({ debian }) => debian);
	if (stillMissing.length > 0) {
		throw new SetupError(`apt installed ${names}, but not found afterwards: ${stillMissing.join(' ')}`);
	}
}

/** The command line that may install packages without asking anybody, or undefined. */
async function findApt() {
	const apt = findProgram(['apt-get']);
	if (apt === undefined) {
		return undefined;
	}
	if (process.getuid?.() === 0) {
		return [apt];
	}
	const sudo = findProgram(['sudo']);
	const allowed = sudo !== undefined && (await tryProgram(sudo, ['-n', 'true'])).code === 0;
	return allowed ? [sudo, '-n', 'DEBIAN_FRONTEND=noninteractive', apt] : undefined;
}

async function installWithApt([command, ...before], names) {
	const env = userEnvironment({ DEBIAN_FRONTEND: 'noninteractive' });
	// Another apt may be at work, on a fresh machine typically the automatic update.
	const wait = ['-o', 'DPkg::Lock::Timeout=300'];
	const install = [...before, 'install', '-y', '--no-install-recommends', ...wait, ...names];
	if ((await tryProgram(command, install, { env })).code === 0) {
		return;
	}
	await runProgram(command, [...before, 'update', ...wait], { env, what: 'apt-get update' });
	await runProgram(command, install, {
		env,
		what: 'apt-get install',
		remedy: `Run it by hand to see why: apt-get install ${names.join(' ')}`,
	});
}
