// npm run schemas: writes what is generated from a single source and committed, because it ships or is bundled.
import { readFile, writeFile } from 'node:fs/promises';
import { problemHelp } from './generate/problemHelp.mjs';

const root = new URL('../', import.meta.url);

async function write(path, value) {
	await writeFile(new URL(path, root), `${JSON.stringify(value, null, '\t')}\n`);
	process.stdout.write(`${path}\n`);
}

await write(
	'src/cli/problemHelp.json',
	problemHelp(await readFile(new URL('docs/problems.md', root), 'utf8')),
);
