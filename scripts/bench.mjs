// npm run bench: bundles server and benchmarks beside each other and runs them in one process after the other.
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
const { status } = spawnSync(process.execPath, [`${folder}/main.mjs`, `${folder}/server.cjs`], {
	cwd: root,
	stdio: 'inherit',
});
process.exitCode = status ?? 1;
