import { userEnvironment } from './environment.mjs';
import { withProgress } from './progress.mjs';
import { findProgram, runProgram, tryProgram } from './runProgram.mjs';
import { SetupError } from './setupError.mjs';

/**
 * A package of the system: what it is called, how to see that it is there, and what for.
 * @typedef {{debian: string, isThere: () => boolean, purpose: string}} SystemPackage
 */

/**
 * Installs what is missing through apt where that is allowed; otherwise one line says what to install, all of it at once.
 * @param {SystemPackage[]} needed
 */
export async function ensureSystemPackages(needed) {
	const missing = needed.filter(({ isThere }) => !isThere());
	if (missing.length === 0) {
		return;
	}
	const names = missing.map(({ debian }) => debian);
	const apt = await findApt();
	if (apt === undefined) {
		const purposes = [...new Set(missing.map(({ purpose }) => purpose))].join(', and ');
		throw new SetupError(
			`${names.join(', ')} missing: ${purposes}`,
			`On Debian and Ubuntu: sudo apt-get install ${names.join(' ')}`,
		);
	}
	await withProgress(`system packages: installing ${names.join(' ')}`, () => installWithApt(apt, names));
	const stillMissing = missing.filter(({ isThere }) => !isThere()).map(({ debian }) => debian);
	if (stillMissing.length > 0) {
		throw new SetupError(`apt brought the packages, but not what they are for: ${stillMissing.join(' ')}`);
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
