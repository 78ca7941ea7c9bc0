import { spawn } from 'node:child_process';
import { endProcessGroup, killProcessGroup } from '../setup/endProcessGroup.mjs';
import { onProcessEnd } from '../setup/onProcessEnd.mjs';

/**
 * Runs a program of a test stage in a process group of its own, so that nothing it starts outlives a hang or Ctrl+C.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd: string, env: Record<string, string>, limitMs: number, output?: number}} options `output` is a file
 * descriptor for what it prints, by default ours
 * @returns {Promise<{code: number | null, timedOut: boolean}>} code is null when it was ended by a signal
 */
export async function runStageProgram(command, args, { cwd, env, limitMs, output }) {
	const stream = output ?? 'inherit';
	const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', stream, stream] });
	const release = onProcessEnd(() => killProcessGroup(child.pid));
	let timedOut = false;
	const timer = setTimeout(() => {
		timedOut = true;
		void endProcessGroup(child.pid);
	}, limitMs);
	try {
		return await new Promise((resolve, reject) => {
			child.once('error', reject);
			child.once('exit', (code) => resolve({ code, timedOut }));
		});
	} finally {
		clearTimeout(timer);
		release();
		await endProcessGroup(child.pid);
	}
}
