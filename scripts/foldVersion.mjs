// A hash of all the source that decides what lines of a journal come to. It stands in every checkpoint, so that none is
// taken up by a program that would have made another one of the same lines: nobody has to remember to raise a number.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const folders = ['src/core', 'src/engine/files', 'src/engine/journal'];

export function foldVersion() {
	const hash = createHash('sha256');
	for (const folder of folders) {
		const names = readdirSync(join(root, folder), { recursive: true }).filter((name) => name.endsWith('.ts'));
		for (const name of names.sort()) {
			hash
				.update(name)
				.update('\0')
				.update(readFileSync(join(root, folder, name)))
				.update('\0');
		}
	}
	return hash.digest('hex').slice(0, 16);
}
