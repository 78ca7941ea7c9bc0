import { readdirSync } from 'node:fs';
import path from 'node:path';
import { repositoryFolder } from '../setup/folders.mjs';

/** The files that only `npm run test:long` runs, relative to the repository. */
export function findLongTests() {
	const folder = path.join(repositoryFolder, 'test');
	const files = readdirSync(folder, { recursive: true }).map((file) => `test/${file.replaceAll('\\', '/')}`);
	return files.filter((file) => /\.long\.test\.tsx?$/.test(file)).sort();
}
