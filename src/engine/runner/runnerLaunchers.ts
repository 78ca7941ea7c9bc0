import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type { JobSpec } from '../../protocol/runnerFiles.ts';
import { launchRequest } from './launchRequest.ts';
import { startRunner } from './startRunner.ts';
import { WarmShell } from './warmShell.ts';

/** What tells the end of a runner that was started: `exit`, and `error` before it where it could not be started. */
export type RunnerProcess = Pick<EventEmitter, 'on' | 'off'>;

/** Starts the runner of a job, as `startRunner` does, which is the plain way. */
export type LaunchRunner = (folder: string, spec: JobSpec) => RunnerProcess;

/** Where a program lies that gives another one a session of its own; macOS and Windows have none. */
const sessionPrograms = ['/usr/bin/setsid', '/bin/setsid'];

/**
 * Starts the runners of an engine without forking it: copying the tables of a large process, and waiting until the copy
 * has become another program, costs more than all that a short task does. Small shells that stay do it instead, one for
 * each job that runs at once.
 *
 * They only launch. A runner leads its own session and lives on without them; a shell that dies, or cannot start a job,
 * is replaced by the plain way, which nothing is lost by, because only the runner that creates `start` begins (D2).
 */
export class RunnerLaunchers {
	readonly #setsid = sessionPrograms.find((path) => existsSync(path)) ?? null;
	readonly #shells = new Set<WarmShell>();
	readonly #idle: WarmShell[] = [];
	#closed = false;

	/** Throws where the operating system refuses at once. */
	readonly launch: LaunchRunner = (folder, spec) => {
		const request = this.#setsid === null || spec.runner !== 'light' ? null : launchRequest(folder, spec);
		if (this.#setsid === null || request === null) {
			return startRunner(folder, spec);
		}
		const runner = new EventEmitter();
		// Nobody may hear of a failure before a listener is attached; the caller sees it as an exit without a result.
		runner.on('error', () => {});
		const shell = this.#take(this.#setsid);
		shell.run(request, (hasRun) => {
			if (shell.isAlive) {
				this.#idle.push(shell);
			} else {
				this.#shells.delete(shell);
			}
			if (hasRun || this.#closed) {
				runner.emit('exit');
			} else {
				startInstead(runner, folder, spec);
			}
		});
		return runner;
	};

	/** Lets the shells go: each ends with the job that it still has. */
	close(): void {
		this.#closed = true;
		for (const shell of this.#shells) {
			shell.close();
		}
	}

	#take(setsid: string): WarmShell {
		let shell = this.#idle.pop();
		while (shell !== undefined && !shell.isAlive) {
			this.#shells.delete(shell);
			shell = this.#idle.pop();
		}
		if (shell === undefined) {
			shell = new WarmShell(setsid);
			this.#shells.add(shell);
		}
		return shell;
	}
}

/** The plain way also says why a job cannot be started, which a shell does not. */
function startInstead(runner: EventEmitter, folder: string, spec: JobSpec): void {
	try {
		const child = startRunner(folder, spec);
		child.on('error', (error) => runner.emit('error', error));
		child.on('exit', () => runner.emit('exit'));
	} catch (error) {
		runner.emit('error', error);
	}
}
