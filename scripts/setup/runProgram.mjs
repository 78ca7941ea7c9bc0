import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { killProcessGroup } from './endProcessGroup.mjs';
import { onProcessEnd } from './onProcessEnd.mjs';
import { SetupError } from './setupError.mjs';

/**
 * Runs a program to its end and gives its output; a non-zero exit is a SetupError with the end of the output.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string>, remedy?: string, what?: string}} [options]
 */
export async function runProgram(command, args, options = {}) {
	const result = await tryProgram(command, args, options);
	if (result.code !== 0) {
		console.error(shorten(result.output).replace(/^/gm, '  | '));
		throw new SetupError(
			`${options.what ?? path.basename(command)} failed (${result.reason})`,
			options.remedy,
		);
	}
	return result.output;
}

/** The beginning, where npm says what is wrong, and the end, where compilers do. */
function shorten(output) {
	const lines = output.trimEnd().split('\n');
	return (lines.length <= 30 ? lines : [...lines.slice(0, 10), '…', ...lines.slice(-20)]).join('\n');
}

/** Runs a program to its end; never throws. `code` is null when it could not be started or died of a signal. */
export function tryProgram(command, args, { cwd, env } = {}) {
	return new Promise((resolve) => {
		// A process group of its own: an interrupted npm leaves no compilers behind.
		const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
		const release = onProcessEnd(() => killProcessGroup(child.pid));
		let output = '';
		const collect = (chunk) => {
			output += chunk;
		};
		child.stdout.setEncoding('utf8').on('data', collect);
		child.stderr.setEncoding('utf8').on('data', collect);
		const end = (code, reason) => {
			release();
			resolve({ code, output, reason });
		};
		child.on('error', (error) => end(null, error.message));
		child.on('close', (code, signal) =>
			end(code, signal === null ? `exit code ${code}` : `signal ${signal}`),
		);
	});
}

/**
 * The full path of a program in PATH, or undefined.
 * @param {string[]} names the first one found wins
 */
export function findProgram(names) {
	const endings = process.platform === 'win32' ? (process.env.PATHEXT ?? '.EXE;.CMD').split(';') : [''];
	const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
	const candidates = names.flatMap((name) =>
		folders.flatMap((folder) => endings.map((ending) => path.join(folder, name + ending))),
	);
	return candidates.find(isExecutable);
}

function isExecutable(file) {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
}

/** npm's own JavaScript entry, so that it can be run by a chosen Node and without a shell on Windows. */
export function findNpmCli() {
	const besideNode = path.join(path.dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js');
	const unixLayout = path.resolve(process.execPath, '../../lib/node_modules/npm/bin/npm-cli.js');
	const fromPath = findProgram(['npm']);
	const candidates = [process.env.npm_execpath, fromPath && realpathSync(fromPath), besideNode, unixLayout];
	const found = candidates.find((file) => file?.endsWith('npm-cli.js') && existsSync(file));
	if (found === undefined) {
		throw new SetupError('npm was not found', 'Install Node.js 20 or later together with npm');
	}
	return found;
}
