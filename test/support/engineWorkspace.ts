import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { RunTable } from '../../src/core/run/runTable.ts';
import { listRuns } from '../../src/engine/journal/listRuns.ts';
import { RunLog } from '../../src/engine/journal/runLog.ts';
import { kill, processesWith, stateOf } from './processTable.ts';
import { waitFor } from './waitFor.ts';

/** The bundles as they are shipped: `node esbuild.mjs` makes them, the test runner does so first. */
export const dist = process.env['SWITCHYARD_DIST'] ?? resolve(import.meta.dirname, '../../dist');

/** Says when it starts and when it is done, and takes as long as it is told: `work.sh SECONDS [EXIT]`. */
const workScript = `
echo "start $SWITCHYARD_TASK $SWITCHYARD_ATTEMPT $(date +%s%N)" >> "$SWITCHYARD_ROOT/log"
sleep "$1"
echo "end $SWITCHYARD_TASK $SWITCHYARD_ATTEMPT $(date +%s%N)" >> "$SWITCHYARD_ROOT/log"
echo "made by $SWITCHYARD_TASK"
exit "\${2:-0}"
`;

export interface Task {
	readonly [field: string]: unknown;
	readonly id: string;
}

export interface CliResult {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly out: string;
	readonly err: string;
}

/** A command line under way. */
export class CliProcess {
	readonly #child: ChildProcess;
	readonly ended: Promise<CliResult>;
	out = '';
	err = '';

	/** `nodeArgs` come before the program: what is loaded into it first. */
	constructor(
		args: readonly string[],
		{ nodeArgs = [], ...options }: { cwd: string; env: Record<string, string>; nodeArgs?: readonly string[] },
	) {
		this.#child = spawn(process.execPath, [...nodeArgs, join(dist, 'cli.js'), ...args], {
			...options,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
			this.out += text;
		});
		this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			this.err += text;
		});
		this.ended = new Promise((resolve) => {
			this.#child.on('close', (code, signal) => resolve({ code, signal, out: this.out, err: this.err }));
		});
	}

	get pid(): number {
		return this.#child.pid ?? 0;
	}

	/** True while it is stopped by a signal. */
	get isFrozen(): boolean {
		return stateOf(this.pid) === 'T';
	}

	kill(signal: NodeJS.Signals): void {
		this.#child.kill(signal);
	}

	/** Goes away as a reader of what it prints, as `| head` does. */
	stopReading(): void {
		this.#child.stdout?.destroy();
	}
}

/** A temporary workspace with a plan, and the command line on it. Dispose it: it ends what it started. */
export class EngineWorkspace {
	readonly root: string;
	readonly #home: string;
	env: Record<string, string>;

	constructor() {
		this.root = realpathSync(mkdtempSync(join(tmpdir(), 'switchyard-ws-')));
		this.#home = mkdtempSync(join(tmpdir(), 'switchyard-home-'));
		this.env = {
			PATH: process.env['PATH'] ?? '',
			HOME: this.#home,
			XDG_STATE_HOME: join(this.#home, 'state'),
		};
		this.write('work.sh', workScript);
	}

	/** A plan in one file; tasks without `run` or `agent` do the standard work in 0.05 s. */
	plan(tasks: readonly Task[], more: { readonly [key: string]: unknown; readonly plan?: object } = {}): this {
		return this.write('demo.plan.yaml', this.planText(tasks, more));
	}

	planText(
		tasks: readonly Task[],
		more: { readonly [key: string]: unknown; readonly plan?: object } = {},
	): string {
		const full = tasks.map((task) => {
			const runs = 'run' in task || 'agent' in task ? {} : { run: work(0.05) };
			return { name: `Name of ${task.id}`, ...runs, ...task };
		});
		// JSON is YAML; one task a line makes positions in messages readable.
		const lines = full.map((task) => `  - ${JSON.stringify(task)}`).join('\n');
		// Tests of engines want tasks side by side: no barriers, unless they ask for some.
		const strategy = 'tracks' in more || 'sprints' in more ? {} : { strategy: 'dynamic' };
		const head = { plan: { name: 'Demo', jobs: 3, ...strategy, ...more.plan }, ...without(more, 'plan') };
		const top = Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
		return `${top.join('\n')}\ntasks:\n${lines}\n`;
	}

	write(path: string, text: string, mode = 0o644): this {
		const file = join(this.root, path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text, { mode });
		return this;
	}

	read(path: string): string {
		return readFileSync(join(this.root, path), 'utf8');
	}

	exists(path: string): boolean {
		return existsSync(join(this.root, path));
	}

	/** Every file below a folder of the workspace, relative to that folder, in order. */
	filesBelow(folder: string): string[] {
		const top = join(this.root, folder);
		return readdirSync(top, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name).slice(top.length + 1))
			.sort();
	}

	start(...args: readonly string[]): CliProcess {
		return new CliProcess(args, { cwd: this.root, env: this.env });
	}

	/** The same with something loaded into it first (test/support/preload), and more in its environment. */
	startWith(
		{ preload, env }: { readonly preload: string; readonly env: Readonly<Record<string, string>> },
		...args: readonly string[]
	): CliProcess {
		const nodeArgs = ['--require', resolve(import.meta.dirname, 'preload', preload)];
		return new CliProcess(args, { cwd: this.root, env: { ...this.env, ...env }, nodeArgs });
	}

	cli(...args: readonly string[]): Promise<CliResult> {
		return this.start(...args).ended;
	}

	/** What tasks wrote about themselves, in order. */
	get log(): readonly { kind: string; task: string; attempt: number; at: bigint }[] {
		const text = this.exists('log') ? this.read('log') : '';
		return text
			.split('\n')
			.filter((line) => line !== '')
			.map((line) => {
				const [kind = '', task = '', attempt = '', at = '0'] = line.split(' ');
				return { kind, task, attempt: Number(attempt), at: BigInt(at) };
			});
	}

	/** How often each task was started, or came to its end. */
	count(kind: 'start' | 'end'): Record<string, number> {
		const counts: Record<string, number> = {};
		for (const line of this.log.filter((entry) => entry.kind === kind)) {
			counts[line.task] = (counts[line.task] ?? 0) + 1;
		}
		return counts;
	}

	/** The newest run as its journal says, read afresh. */
	async runLog(): Promise<RunLog | null> {
		const newest = (await listRuns(this.root)).at(-1);
		if (newest === undefined) {
			return null;
		}
		const log = new RunLog(newest.folder);
		await log.refresh();
		return log;
	}

	async table(): Promise<RunTable> {
		const table = (await this.runLog())?.fold.table ?? null;
		if (table === null) {
			throw new Error(`no run in ${this.root}`);
		}
		return table;
	}

	async statuses(): Promise<Record<string, string>> {
		return Object.fromEntries([...(await this.table()).tasks].map(([id, { status }]) => [id, status]));
	}

	waitForLog(kind: string, task: string): Promise<unknown> {
		return waitFor(`${kind} of ${task}`, () =>
			this.log.some((line) => line.kind === kind && line.task === task),
		);
	}

	/** Processes of tasks of this workspace that live. */
	get orphans(): number[] {
		return processesWith(`SWITCHYARD_OUT=${this.root}/`);
	}

	dispose(): void {
		for (const pid of [...processesWith(this.root), ...processesWith(`HOME=${this.#home}`)]) {
			kill(pid, 'SIGKILL');
		}
		rmSync(this.root, { recursive: true, force: true });
		rmSync(this.#home, { recursive: true, force: true });
	}
}

/** The standard work: says when it starts and ends, after so many seconds. */
export function work(seconds: number, exit = 0): string[] {
	return ['sh', 'work.sh', String(seconds), String(exit)];
}

function without(object: { readonly [key: string]: unknown }, key: string): Record<string, unknown> {
	return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}
