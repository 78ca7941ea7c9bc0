import { existsSync, readdirSync } from 'node:fs';
import { findProgram } from './runProgram.mjs';
import { SetupError } from './setupError.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

const programs = [
	'chromium',
	'chromium-browser',
	'google-chrome-stable',
	'google-chrome',
	'chrome',
	'msedge',
];
const fixedPlaces = [
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * The browser of the e2e and in-host tests; the environment variable CHROMIUM names another one.
 * @returns {Promise<string>} the executable
 */
export async function ensureChromium() {
	const found = findChromium();
	if (found !== undefined) {
		return found;
	}
	if (process.platform !== 'linux') {
		throw new SetupError(
			'no Chromium was found',
			'Install Google Chrome, or set CHROMIUM to the path of one',
		);
	}
	await ensureSystemPackages(chromiumRequirements());
	const installed = findChromium();
	if (installed === undefined) {
		throw new SetupError('the chromium package brought no browser', 'Set CHROMIUM to the path of one');
	}
	return installed;
}

/** @returns {import('./systemPackages.mjs').SystemPackage[]} */
export function chromiumRequirements() {
	if (process.platform !== 'linux') {
		return [];
	}
	const purpose = 'for the tests in a browser';
	return [
		{ purpose, debian: 'chromium', isThere: () => findChromium() !== undefined },
		// Without any font the pages stay blank.
		{ purpose, debian: 'fonts-liberation', isThere: hasFonts },
	];
}

function hasFonts() {
	return existsSync('/usr/share/fonts') && readdirSync('/usr/share/fonts').length > 0;
}

function findChromium() {
	const given = process.env.CHROMIUM;
	if (given === undefined || given === '') {
		return findProgram(programs) ?? fixedPlaces.find((file) => existsSync(file));
	}
	if (!existsSync(given)) {
		throw new SetupError(`CHROMIUM names a file that is not there: ${given}`);
	}
	return given;
}
