import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { repositoryFolder } from '../setup/folders.mjs';
import { SetupError } from '../setup/setupError.mjs';

const source = path.join(repositoryFolder, 'test/host');

/**
 * The launches: every folder of test/host with a launch.json, which says what VS Code is opened on.
 * @param {{long: boolean}} options
 * @returns {{name: string, workspace: string | null, trusted: boolean, settings: Record<string, unknown>, tests: string[], leftOut: string[]}[]}
 */
export function findLaunches({ long }) {
	const folders = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory());
	return folders.map(({ name }) => {
		const description = JSON.parse(readFileSync(path.join(source, name, 'launch.json'), 'utf8'));
		const files = readdirSync(path.join(source, name)).filter((file) => file.endsWith('.test.ts'));
		const isLeftOut = (file) => !long && file.endsWith('.long.test.ts');
		return {
			...{ name, workspace: null, trusted: true, settings: {} },
			...description,
			tests: files.filter((file) => !isLeftOut(file)),
			leftOut: files.filter(isLeftOut),
		};
	});
}

/**
 * Bundles the suites and their bootstrap. They lie under node_modules so that mocha is found from there, and so that no
 * other tool takes them for sources.
 * @returns {Promise<string>} the folder
 */
export async function buildHostTests(launches) {
	const { build } = await import('esbuild');
	const target = path.join(repositoryFolder, 'node_modules/.cache/switchyard/host');
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	const entries = launches.flatMap(({ name, tests }) => tests.map((file) => path.join(source, name, file)));
	const options = {
		entryPoints: [path.join(source, 'index.ts'), ...entries],
		outbase: source,
		outdir: target,
		outExtension: { '.js': '.cjs' },
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		external: ['vscode', 'mocha'],
		sourcemap: 'inline',
		logLevel: 'warning',
	};
	try {
		await build(options);
	} catch (error) {
		// Esbuild has already said where and what.
		throw new SetupError(
			`the suites of test/host do not build: ${error.errors?.length ?? 0} errors`,
			undefined,
			{
				cause: error,
			},
		);
	}
	return target;
}
