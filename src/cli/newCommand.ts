import { mkdir, readFile, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { openQuestions } from '../core/prd/interview.ts';
import { isFeatureName, newPlanPaths } from '../core/prd/newPlanPaths.ts';
import { PrdDocument } from '../core/prd/prdDocument.ts';
import { explainDiskError } from '../engine/files/diskError.ts';
import { makeSwitchyardFolder } from '../engine/files/makeSwitchyardFolder.ts';
import type { KnownAgents } from '../engine/newPlan/findAgent.ts';
import { agentNamed, knownAgents } from '../engine/newPlan/findAgent.ts';
import { openPrd, takeAnswerFile, takeAnswers } from '../engine/newPlan/openPrd.ts';
import { PrdFile, PrdFileError } from '../engine/newPlan/prdFile.ts';
import { refreshDocuments } from '../engine/newPlan/refreshDocuments.ts';
import { exitCodes } from './exitCodes.ts';
import { LineReader } from './lineReader.ts';
import { holdInterview } from './newInterview.ts';
import type { NewReport } from './newReport.ts';
import { newObject, newText } from './newReport.ts';
import type { NewPlace } from './newTasks.ts';
import { newTasks } from './newTasks.ts';
import { positiveInteger } from './runArguments.ts';
import { UsageError } from './usageError.ts';

/** The options of `switchyard new` as commander hands them over. */
export interface NewFlags {
	readonly constraints?: string;
	readonly to: string;
	readonly feature?: string;
	readonly answers?: string;
	readonly answer?: readonly string[];
	readonly agent?: string;
	readonly agentsFile?: string;
	readonly templates?: true;
	readonly timeout: string;
	readonly interactive?: true;
	readonly force?: true;
	readonly json?: true;
}

/** Adds `switchyard new [GOAL]` to the command line. */
export function registerNew(program: Command): void {
	program
		.command('new')
		.description('Make a plan of a goal: assessment, discovery, requirements by questions, then tasks.')
		.argument('[GOAL]', 'what is wanted; without it, go on with the questions that are open')
		.option('--constraints <TEXT>', 'what limits the work: languages, databases, people, dates')
		.option('--to <DIR>', 'the folder of the project', '.')
		.option('--feature <NAME>', 'plan a feature beside the plan that is there')
		.option('--answers <FILE>', 'answers in the fields of a PRD, as YAML or JSON')
		.option('--answer <ID=TEXT>', 'one answer; may be given several times', (one, all: string[] = []) => [
			...all,
			one,
		])
		.option('--agent <NAME>', 'who plans the tasks and does them; without it templates plan')
		.option('--templates', 'plan by templates, also where an agent does the tasks')
		.option('--agents-file <FILE>', 'JSON with agents by name: {"name": {"run": ["program", "argument"]}}')
		.option('--timeout <MINUTES>', 'how long an agent may take for one answer', '30')
		.option('--interactive', 'ask also where the input is no terminal')
		.option('--force', 'write over tasks that are there')
		.option('--json', 'progress on stderr, an object on stdout')
		.action(async (goal: string | undefined, flags: NewFlags) => {
			process.exitCode = await runNew(goal ?? '', flags);
		});
}

async function runNew(goal: string, flags: NewFlags): Promise<number> {
	const place = await placeOf(flags);
	const lines = canAsk(flags) ? new LineReader(process.stdin, process.stderr) : null;
	try {
		await collectAnswers(place.file, { goal, flags, lines });
		const report = await reportOn(place, flags, lines);
		const text = flags.json === true ? `${JSON.stringify(newObject(report), null, 2)}\n` : newText(report);
		process.stdout.write(text);
		return exitCodeOf(report);
	} catch (error) {
		throw error instanceof PrdFileError ? new UsageError(error.message) : explainDiskError(error);
	} finally {
		lines?.dispose();
	}
}

/** Answers from everywhere: the goal itself, files, flags, and a person. */
async function collectAnswers(
	file: PrdFile,
	{
		goal,
		flags,
		lines,
	}: { readonly goal: string; readonly flags: NewFlags; readonly lines: LineReader | null },
): Promise<void> {
	const begun = await openPrd(file, { goal, constraints: flags.constraints ?? '', today: today() });
	if (flags.constraints !== undefined && begun === 'resumed') {
		process.stderr.write(`${file.path} is there already, so --constraints was not taken.\n`);
	}
	await takeAllAnswers(file, flags);
	const document = await file.read();
	if (lines !== null && document !== null && openQuestions(document).length > 0) {
		const ask = (prompt: string, initial: string) => lines.ask(prompt, initial);
		await holdInterview(file, { ask, say: (text) => process.stderr.write(text) });
	}
}

async function reportOn(place: NewPlace, flags: NewFlags, lines: LineReader | null): Promise<NewReport> {
	const standing = await refreshDocuments(place.rootPath, { ...place, tasks: [] });
	const needsAnswers = standing.open.some(({ isRequired }) => isRequired);
	const made = needsAnswers ? null : await newTasks(place, flags, lines);
	return {
		...{ root: place.rootPath, prd: place.file.path, agent: flags.agent ?? null, standing },
		plan: made?.plan ?? null,
		written: made?.written ?? [],
		inTheWay: made?.inTheWay ?? [],
	};
}

async function placeOf(flags: NewFlags): Promise<NewPlace> {
	const feature = flags.feature ?? null;
	if (feature !== null && !isFeatureName(feature)) {
		throw new UsageError(`--feature takes letters, digits and dashes, at most 40, not “${feature}”.`);
	}
	positiveInteger('--timeout', flags.timeout);
	const paths = newPlanPaths(feature);
	const to = resolve(flags.to);
	// Who is asked for an agent that nobody knows must not find a folder made for nothing.
	const rootPath = await realpath(to).catch(() => to);
	const known = await knownAgents(rootPath, paths.header, flags.agentsFile ?? null);
	checkAgent(known, flags, paths.header);
	await mkdir(to, { recursive: true });
	const real = await realpath(to);
	await makeSwitchyardFolder(real);
	return { rootPath: real, paths, known, feature, file: new PrdFile(real, paths.prd) };
}

function checkAgent(known: KnownAgents, { agent }: NewFlags, headerPath: string): void {
	if (agent !== undefined) {
		try {
			agentNamed(known, agent, headerPath);
		} catch (error) {
			throw new UsageError(error instanceof Error ? error.message : String(error));
		}
	}
}

function canAsk({ interactive, json }: NewFlags): boolean {
	return (
		interactive === true || (json !== true && process.stdin.isTTY === true && process.stderr.isTTY === true)
	);
}

async function takeAllAnswers(file: PrdFile, { answers, answer }: NewFlags): Promise<void> {
	if (answers !== undefined) {
		const given = PrdDocument.parse(await readAnswers(answers));
		const faults = given instanceof PrdDocument ? await takeAnswerFile(file, given) : [given];
		if (faults.length > 0) {
			const lines = faults.map(({ line, column, message }) => `${answers}:${line}:${column} ${message}`);
			throw new UsageError(`These answers cannot be taken, so none was:\n${lines.join('\n')}`);
		}
	}
	if (answer !== undefined) {
		await takeAnswers(file, answer);
	}
}

async function readAnswers(path: string): Promise<string> {
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		const { code = String(error) } = error as NodeJS.ErrnoException;
		throw new UsageError(`The answers ${path} cannot be read (${code}).`);
	}
}

function exitCodeOf({ plan, inTheWay }: NewReport): number {
	if (plan === null) {
		return exitCodes.person;
	}
	if (plan.kind === 'stopped') {
		return exitCodes.interrupted;
	}
	return plan.kind === 'failed' || inTheWay.length > 0 ? exitCodes.failed : exitCodes.ok;
}

function today(): string {
	return new Date().toISOString().slice(0, 10);
}
