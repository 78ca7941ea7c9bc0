import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type * as vscode from 'vscode';
import type { Logger } from '../../core/base/ports.ts';
import type { Settings } from '../config/settings.ts';
import { writeAgentsFile } from '../runs/agentsFile.ts';
import { engineEnvironment } from '../runs/engineLauncher.ts';

/** A PRD whose tasks are to be made. */
export interface NewPlanRequest {
	readonly folder: vscode.Uri;
	readonly feature: string | null;
	/** Null: templates plan, and nobody is named who does the tasks. */
	readonly agent: string | null;
	/** Told what goes on, a line at a time. */
	readonly onProgress: (line: string) => void;
	readonly token: vscode.CancellationToken;
}

/** What `switchyard new --json` says at its end, as far as the editor shows it. */
export interface NewPlanOutcome {
	readonly kind: 'made' | 'open' | 'failed' | 'stopped';
	readonly tasks: number;
	/** Sentences for a person; the first says what happened. */
	readonly problems: readonly string[];
	readonly inTheWay: readonly string[];
}

/** Has the command line make the tasks: there is one way from a PRD to a plan, whoever asks. */
export class NewPlanRunner {
	readonly #options: {
		readonly cliPath: string;
		readonly settings: Settings;
		readonly storageFolder: string;
		readonly logger: Logger;
	};

	constructor(options: { cliPath: string; settings: Settings; storageFolder: string; logger: Logger }) {
		this.#options = options;
	}

	/** Names of the agents of the settings. */
	agents(folder: vscode.Uri): readonly string[] {
		return Object.keys(this.#options.settings.agents(folder));
	}

	async make(request: NewPlanRequest): Promise<NewPlanOutcome> {
		const { settings, storageFolder, logger } = this.#options;
		await mkdir(storageFolder, { recursive: true });
		const agents = request.agent === null ? {} : settings.agents(request.folder);
		const agentsFile = await writeAgentsFile(storageFolder, agents);
		const args = [
			...['new', '--json', '--to', request.folder.fsPath],
			...(request.feature === null ? [] : ['--feature', request.feature]),
			...(request.agent === null ? [] : ['--agent', request.agent]),
			...(agentsFile === null ? [] : ['--agents-file', agentsFile]),
		];
		logger.info(`Starting: switchyard ${args.join(' ')}`);
		const { code, out, err } = await this.#run(args, request);
		logger.info(`switchyard new ended with ${code ?? 'a signal'}.`);
		return outcomeOf(code, out, err);
	}

	#run(
		args: readonly string[],
		{ folder, onProgress, token }: NewPlanRequest,
	): Promise<{ code: number | null; out: string; err: readonly string[] }> {
		return new Promise((resolve, reject) => {
			const child = spawn(process.execPath, [this.#options.cliPath, ...args], {
				cwd: folder.fsPath,
				env: engineEnvironment(process.env),
				stdio: ['ignore', 'pipe', 'pipe'],
				windowsHide: true,
			});
			const err: string[] = [];
			let out = '';
			const cancelled = token.onCancellationRequested(() => child.kill('SIGTERM'));
			child.stdout.setEncoding('utf8').on('data', (text: string) => {
				out += text;
			});
			createInterface({ input: child.stderr }).on('line', (line) => {
				err.push(line);
				onProgress(line);
			});
			child.once('error', (error) => {
				cancelled.dispose();
				reject(error);
			});
			child.once('close', (code) => {
				cancelled.dispose();
				resolve({ code, out, err });
			});
		});
	}
}

interface ReportedOutcome {
	readonly tasks: readonly unknown[];
	readonly problems: readonly string[];
	readonly inTheWay: readonly string[];
}

/** Reads the report; where there is none, what was said on the way has to do. */
function outcomeOf(code: number | null, out: string, err: readonly string[]): NewPlanOutcome {
	const kind = code === 0 ? 'made' : code === 3 ? 'open' : code === 1 || code === 2 ? 'failed' : 'stopped';
	try {
		const { tasks, problems, inTheWay } = JSON.parse(out) as ReportedOutcome;
		return { kind, tasks: tasks.length, problems, inTheWay };
	} catch {
		const last = err.findLast((line) => line.trim() !== '') ?? '';
		return { kind, tasks: 0, problems: [last.replace(/^switchyard: /, '')], inTheWay: [] };
	}
}
