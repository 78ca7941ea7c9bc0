import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './folders.mjs';
import { onProcessEnd } from './onProcessEnd.mjs';
import { withProgress } from './progress.mjs';

/**
 * Installs a tool into the cache exactly once: it is built in a folder of this process and renamed into place, so the
 * final folder is either complete or not there, whatever is interrupted and however many runs start at once.
 * @param {{name: string, note?: string, install: (folder: string) => Promise<void>}} tool `name` holds the version
 * @returns {Promise<string>} the folder
 */
export async function installOnce({ name, note, install }) {
	const target = path.join(cacheFolder(), name);
	if (isInstalled(name)) {
		return target;
	}
	mkdirSync(cacheFolder(), { recursive: true });
	removeAbandoned(name);
	const partial = `${target}.partial-${process.pid}`;
	const removePartial = () => removeFolder(partial);
	const release = onProcessEnd(removePartial);
	try {
		await withProgress(`${name}: installing${note === undefined ? '' : ` (${note})`}`, async () => {
			removePartial();
			mkdirSync(partial);
			await install(partial);
			moveIntoPlace(partial, target);
		});
	} finally {
		removePartial();
		release();
	}
	return target;
}

/** @param {string} name of a tool, with its version */
export function isInstalled(name) {
	return existsSync(path.join(cacheFolder(), name));
}

function moveIntoPlace(partial, target) {
	try {
		renameSync(partial, target);
	} catch (error) {
		// Another run was faster; its folder is as good as ours.
		if (!existsSync(target)) {
			throw error;
		}
	}
}

function removeAbandoned(name) {
	for (const entry of readdirSync(cacheFolder())) {
		const pid = Number(entry.startsWith(`${name}.partial-`) ? entry.slice(name.length + 9) : Number.NaN);
		if (Number.isInteger(pid) && !isAlive(pid)) {
			removeFolder(path.join(cacheFolder(), entry));
		}
	}
}

/** Programs that were just killed may still be writing: what cannot be removed now is found by the next run. */
function removeFolder(folder) {
	try {
		rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
	} catch (error) {
		console.error(`  left ${folder}: ${error.message}`);
	}
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}
