// npm run bench [-- edits servers …]: bundles server and benchmarks beside each other and runs all of them, or those named.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = `${root}test-results/bench`;

// Minified as it ships; inside the repository, so that the packages are found.
await esbuild.build({
	entryPoints: { server: `${root}src/server/main.ts` },
	bundle: true,
	minify: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	mainFields: ['module', 'main'],
	outdir: folder,
	outExtension: { '.js': '.cjs' },
});
await esbuild.build({
	entryPoints: { main: `${root}test/bench/main.ts` },
	bundle: true,
	platform: 'node',
	format: 'esm',
	packages: 'external',
	outdir: folder,
	outExtension: { '.js': '.mjs' },
});
const { status } = spawnSync(
	process.execPath,
	[`${folder}/main.mjs`, `${folder}/server.cjs`, ...process.argv.slice(2)],
	{
		cwd: root,
		stdio: 'inherit',
	},
);
process.exitCode = status ?? 1;
