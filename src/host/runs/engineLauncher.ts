import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../../core/base/ports.ts';
import type { RunChoice } from '../../core/run/runPlan.ts';

/** What a run is asked to do. */
export type RunScope =
	| { readonly kind: 'all' }
	/** What the open run was asked for and has not finished. */
	| { readonly kind: 'resume' }
	| { readonly kind: 'track'; readonly number: number }
	| { readonly kind: 'sprint'; readonly sprint: string }
	| { readonly kind: 'task'; readonly task: string };

export interface EngineRequest {
	/** The plan's root folder, or its file: what `switchyard run` takes as PATH. */
	readonly planPath: string;
	readonly rootPath: string;
	readonly scope: RunScope;
	/** Unmet predecessors are part of the request (EXECUTION S5). */
	readonly withDeps: boolean;
	readonly jobs: number | null;
	/** Agents at once on this machine (S4); null = what the engine takes for that. */
	readonly agentLimit: number | null;
	/** What was chosen for this run in place of what the plan says. */
	readonly choice: RunChoice;
	/** Starts another run although one is open (D5). */
	readonly fresh: boolean;
	/** A JSON file with agent definitions of the settings. */
	readonly agentsFile: string | null;
}

export interface EngineExit {
	/** Exit code of `switchyard run`; null when a signal ended it. */
	readonly code: number | null;
	/** The last lines it wrote. */
	readonly tail: string;
}

export interface StartedEngine {
	readonly pid: number;
	/** Resolves when the engine ends while this window lives. */
	readonly ended: Promise<EngineExit>;
}

export interface EngineLauncherOptions {
	/** Path of dist/cli.js. */
	readonly cliPath: string;
	/** A folder for the engines' own logs. */
	readonly logFolder: string;
	readonly logger: Logger;
}

/**
 * Starts engines as processes of their own (EXECUTION D2): detached, with their output in a file, so that neither a
 * reload nor the end of the editor reaches them.
 */
export class EngineLauncher {
	readonly #options: EngineLauncherOptions;
	#started = 0;

	constructor(options: EngineLauncherOptions) {
		this.#options = options;
	}

	/** How many engines were asked for. */
	get started(): number {
		return this.#started;
	}

	/** Rejects with a readable message when the process cannot be started at all. */
	async start(request: EngineRequest): Promise<StartedEngine> {
		const { cliPath, logFolder, logger } = this.#options;
		mkdirSync(logFolder, { recursive: true });
		this.#started += 1;
		const logFile = join(logFolder, `engine-${process.pid}-${this.#started}.log`);
		const log = openSync(logFile, 'a');
		try {
			const args = [cliPath, ...engineArguments(request)];
			logger.info(`Starting: switchyard ${args.slice(1).join(' ')} (log: ${logFile})`);
			const engine = spawn(process.execPath, args, {
				cwd: request.rootPath,
				detached: true,
				stdio: ['ignore', log, log],
				env: engineEnvironment(process.env),
				windowsHide: true,
			});
			const ended = endOf(engine, logFile);
			const pid = await pidOf(engine);
			engine.unref();
			return { pid, ended };
		} finally {
			closeSync(log);
		}
	}
}

/** The command line of `switchyard run` for a request. What comes from a plan stands where it cannot be an option. */
export function engineArguments(request: EngineRequest): readonly string[] {
	const { scope } = request;
	return [
		'run',
		...scopeOptions(scope),
		...(request.withDeps ? ['--with-deps'] : []),
		...(request.jobs === null ? [] : ['--jobs', String(request.jobs)]),
		...(request.agentLimit === null ? [] : ['--agent-limit', String(request.agentLimit)]),
		...choiceOptions(request.choice),
		...(request.fresh ? ['--new'] : []),
		...(request.agentsFile === null ? [] : ['--agents-file', request.agentsFile]),
		...['--face', 'editor', '--', request.planPath],
		...(scope.kind === 'sprint' ? [scope.sprint] : []),
	];
}

function scopeOptions(scope: RunScope): readonly string[] {
	switch (scope.kind) {
		case 'all':
		case 'sprint':
			return [];
		case 'resume':
			return ['--resume'];
		case 'track':
			return ['--track', String(scope.number)];
		case 'task':
			return [`--task=${scope.task}`];
	}
}

function choiceOptions({ strategy, agents }: RunChoice): readonly string[] {
	return [
		...(strategy === undefined ? [] : ['--strategy', strategy]),
		...(agents === undefined ? [] : ['--agents', String(agents)]),
	];
}

/**
 * The environment of an engine: the user's, without what belongs to this editor process. Tasks would inherit it: a
 * `code` or `electron` called by one must not believe it runs inside the extension host.
 */
export function engineEnvironment(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const own = /^(VSCODE_|ELECTRON_|SWITCHYARD_|APPLICATION_INSIGHTS_|CODE_SERVER_)/;
	const kept = Object.entries(base).filter(([name]) => !own.test(name));
	return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}

function pidOf(engine: ChildProcess): Promise<number> {
	return new Promise((resolve, reject) => {
		engine.once('spawn', () => resolve(engine.pid ?? 0));
		engine.once('error', (error) => reject(new Error(`The engine could not be started: ${error.message}`)));
	});
}

function endOf(engine: ChildProcess, logFile: string): Promise<EngineExit> {
	return new Promise((resolve) => {
		engine.once('exit', (code) => resolve({ code, tail: lastLines(logFile, 12) }));
	});
}

function lastLines(file: string, count: number): string {
	try {
		return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
	} catch {
		// The log folder may be gone with the window; the exit code alone then has to do.
		return '';
	}
}
