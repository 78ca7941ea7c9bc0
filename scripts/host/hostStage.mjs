import {
	closeSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readFileSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { testEnvironment } from '../setup/environment.mjs';
import { repositoryFolder } from '../setup/folders.mjs';
import { runStageProgram } from '../test/runStageProgram.mjs';
import { writeUserSettings } from '../vscode/settings.mjs';
import { buildHostTests, findLaunches } from './buildHostTests.mjs';
import { followReport } from './hostReport.mjs';

const shimFile = fileURLToPath(new URL('../vscode/codeShim.mjs', import.meta.url));
const launchFile = fileURLToPath(new URL('./launchHost.mjs', import.meta.url));

/** What every start of the server says, and what looks like an error and is none. */
const noise =
	/^(\[[\d:]+\])?\s*$|reconnection-grace-time|vsda|open-vsx|AgentHost|ChatModel|Authentication is disabled|Not serving HTTPS|Session server/;

/**
 * Runs the suites of test/host inside a real VS Code, one start for each folder with a launch.json.
 * @param {object} context
 * @param {import('../vscode/findDesktopCode.mjs').DesktopCode | {reason: string}} context.desktop
 * @param {{node: string, entry: string} | undefined} context.codeServer needed without a desktop VS Code
 * @param {string | undefined} context.chromium the same
 */
export async function runHostStage(context) {
	const launches = findLaunches(context).filter(({ name }) => (context.launch ?? name) === name);
	const bundles = await buildHostTests(launches);
	const results = [];
	for (const launch of launches) {
		results.push(await runLaunch({ ...context, launch, suite: path.join(bundles, launch.name) }));
	}
	return {
		passed: sum(results.map(({ passed }) => passed)),
		failed: sum(results.map(({ failed }) => failed)),
		skipped: results.flatMap(({ skipped }) => skipped),
		note: [...new Set(results.map(({ version }) => version))].join(', '),
	};
}

async function runLaunch({ launch, suite, ...context }) {
	const trust = launch.trusted ? '' : ', untrusted';
	console.log(`\n  ${launch.name}: ${launch.workspace}${trust}, ${launch.tests.length} files`);
	// Real paths, because VS Code compares what it is given with what it resolves.
	const world = realpathSync(mkdtempSync(path.join(tmpdir(), 'switchyard-host-')));
	const report = path.join(world, 'report.jsonl');
	const logFile = path.join(repositoryFolder, 'test-results', `host-${launch.name}.log`);
	mkdirSync(path.dirname(logFile), { recursive: true });
	const log = openSync(logFile, 'w');
	const follower = followReport(report);
	try {
		const options = runTestsOptions({ launch, suite, world, report, context });
		const env = testEnvironment(makeFolder(world, 'home'));
		const { timedOut } = await runStageProgram(process.execPath, [launchFile, JSON.stringify(options)], {
			...{ cwd: world, env, output: log },
			limitMs: context.long ? 3_600_000 : 480_000,
		});
		return judge(follower.finish(), { timedOut, logFile, launch });
	} finally {
		closeSync(log);
		follower.finish();
		rmSync(world, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	}
}

/** The options of runTests for one launch; makes the folders it is opened on. */
function runTestsOptions({ launch, suite, world, report, context }) {
	const { desktop, codeServer, chromium, grep } = context;
	const electron = 'electron' in desktop ? desktop.electron : undefined;
	const userData = makeFolder(world, 'user-data');
	writeUserSettings(userData, {
		// Asking is a dialog, which nobody answers here: an untrusted folder just stays restricted.
		'security.workspace.trust.startupPrompt': 'never',
		...launch.settings,
	});
	return {
		vscodeExecutablePath: electron !== undefined && launch.trusted ? electron : shimFile,
		extensionDevelopmentPath: repositoryFolder,
		extensionTestsPath: path.join(suite, '../index.cjs'),
		launchArgs: [
			...workspaceArguments(launch, world),
			`--user-data-dir=${userData}`,
			`--extensions-dir=${extensionsFolder(launch, world)}`,
			...(electron !== undefined && !launch.trusted ? ['--no-sandbox'] : []),
		],
		extensionTestsEnv: {
			SWITCHYARD_HOST_SUITE: suite,
			SWITCHYARD_HOST_REPORT: report,
			SWITCHYARD_SHIM: JSON.stringify({ codeServer, chromium, trust: !launch.trusted, desktop: electron }),
			...(grep === undefined ? {} : { SWITCHYARD_GREP: grep }),
		},
	};
}

/**
 * A fresh copy, because tests write into it: `(empty)` is an empty folder, `(none)` a window without a folder, `(folders)` a
 * window with the two empty folders `one` and `two`.
 */
function workspaceArguments({ workspace }, world) {
	if (workspace === '(none)') {
		return [];
	}
	if (workspace === '(folders)') {
		const folders = ['one', 'two'].map((name) => ({ path: makeFolder(world, name) }));
		const file = path.join(world, 'window.code-workspace');
		writeFileSync(file, JSON.stringify({ folders }));
		return [file];
	}
	const folder = makeFolder(world, workspace === '(empty)' ? 'empty' : path.basename(workspace));
	if (workspace !== '(empty)') {
		cpSync(path.join(repositoryFolder, workspace), folder, { recursive: true });
	}
	return [folder];
}

/** Other extensions that a launch wants beside ours; without any the window has none but those it brings along. */
function extensionsFolder({ extensions = [] }, world) {
	const folder = makeFolder(world, 'extensions');
	for (const extension of extensions) {
		cpSync(path.join(repositoryFolder, extension), path.join(folder, path.basename(extension)), {
			recursive: true,
		});
	}
	return folder;
}

function makeFolder(parent, name) {
	const folder = path.join(parent, name);
	mkdirSync(folder);
	return folder;
}

/** A VS Code that ended before the suite did is a failure of its own, and so is a suite without a single test. */
function judge(results, { timedOut, logFile, launch }) {
	const problems = [
		...(timedOut ? ['VS Code did not end in time'] : []),
		...(results.ended || timedOut ? [] : ['VS Code ended before the tests did']),
		...(results.ended && results.passed + results.failed === 0
			? [`no test in test/host/${launch.name}`]
			: []),
	];
	for (const problem of problems) {
		const lines = readFileSync(logFile, 'utf8').split('\n');
		const tail = lines
			.filter((line) => !noise.test(line))
			.slice(-30)
			.join('\n');
		console.log(`  ✗ ${problem}; the whole log is ${path.relative(repositoryFolder, logFile)}, its end:`);
		console.log(tail.replace(/^/gm, '      | '));
	}
	const leftOut = launch.leftOut.map((file) => `test/host/${launch.name}/${file} (long)`);
	return { ...results, failed: results.failed + problems.length, skipped: [...results.skipped, ...leftOut] };
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
