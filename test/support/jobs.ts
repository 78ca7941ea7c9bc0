import { spawn } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaunchRunner, RunnerProcess } from '../../src/engine/runner/runnerLaunchers.ts';
import { RunnerLaunchers } from '../../src/engine/runner/runnerLaunchers.ts';
import { startRunner } from '../../src/engine/runner/startRunner.ts';
import type { JobResult, JobSpec } from '../../src/protocol/runnerFiles.ts';
import { dist } from './engineWorkspace.ts';
import { kill, processesWith } from './processTable.ts';
import { waitFor } from './waitFor.ts';

/** Job folders of a test, and their runners. Dispose it: it ends what is left of them. */
export class Jobs {
	readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'switchyard-jobs-')));
	/** Used by jobs that are asked for with `launched`. */
	readonly launchers = new RunnerLaunchers();
	#count = 0;

	/** A prepared job; `SWITCHYARD_OUT` is set as an engine does. */
	job(
		argv: readonly string[],
		{ launched = false, ...more }: Partial<JobSpec> & { readonly launched?: boolean } = {},
	): Job {
		const folder = join(this.root, `job-${this.#count++}`);
		mkdirSync(join(folder, 'out'), { recursive: true });
		const spec: JobSpec = {
			...{
				schema: 1,
				run: 'r',
				task: 'T',
				attempt: 1,
				job: 'work',
				title: 't',
				stdin: null,
				runner: 'light',
			},
			...{ argv: [...argv], cwd: this.root, timeoutMs: 60_000 },
			...more,
			env: { ...more.env, SWITCHYARD_OUT: join(folder, 'out') },
		};
		writeFileSync(join(folder, 'spec.json'), JSON.stringify(spec));
		return new Job(folder, spec, launched ? this.launchers.launch : startRunner);
	}

	dispose(): void {
		this.launchers.close();
		for (const pid of processesWith(this.root)) {
			kill(pid, 'SIGKILL');
		}
		rmSync(this.root, { recursive: true, force: true });
	}
}

export class Job {
	readonly folder: string;
	readonly spec: JobSpec;
	readonly launch: LaunchRunner;

	constructor(folder: string, spec: JobSpec, launch: LaunchRunner) {
		this.launch = launch;
		this.folder = folder;
		this.spec = spec;
	}

	/** Starts a runner, of the kind that its spec names, as an engine does. */
	start(): RunnerProcess {
		if (this.spec.runner === 'light') {
			return this.launch(this.folder, this.spec);
		}
		const options = { detached: true, stdio: 'ignore' as const, env: { ...process.env, ...this.spec.env } };
		return spawn(process.execPath, [join(dist, 'runner.js'), this.folder], options);
	}

	async result(): Promise<JobResult> {
		const file = join(this.folder, 'result.json');
		// The light runner writes it in place: it ends with a line feed once it is whole.
		await waitFor('result.json', () => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'));
		return JSON.parse(readFileSync(file, 'utf8')) as JobResult;
	}

	get hasResult(): boolean {
		return existsSync(join(this.folder, 'result.json'));
	}

	get output(): string {
		const file = join(this.folder, 'output.log');
		return existsSync(file) ? readFileSync(file, 'utf8') : '';
	}

	/** The runner's pid, once it has begun. */
	pid(): Promise<number> {
		const file = join(this.folder, 'start');
		return waitFor('start', () => {
			const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
			return text.endsWith('\n') ? Number(text.split(' ')[0]) : null;
		});
	}

	/** Processes of this job that live. */
	get processes(): number[] {
		return processesWith(`SWITCHYARD_OUT=${join(this.folder, 'out')}`);
	}

	nothingLeft(): Promise<boolean> {
		return waitFor(`no process of ${this.folder}`, () => this.processes.length === 0);
	}
}
