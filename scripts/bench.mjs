// npm run bench [-- edits servers … engine]: bundles the product and the benchmarks beside each other, minified as it
// ships, and runs all of them or those named. Those of the engine have a process of their own.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { foldVersion } from './foldVersion.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
// Inside the repository, so that the packages are found.
const folder = `${root}test-results/bench`;
const asked = process.argv.slice(2);

const product = {
	bundle: true,
	minify: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	mainFields: ['module', 'main'],
	banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
	define: {
		'import.meta.url': 'importMetaUrl',
		SWITCHYARD_VERSION: '"bench"',
		SWITCHYARD_FOLD: JSON.stringify(foldVersion()),
	},
};
await esbuild.build({
	...product,
	entryPoints: { server: `${root}src/server/main.ts` },
	outdir: folder,
	outExtension: { '.js': '.cjs' },
});
await esbuild.build({
	...product,
	entryPoints: {
		cli: `${root}src/cli/main.ts`,
		loader: `${root}src/engine/loader/main.ts`,
		reports: `${root}src/engine/reports/main.ts`,
		runner: `${root}src/engine/runner/main.ts`,
	},
	outdir: `${folder}/dist`,
});
await esbuild.build({
	entryPoints: {
		plans: `${root}test/bench/main.ts`,
		engine: `${root}test/bench/engine/main.ts`,
		openJournal: `${root}test/bench/engine/openJournal.ts`,
	},
	bundle: true,
	platform: 'node',
	format: 'esm',
	packages: 'external',
	outdir: folder,
	outExtension: { '.js': '.mjs' },
	define: { SWITCHYARD_FOLD: product.define.SWITCHYARD_FOLD },
});
const plans = asked.filter((name) => name !== 'engine');
const scripts = [
	...(plans.length > 0 || asked.length === 0 ? [['plans', `${folder}/server.cjs`, ...plans]] : []),
	...(asked.length === 0 || asked.includes('engine')
		? [['engine', `${folder}/dist`, `${folder}/openJournal.mjs`]]
		: []),
];
for (const [name, ...args] of scripts) {
	const { status } = spawnSync(process.execPath, [`${folder}/${name}.mjs`, ...args], {
		cwd: root,
		stdio: 'inherit',
	});
	if (status !== 0) {
		process.exitCode = status ?? 1;
	}
}
