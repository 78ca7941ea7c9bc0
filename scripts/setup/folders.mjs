import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this script belongs to. */
export const repositoryFolder = path.resolve(fileURLToPath(import.meta.url), '../../..');

/** Where fetched tools live, by name and version, so that a second clone starts at once. */
export function cacheFolder() {
	return path.join(
		platformFolder({ xdg: 'XDG_CACHE_HOME', unix: '.cache', mac: 'Library/Caches' }),
		'switchyard',
	);
}

/** Where `npm start` keeps the sample copies and the settings of the VS Code that it serves. */
export function stateFolder() {
	const options = { xdg: 'XDG_STATE_HOME', unix: '.local/state', mac: 'Library/Application Support' };
	return path.join(platformFolder(options), 'switchyard');
}

function platformFolder({ xdg, unix, mac }) {
	const given = process.env[xdg];
	if (given !== undefined && path.isAbsolute(given)) {
		return given;
	}
	if (process.platform === 'win32') {
		return process.env.LOCALAPPDATA ?? path.join(homedir(), 'AppData/Local');
	}
	const home = homedir();
	// A user without a home (some containers) still gets a working set-up, if not a lasting one.
	return home === '/' || home === '' ? tmpdir() : path.join(home, process.platform === 'darwin' ? mac : unix);
}
