import { cpSync, existsSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { repositoryFolder, stateFolder } from '../setup/folders.mjs';
import { SetupError } from '../setup/setupError.mjs';

/**
 * The folder that VS Code is opened on: the person's own, or a sample, of which `makeCopy` then makes a fresh copy.
 * @param {{sample?: string, folder?: string}} options
 * @returns {{folder: string, isSample: boolean}}
 */
export function chooseFolder({ sample = 'shop', folder }) {
	if (folder !== undefined) {
		const full = path.resolve(process.env.INIT_CWD ?? process.cwd(), folder);
		if (!existsSync(full) || !statSync(full).isDirectory()) {
			throw new SetupError(`there is no folder ${full}`, 'Give an existing one to --folder');
		}
		return { folder: realpathSync(full), isSample: false };
	}
	const samples = path.join(repositoryFolder, 'samples');
	const names = readdirSync(samples, { withFileTypes: true }).filter((entry) => entry.isDirectory());
	if (!names.some(({ name }) => name === sample)) {
		const known = names.map(({ name }) => name).join(', ');
		throw new SetupError(`there is no sample "${sample}"`, `Choose from ${known}`);
	}
	return { folder: path.join(samples, sample), isSample: true };
}

/** A copy of a sample in the state folder, where it stays with all that was done in it; other folders are as they are. */
export function makeCopy({ folder, isSample }) {
	if (!isSample) {
		return { folder, isSample };
	}
	const target = freshFolder(path.basename(folder));
	cpSync(folder, target, { recursive: true });
	return { folder: realpathSync(target), isSample };
}

function freshFolder(sample) {
	const parent = path.join(stateFolder(), 'samples');
	mkdirSync(parent, { recursive: true });
	for (let number = 1; ; number += 1) {
		const folder = path.join(parent, number === 1 ? sample : `${sample}-${number}`);
		if (!existsSync(folder)) {
			return folder;
		}
	}
}
