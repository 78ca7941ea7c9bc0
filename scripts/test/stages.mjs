import path from 'node:path';
import { runHostStage } from '../host/hostStage.mjs';
import { userEnvironment } from '../setup/environment.mjs';
import { repositoryFolder } from '../setup/folders.mjs';
import { packageExtension } from '../vscode/packageExtension.mjs';
import { runStageProgram } from './runStageProgram.mjs';
import { runVitest } from './runVitest.mjs';

const minuteMs = 60_000;

/**
 * The stages in their order. `needs` names tools to fetch first, `needsBuild` asks for the bundles, `stopsAll` ends the
 * run on failure. `run` gives {passed, failed, skipped, note}; a stage that is one check counts as one test.
 */
export const stages = [
	{ name: 'lint', about: 'biome check', run: () => runCheck('@biomejs/biome/bin/biome', ['check']) },
	{ name: 'types', about: 'tsc --noEmit', run: () => runCheck('typescript/bin/tsc', ['--noEmit']) },
	{
		name: 'build',
		about: 'production bundles, and the VSIX',
		stopsAll: true,
		run: async (context) => {
			const { vsix, summary } = await packageExtension();
			context.vsix = vsix;
			return { passed: 1, failed: 0, note: `${path.basename(vsix)}: ${summary}` };
		},
	},
	{
		name: 'unit',
		about: 'the core and the views, without processes',
		run: (context) =>
			runVitest({
				...context,
				suites: { unit: ['test/unit'], webview: ['test/webview'], corpus: ['test/corpus'] },
			}),
	},
	{
		name: 'engine',
		about: 'engines, runners, faults and the command line as real processes',
		needsBuild: true,
		run: (context) =>
			runVitest({ ...context, suites: { engine: ['test/engine', 'test/faults', 'test/cli'] } }),
	},
	{
		name: 'host',
		about: 'inside a real VS Code',
		needs: ['anyVscode'],
		needsBuild: true,
		run: (context) => {
			if ('reason' in context.desktop) {
				console.log(`  on the browser-served VS Code: ${context.desktop.reason}`);
			}
			return runHostStage(context);
		},
	},
	{
		name: 'e2e',
		about: 'the packaged VSIX in a real VS Code, clicked',
		needs: ['servedVscode'],
		needsBuild: true,
		run: (context) => runVitest({ ...context, suites: { e2e: ['test/e2e'] } }),
	},
];

async function runCheck(script, args) {
	const { code } = await runStageProgram(
		process.execPath,
		[path.join(repositoryFolder, 'node_modules', script), ...args],
		{ cwd: repositoryFolder, env: userEnvironment(), limitMs: 5 * minuteMs },
	);
	return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
