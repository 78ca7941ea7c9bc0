import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { userEnvironment } from '../setup/environment.mjs';
import { repositoryFolder } from '../setup/folders.mjs';
import { runStageProgram } from './runStageProgram.mjs';

const limitMs = 12 * 60_000;
const longLimitMs = 6 * 60 * 60_000;

/**
 * Runs vitest projects and counts what they did. A folder without a single test is a failure: a glob that stopped
 * matching must not look like success.
 * @param {object} options
 * @param {Record<string, string[]>} options.suites project name → folders that must hold tests
 * @param {boolean} options.long
 * @param {string | undefined} options.vsix what the build stage packed
 * @param {string | undefined} options.grep only tests whose name matches; then folders may stay empty
 */
export async function runVitest({ suites, long, grep, vsix }) {
	const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-vitest-'));
	try {
		const outputFile = path.join(folder, 'report.json');
		const { code, timedOut } = await runStageProgram(
			process.execPath,
			[
				path.join(repositoryFolder, 'node_modules/vitest/vitest.mjs'),
				'run',
				...Object.keys(suites).flatMap((project) => ['--project', project]),
				...['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`],
				...(grep === undefined ? [] : ['--testNamePattern', grep]),
			],
			{
				cwd: repositoryFolder,
				env: userEnvironment({
					SWITCHYARD_LONG: long ? '1' : undefined,
					SWITCHYARD_VSIX: vsix,
					...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }),
				}),
				limitMs: long ? longLimitMs : limitMs,
			},
		);
		const files = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')).testResults : [];
		const folders = grep === undefined ? Object.values(suites).flat() : [];
		return countResults(files, { folders, problem: findProblem({ code, timedOut, files }) });
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Says why a run without a failed test failed all the same: an error outside of the tests, a hang, a crash. */
function findProblem({ code, timedOut, files }) {
	if (timedOut) {
		return 'vitest did not end in time and was stopped';
	}
	const hasFailure = files.some(({ status }) => status === 'failed');
	return code === 0 || hasFailure ? undefined : `vitest ended with exit code ${code}`;
}

/**
 * Counts what a report of vitest says.
 * @param {object[]} files its `testResults`
 * @param {{ folders: string[], problem: string | undefined }} more folders that must hold tests; what else went wrong
 */
export function countResults(files, { folders, problem }) {
	const tests = files.flatMap(({ name, assertionResults }) =>
		assertionResults.map((test) => ({ ...test, file: path.relative(repositoryFolder, name) })),
	);
	const withStatus = (...wanted) => tests.filter(({ status }) => wanted.includes(status));
	// A file that could not even be loaded, or in which something around the tests failed: none of them has to.
	const broken = files.filter(
		({ status, assertionResults }) =>
			status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
	);
	const empty = folders.filter((folder) => !tests.some(({ file }) => file.startsWith(folder + path.sep)));
	const problems = [
		...broken.map(({ name }) => `${path.relative(repositoryFolder, name)} failed outside of its tests`),
		...empty.map((folder) => `no test in ${folder}`),
		...(problem === undefined ? [] : [problem]),
	];
	for (const text of problems) {
		console.log(`  ✗ ${text}`);
	}
	return {
		passed: withStatus('passed').length,
		failed: withStatus('failed').length + problems.length,
		skipped: withStatus('pending', 'skipped', 'todo', 'disabled').map(
			({ file, fullName }) => `${file}: ${fullName}`,
		),
	};
}
