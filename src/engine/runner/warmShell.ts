import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { lightRunnerScript } from './lightRunner.ts';
import { runnerEnvironment } from './startRunner.ts';

/**
 * Reads one request after another (launchRequest.ts), runs it to its end and says with which exit code the runner ended.
 * Nothing of a request becomes shell text: fields are arguments, and variables go through `export`, so that they stand in
 * no list of processes. Its own variables are called `_switchyard_…`, because the runner inherits the environment.
 */
const script = `
_switchyard_setsid=$1; _switchyard_runner=$2
while IFS=' ' read -r _switchyard_fields _switchyard_variables; do
	set --
	while [ "$_switchyard_fields" -gt 0 ]; do
		IFS= read -r _switchyard_field || exit
		set -- "$@" "$_switchyard_field"
		_switchyard_fields=$((_switchyard_fields - 1))
	done
	(
		cd "$1" && shift || exit 126
		unset OLDPWD
		while [ "$_switchyard_variables" -gt 0 ]; do
			export "$1"; shift
			_switchyard_variables=$((_switchyard_variables - 1))
		done
		exec "$_switchyard_setsid" /bin/sh -c "$_switchyard_runner" switchyard-runner "$@"
	) </dev/null >/dev/null 2>&1
	echo $?
done
`;

/** What the runner's shell exits with when it has run, or left the job to another one, and when a signal ended it. */
const hasRunCodes = /^(0|1[3-9]\d|12[89]|2\d\d)$/;

/**
 * A small shell that starts runners, one after another, until it is closed or its engine is gone. It leads a session of
 * its own, so that Ctrl+C in the engine's terminal does not reach it, and holds no folder of the workspace.
 */
export class WarmShell {
	readonly #child: ChildProcessByStdio<Writable, Readable, null>;
	#done: ((hasRun: boolean) => void) | null = null;
	#alive = true;
	#reply = '';

	constructor(setsid: string) {
		this.#child = spawn('/bin/sh', ['-c', script, 'switchyard-launcher', setsid, lightRunnerScript], {
			cwd: '/',
			env: runnerEnvironment(),
			detached: true,
			stdio: ['pipe', 'pipe', 'ignore'],
		});
		const { stdin, stdout } = this.#child;
		stdout.setEncoding('latin1').on('data', (text: string) => this.#hear(text));
		for (const source of [this.#child, stdin, stdout]) {
			source.on('error', () => this.#die());
		}
		this.#child.on('exit', () => this.#die());
		// An engine that leaves waits for nobody.
		this.#child.unref();
		(stdin as Socket).unref();
		(stdout as Socket).unref();
	}

	get isAlive(): boolean {
		return this.#alive;
	}

	/**
	 * Starts a job's runner; `done` is called when that is gone. `hasRun` is false where the shell died, or could not start
	 * it: then nobody knows whether the job has begun.
	 */
	run(request: string, done: (hasRun: boolean) => void): void {
		this.#done = done;
		this.#child.stdin.write(request);
	}

	close(): void {
		this.#child.stdin.end();
	}

	#hear(text: string): void {
		this.#reply += text;
		if (this.#reply.endsWith('\n')) {
			const hasRun = hasRunCodes.test(this.#reply.trim());
			this.#reply = '';
			this.#finish(hasRun);
		}
	}

	#die(): void {
		this.#alive = false;
		this.#finish(false);
	}

	#finish(hasRun: boolean): void {
		const done = this.#done;
		this.#done = null;
		done?.(hasRun);
	}
}
