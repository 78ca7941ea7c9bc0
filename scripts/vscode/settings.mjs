import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Settings for a VS Code that shows the plan and nothing else: no tours, no offers, no questions about git. */
const quietSettings = {
	'chat.disableAIFeatures': true,
	'extensions.ignoreRecommendations': true,
	'git.openRepositoryInParentFolders': 'never',
	'telemetry.telemetryLevel': 'off',
	'update.mode': 'none',
	'workbench.enableExperiments': false,
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'workbench.startupEditor': 'none',
	'workbench.tips.enabled': false,
	'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/**
 * Writes the user settings of a VS Code that is about to be started.
 * @param {string} userData
 * @param {Record<string, unknown>} [settings] added to the quiet ones, or instead of them
 */
export function writeUserSettings(userData, settings = {}) {
	const folder = path.join(userData, 'User');
	mkdirSync(folder, { recursive: true });
	const text = JSON.stringify({ ...quietSettings, ...settings }, undefined, '\t');
	writeFileSync(path.join(folder, 'settings.json'), `${text}\n`);
}
