import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endProcessGroup, killProcessGroup } from '../setup/endProcessGroup.mjs';
import { onProcessEnd } from '../setup/onProcessEnd.mjs';
import { SetupError } from '../setup/setupError.mjs';

const startLimitMs = 60_000;

/**
 * A running server; `stop` ends it with everything it started, `ended` gives its exit code.
 * @typedef {{url: string, port: number, pid: number, ended: Promise<number | null>, stop: () => Promise<void>}} VscodeServer
 */

/**
 * Starts the browser-served VS Code on a free port of the loopback interface, with folders of its own.
 * @param {object} options
 * @param {{node: string, entry: string}} options.codeServer from ensureCodeServer
 * @param {string} options.userData holds the settings, the logs, and server.pid while the server lives
 * @param {string} options.extensions the folder with the installed extensions
 * @param {boolean} options.trustEverything switches Workspace Trust off altogether
 * @param {Record<string, string>} options.env
 * @param {string[]} [options.args] more flags for code-server
 * @returns {Promise<VscodeServer>}
 */
export async function serveVscode({ codeServer, userData, extensions, trustEverything, env, args = [] }) {
	mkdirSync(path.join(userData, 'User'), { recursive: true });
	const logFile = path.join(userData, 'server.log');
	const log = openSync(logFile, 'w');
	// Its own process group: extension hosts, terminals and the file watcher end with it, or they linger for minutes.
	const child = spawn(
		codeServer.node,
		[codeServer.entry, ...serverFlags({ userData, extensions, trustEverything }), ...args],
		{ cwd: userData, env, detached: true, stdio: ['ignore', log, log] },
	);
	closeSync(log);
	const stop = () => endProcessGroup(child.pid);
	const release = onProcessEnd(() => killProcessGroup(child.pid));
	const pidFile = path.join(userData, 'server.pid');
	const ended = new Promise((resolve) => {
		const end = (code) => {
			release();
			// Its number may soon be that of another process.
			rmSync(pidFile, { force: true });
			resolve(code);
		};
		child.once('error', () => end(null));
		child.once('exit', end);
	});
	writeFileSync(pidFile, `${child.pid}\n`);
	try {
		const port = await waitForPort(logFile, ended);
		return { url: `http://127.0.0.1:${port}/`, port, pid: child.pid, ended, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

function serverFlags({ userData, extensions, trustEverything }) {
	return [
		...['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--config', path.join(userData, 'config.yaml')],
		...['--user-data-dir', userData, '--extensions-dir', extensions],
		...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
		...(trustEverything ? ['--disable-workspace-trust'] : []),
	];
}

/** The port is the system's choice, so it is read from what the server says once it listens. */
async function waitForPort(logFile, ended) {
	const limit = Date.now() + startLimitMs;
	let isRunning = true;
	void ended.then(() => {
		isRunning = false;
	});
	while (isRunning && Date.now() < limit) {
		const port = /HTTP server listening on \S+?:(\d+)/.exec(readFileSync(logFile, 'utf8'))?.[1];
		if (port !== undefined) {
			return Number(port);
		}
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	const lastLine = readFileSync(logFile, 'utf8').trimEnd().split('\n').at(-1);
	const what = isRunning ? `did not listen within ${startLimitMs / 1000} s` : 'ended at once';
	throw new SetupError(`the VS Code server ${what}: ${lastLine}`, `Its log is ${logFile}`);
}
