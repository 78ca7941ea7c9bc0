// npm run schemas: writes what is generated from a single source and committed, because it ships or is bundled.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { problemHelp } from './generate/problemHelp.mjs';

const root = new URL('../', import.meta.url);

async function write(path, value) {
	await writeFile(new URL(path, root), `${JSON.stringify(value, null, '\t')}\n`);
	process.stdout.write(`${path}\n`);
}

/** A TypeScript module of ours, bundled in memory. */
async function load(path) {
	const { outputFiles } = await esbuild.build({
		entryPoints: [fileURLToPath(new URL(path, root))],
		bundle: true,
		write: false,
		format: 'esm',
		platform: 'node',
	});
	return await import(
		`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
	);
}

await write(
	'src/cli/problemHelp.json',
	problemHelp(await readFile(new URL('docs/problems.md', root), 'utf8')),
);
const { jsonSchemas } = await load('src/core/plan/jsonSchemas.ts');
await mkdir(new URL('media/schemas/', root), { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas())) {
	await write(`media/schemas/${name}`, schema);
}
