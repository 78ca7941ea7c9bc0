import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { userEnvironment } from '../setup/environment.mjs';
import { repositoryFolder } from '../setup/folders.mjs';
import { runProgram } from '../setup/runProgram.mjs';
import { SetupError } from '../setup/setupError.mjs';

/** What .vscodeignore lets in; here a second time so that a slip there is found by its effect. */
const allowed = [
	/^(package\.json|package\.nls(\.[\w-]+)?\.json|README\.md|CHANGELOG\.md|LICENSE(\.txt)?)$/,
	/^dist\/(webview\/.+|[\w.-]+\.js)$/,
	/^(media|samples)\/.+$/,
	/^docs\/problems\.md$/,
];
const forbidden = /\.map$|(^|\/)(\.switchyard|\.work|node_modules)(\/|$)/;
const required = [
	'package.json',
	'README.md',
	'dist/extension.js',
	'dist/cli.js',
	'media/icon.png',
	'docs/problems.md',
];

/**
 * Builds the production bundles and packs the VSIX into the repository folder.
 * @returns {Promise<{vsix: string, summary: string}>}
 */
export async function packageExtension() {
	await run('esbuild.mjs', ['--production'], 'the build');
	const { name, version } = JSON.parse(readFileSync(path.join(repositoryFolder, 'package.json'), 'utf8'));
	const vsix = path.join(repositoryFolder, `${name}-${version}.vsix`);
	const vsce = 'node_modules/@vscode/vsce/vsce';
	const files = (await run(vsce, ['ls', '--no-dependencies'], 'vsce ls')).split('\n').filter(Boolean);
	checkFiles(files);
	const quiet = ['--allow-missing-repository', '--no-rewrite-relative-links'];
	await run(vsce, ['package', '--no-dependencies', ...quiet, '--out', vsix], 'vsce package');
	const kilobytes = Math.round(statSync(vsix).size / 1024);
	return { vsix, summary: `${kilobytes} KiB, ${files.length} files` };
}

function checkFiles(files) {
	const strange = files.filter((file) => forbidden.test(file) || !allowed.some((rule) => rule.test(file)));
	if (strange.length > 0) {
		throw new SetupError(
			`the package would hold ${strange.slice(0, 5).join(', ')}`,
			'Correct .vscodeignore, or allow the file in scripts/vscode/packageExtension.mjs',
		);
	}
	const missing = required.filter((file) => !files.includes(file));
	if (missing.length > 0) {
		throw new SetupError(`the package would lack ${missing.join(', ')}`);
	}
}

function run(script, args, what) {
	const command = [path.join(repositoryFolder, script), ...args];
	return runProgram(process.execPath, command, { cwd: repositoryFolder, env: userEnvironment(), what });
}
