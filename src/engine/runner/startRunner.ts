import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobSpec } from '../../protocol/runnerFiles.ts';
import { jobSpec } from '../../protocol/runnerFiles.ts';
import { jobFiles } from '../files/runPaths.ts';
import { lightRunnerScript } from './lightRunner.ts';

/** Reads a job's `spec.json`; throws a sentence where it is missing or not one. */
export function readJobSpec(folder: string): JobSpec {
	const file = join(folder, jobFiles.spec);
	const parsed = jobSpec.safeParse(JSON.parse(readFileSync(file, 'utf8')));
	if (!parsed.success) {
		throw new Error(`${file} is not a job of this version of Switchyard.`);
	}
	return parsed.data;
}

/** What runners inherit. An engine of the editor is Electron told to be Node, and its tasks must not be. */
export function runnerEnvironment(): NodeJS.ProcessEnv {
	const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
	return env;
}

/**
 * Starts the runner of a job, detached: it lives on without its starter. Safe to call by anybody at any time, because
 * only the runner that creates `start` begins (D2). The caller may listen to the child's `exit` for a quick hint; what
 * counts is `result.json`.
 */
export function startRunner(folder: string, spec: JobSpec = readJobSpec(folder)): ChildProcess {
	const env = { ...runnerEnvironment(), ...spec.env };
	const child =
		spec.runner === 'light'
			? spawn('/bin/sh', ['-c', lightRunnerScript, 'switchyard-runner', folder, ...spec.argv], {
					cwd: spec.cwd,
					env,
					detached: true,
					stdio: 'ignore',
				})
			: spawn(process.execPath, [join(__dirname, 'runner.js'), folder], {
					cwd: folder,
					env: {
						...env,
						...(process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' }),
					},
					detached: true,
					stdio: 'ignore',
					windowsHide: true,
				});
	// Nobody may hear of a failed spawn before a listener is attached; the caller sees it as an exit without a result.
	child.on('error', () => {});
	child.unref();
	return child;
}
