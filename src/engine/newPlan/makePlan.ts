import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewFile } from '../../core/prd/newPlanFiles.ts';
import { checkNewFiles, headerFile, taskFiles } from '../../core/prd/newPlanFiles.ts';
import type { NewPlanPaths } from '../../core/prd/newPlanPaths.ts';
import { readPrd } from '../../core/prd/prd.ts';
import { templateTasks } from '../../core/prd/templateTasks.ts';
import type { ConfiguredAgent } from '../../core/run/agentTable.ts';
import { makeSwitchyardFolder } from '../files/makeSwitchyardFolder.ts';
import { switchyardFolder } from '../files/runPaths.ts';
import type { KnownAgents } from './findAgent.ts';
import { agentNamed } from './findAgent.ts';
import { generateTasks } from './generateTasks.ts';
import type { PrdFile } from './prdFile.ts';

export interface MakeOptions {
	readonly rootPath: string;
	readonly paths: NewPlanPaths;
	readonly file: PrdFile;
	readonly known: KnownAgents;
	/** Who plans the tasks and does them; null: templates plan, and nobody is named. */
	readonly agent: string | null;
	/** Plan by templates also where an agent is named to do the tasks. */
	readonly byTemplates: boolean;
	readonly timeoutMs: number;
	readonly stop: AbortSignal;
	readonly now: () => number;
	readonly onRound: (round: number, problems: readonly string[] | null) => void;
}

/** A task that was planned, for documents and summaries. */
export interface MadeTask {
	readonly id: string;
	readonly name: string;
	readonly requirements: readonly string[];
}

/** The files of a plan that holds, or why there are none; nothing was written yet. */
export type MadePlan =
	| {
			readonly kind: 'made';
			readonly tasks: readonly MadeTask[];
			readonly taskFiles: readonly NewFile[];
			/** Null where the plan has a header already. */
			readonly header: NewFile | null;
			readonly warnings: readonly string[];
			/** Answers that an agent gave; 0 for templates. */
			readonly rounds: number;
			/** Where the rounds lie; null for templates. */
			readonly folder: string | null;
	  }
	| { readonly kind: 'stopped' }
	| {
			readonly kind: 'failed';
			readonly message: string;
			readonly problems: readonly string[];
			readonly rounds: number;
			readonly folder: string | null;
	  };

/** Plans the tasks of a complete PRD and checks the whole plan, before anything of it is written. */
export async function makePlan(options: MakeOptions): Promise<MadePlan> {
	const { paths, known, agent: name } = options;
	const agent = name === null ? null : agentNamed(known, name, paths.header);
	const planned =
		agent === null || options.byTemplates ? await byTemplates(options) : await byAgent(options, agent);
	if (planned.kind !== 'planned') {
		return planned;
	}
	const { name: title } = await readPrdOf(options.file);
	const existing = await readOrNull(join(options.rootPath, paths.header));
	const header =
		existing === null
			? headerFile(paths.header, { name: title, agent: name, declared: declarationOf(agent, known) })
			: { path: paths.header, text: existing };
	const prdFile = { path: paths.prd, text: (await options.file.readText()) ?? '' };
	const names = known.agents.map((one) => one.name);
	const errors = checkNewFiles([prdFile, header, ...planned.taskFiles], names);
	if (errors.length > 0) {
		return {
			kind: 'failed',
			message: 'The tasks that were planned do not make a plan without errors, so none was written.',
			problems: errors.map(({ code, message }) => `${code} ${message}`),
			...{ rounds: planned.rounds, folder: planned.folder },
		};
	}
	return { ...planned, kind: 'made', header: existing === null ? header : null };
}

interface Planned {
	readonly kind: 'planned';
	readonly tasks: readonly MadeTask[];
	readonly taskFiles: readonly NewFile[];
	readonly warnings: readonly string[];
	readonly rounds: number;
	readonly folder: string | null;
}

type Failed = Exclude<MadePlan, { kind: 'made' }>;

async function byTemplates({ file, paths }: MakeOptions): Promise<Planned> {
	const { tasks, warnings } = templateTasks(await readPrdOf(file), { prefix: paths.prefix });
	const files = taskFiles(paths.tasks, { drafts: tasks });
	return { kind: 'planned', tasks, warnings, taskFiles: files, rounds: 0, folder: null };
}

async function byAgent(options: MakeOptions, agent: ConfiguredAgent): Promise<Planned | Failed> {
	const { rootPath, paths, file, known } = options;
	await makeSwitchyardFolder(rootPath);
	const stamp = new Date(options.now()).toISOString().slice(0, 19).replace(/\D/g, '');
	const folder = join(switchyardFolder(rootPath), 'new', `${stamp}-${randomUUID().slice(0, 4)}`);
	const generated = await generateTasks({
		...{ rootPath, folder, agent, prefix: paths.prefix },
		...{ timeoutMs: options.timeoutMs, stop: options.stop, now: options.now, onRound: options.onRound },
		agents: known.agents.map(({ name }) => name),
		prd: await readPrdOf(file),
		prdText: (await file.readText()) ?? '',
	});
	const { rounds } = generated;
	switch (generated.kind) {
		case 'tasks': {
			const { tasks } = generated;
			const files = taskFiles(paths.tasks, { answered: tasks });
			return { kind: 'planned', tasks, taskFiles: files, warnings: [], rounds, folder };
		}
		case 'gave-up': {
			const message = `The agent ${agent.name} gave ${rounds} answers, and the last one still has problems. No task was written.`;
			return { kind: 'failed', message, problems: generated.problems, rounds, folder };
		}
		case 'failed':
			return { kind: 'failed', message: generated.message, problems: [], rounds, folder };
		case 'stopped':
			return { kind: 'stopped' };
	}
}

async function readOrNull(file: string): Promise<string | null> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return null;
		}
		throw error;
	}
}

async function readPrdOf(file: PrdFile) {
	return readPrd((await file.read())?.value);
}

/** The plan declares an agent of the settings for itself, unless that would put its environment into a committed file. */
function declarationOf(agent: ConfiguredAgent | null, { inPlan }: KnownAgents) {
	const isLocal = agent !== null && !inPlan.has(agent.name) && Object.keys(agent.env).length === 0;
	return isLocal ? { name: agent.name, argv: agent.argv } : null;
}
