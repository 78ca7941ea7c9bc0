// Builds every bundle of the product into dist/. One process face is one entry; what a face must not contain (vscode
// outside the host, Node modules in a webview) is left unresolvable for it, so a stray import fails the build.
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import esbuild from 'esbuild';
import { foldVersion } from './scripts/foldVersion.mjs';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

const shared = {
	bundle: true,
	minify: production,
	sourcemap: production ? false : 'linked',
	legalComments: 'none',
	logLevel: 'info',
	outdir: 'dist',
	// The ESM builds of the LSP packages and of yaml are what tree shaking needs; 'main' alone would pull UMD wrappers.
	mainFields: ['module', 'main'],
};

// Some packages ask for their own URL; in a CommonJS bundle that is the bundle's.
const ownUrl = "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;";
const node = {
	...shared,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	banner: { js: ownUrl },
	define: { 'import.meta.url': 'importMetaUrl' },
};

// The eager part of the extension must stay tiny: it requires the rest (dist/host.js) only when a plan is there.
const hostOnDemand = {
	name: 'host-on-demand',
	setup(build) {
		build.onResolve({ filter: /\/host\/main\.ts$/ }, () => ({ path: './host.js', external: true }));
	},
};

// What only an import of another tool's plan needs, or the making of a new one, stays out of the host until somebody does so.
const importOnDemand = {
	name: 'import-on-demand',
	setup(build) {
		build.onResolve({ filter: /\/foreign\/importPlan\.ts$/ }, () => ({
			path: './importPlan.js',
			external: true,
		}));
		build.onResolve({ filter: /\/prd\/interviewSession\.ts$/ }, () => ({
			path: './interviewSession.js',
			external: true,
		}));
	},
};

const builds = [
	{ ...node, entryPoints: { extension: 'src/extension.ts' }, external: ['vscode'], plugins: [hostOnDemand] },
	{ ...node, entryPoints: { host: 'src/host/main.ts' }, external: ['vscode'], plugins: [importOnDemand] },
	{
		...node,
		entryPoints: {
			server: 'src/server/main.ts',
			loader: 'src/engine/loader/main.ts',
			runner: 'src/engine/runner/main.ts',
			reports: 'src/engine/reports/main.ts',
			viewer: 'src/engine/viewer/main.ts',
			layoutWorker: 'src/host/graph/layoutWorker.ts',
			historyWorker: 'src/host/panels/historyWorker.ts',
			importPlan: 'src/core/plan/foreign/importPlan.ts',
			interviewSession: 'src/core/prd/interviewSession.ts',
		},
	},
	{ ...node, entryPoints: { cli: 'src/cli/main.ts' }, banner: { js: `#!/usr/bin/env node\n${ownUrl}` } },
	{
		...shared,
		platform: 'browser',
		format: 'iife',
		target: 'es2022',
		outdir: 'dist/webview',
		jsx: 'automatic',
		jsxImportSource: 'preact',
		entryPoints: {
			graph: 'webview-ui/graph/main.tsx',
			preview: 'webview-ui/preview/main.tsx',
			timeline: 'webview-ui/timeline/main.tsx',
			forecastWorker: 'webview-ui/forecast/forecastWorker.ts',
		},
		loader: { '.ttf': 'file' },
	},
];

/** The icon font of the webviews, from the package that VS Code itself uses. */
async function copyCodicons() {
	await mkdir('dist/webview', { recursive: true });
	for (const name of ['codicon.css', 'codicon.ttf']) {
		await copyFile(`node_modules/@vscode/codicons/dist/${name}`, `dist/webview/${name}`);
	}
}

await rm('dist', { recursive: true, force: true });
await copyCodicons();
const { version } = JSON.parse(await readFile('package.json', 'utf8'));
for (const options of builds) {
	options.define = {
		...options.define,
		SWITCHYARD_VERSION: JSON.stringify(version),
		// While the sources change, nobody knows which of them made a checkpoint.
		SWITCHYARD_FOLD: JSON.stringify(watch ? '' : foldVersion()),
	};
}
if (watch) {
	await Promise.all(builds.map(async (options) => (await esbuild.context(options)).watch()));
} else {
	await Promise.all(builds.map((options) => esbuild.build(options)));
}
