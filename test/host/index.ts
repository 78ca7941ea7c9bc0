import { appendFileSync, readdirSync } from 'node:fs';
import { findSourceMap } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';

/** One line of the report that the test script follows while VS Code runs; see scripts/host/hostReport.mjs. */
type ReportLine =
	| { event: 'start'; app: string; version: string }
	| { event: 'pass'; title: string; ms: number }
	| { event: 'fail'; title: string; error: string }
	| { event: 'pending'; title: string }
	| { event: 'end' };

/**
 * Called by VS Code inside the extension host. The report goes to a file and not to the console: what the console shows
 * differs between desktop and browser, and VS Code's own messages are in between.
 */
export async function run(): Promise<void> {
	process.setSourceMapsEnabled(true);
	const { SWITCHYARD_HOST_SUITE: suite, SWITCHYARD_HOST_REPORT: report, SWITCHYARD_GREP: grep } = process.env;
	if (suite === undefined || report === undefined) {
		throw new Error('these tests are started by `npm test -- host`');
	}
	const write = (line: ReportLine) => appendFileSync(report, `${JSON.stringify(line)}\n`);
	write({ event: 'start', app: vscode.env.appName, version: vscode.version });
	const { default: Mocha } = await import('mocha');
	const mocha = new Mocha({
		ui: 'bdd',
		timeout: 60_000,
		// The base class says nothing by itself.
		reporter: Mocha.reporters.Base,
		...(grep === undefined ? {} : { grep }),
	});
	try {
		loadSuites(mocha, suite);
	} catch (error) {
		write({ event: 'fail', title: 'the suites load', error: describe(error) });
		write({ event: 'end' });
		throw error;
	}
	const failures = await new Promise<number>((resolve) => {
		const runner = mocha.run(resolve);
		runner.on('pass', (test) => write({ event: 'pass', title: test.fullTitle(), ms: test.duration ?? 0 }));
		runner.on('fail', (test, error) =>
			write({ event: 'fail', title: test.fullTitle(), error: describe(error) }),
		);
		runner.on('pending', (test) => write({ event: 'pending', title: test.fullTitle() }));
	});
	write({ event: 'end' });
	if (failures > 0) {
		throw new Error(`${failures} tests failed`);
	}
}

/**
 * The suites are required here rather than by mocha, which would import them: VS Code answers `require('vscode')` only
 * for modules that were themselves required.
 */
function loadSuites(mocha: Mocha, folder: string): void {
	for (const name of readdirSync(folder).sort()) {
		const file = path.join(folder, name);
		mocha.suite.emit('pre-require', globalThis, file, mocha);
		mocha.suite.emit('require', require(file), file, mocha);
		mocha.suite.emit('post-require', globalThis, file, mocha);
	}
}

function describe(error: unknown): string {
	return error instanceof Error ? mapStack(error.stack ?? error.message) : String(error);
}

/** VS Code has its own way of writing stacks, which knows nothing of source maps; so bundles are mapped back here. */
function mapStack(stack: string): string {
	return stack.replace(
		/(\/[^():\n]+\.cjs):(\d+):(\d+)/g,
		(whole, file: string, line: string, column: string) => {
			const entry = findSourceMap(file)?.findEntry(Number(line) - 1, Number(column) - 1);
			if (entry === undefined || !('originalSource' in entry)) {
				return whole;
			}
			const source = entry.originalSource.replace(/^file:\/\//, '');
			return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
		},
	);
}
