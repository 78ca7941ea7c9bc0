import type { Command } from 'commander';
import { Option } from 'commander';
import { readPlan } from '../core/plan/readPlan.ts';
import type { PlanFinding } from '../engine/files/findPlans.ts';
import { lookForPlans } from '../engine/files/findPlans.ts';
import type { CheckReport } from './checkReport.ts';
import { formatJson, formatText } from './checkReport.ts';
import { exitCodes } from './exitCodes.ts';
import { UsageError } from './usageError.ts';

export interface CheckOptions {
	readonly format: 'text' | 'json';
}

/** Where a command says what it found. */
export interface CommandOutput {
	readonly out: (text: string) => void;
	/** True when colours reach a person. */
	readonly hasColours: boolean;
}

/** Adds `switchyard check [PATH]` to the command line. */
export function registerCheck(program: Command): void {
	program
		.command('check')
		.description('look for problems in the plans below a folder, or in one plan file')
		.argument('[path]', 'a workspace folder or a plan file', '.')
		.addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
		.option('--json', 'the same as --format json')
		.action(async (path: string, options: { format: 'text' | 'json'; json?: boolean }) => {
			const format = options.json === true ? 'json' : options.format;
			process.exitCode = await checkPlans(path, { format }, standardOutput());
		});
}

/** Checks every plan that a path means, prints the result and returns the exit code. Throws a `UsageError` for no plan. */
export async function checkPlans(
	path: string,
	{ format }: CheckOptions,
	output: CommandOutput,
): Promise<number> {
	const report = toReport(await find(path));
	if (report.files === 0 && report.problems.length === 0) {
		throw new UsageError(
			`There is no plan in ${path}. Looked in it and below for docs/planning (PROJECT_PRD.yaml, tasks/, sprints/), *.plan.yaml, plan.yaml and switchyard.yaml.`,
		);
	}
	output.out(format === 'json' ? formatJson(report) : formatText(report, output));
	return report.problems.some(({ problem }) => problem.severity === 'error')
		? exitCodes.failed
		: exitCodes.ok;
}

async function find(path: string): Promise<PlanFinding> {
	try {
		return await lookForPlans(path);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		const reasons: Readonly<Record<string, string>> = {
			ENOENT: `There is no ${path}. Name a workspace folder or a plan file.`,
			ENOTDIR: `There is no ${path}. Name a workspace folder or a plan file.`,
			EACCES: `${path} cannot be read (no permission).`,
			EPERM: `${path} cannot be read (no permission).`,
			ELOOP: `${path} is a symbolic link that leads back to itself.`,
		};
		throw new UsageError(reasons[code] ?? `${path} cannot be read (${code || String(error)}).`);
	}
}

/** Reads all plans; paths are relative to their root, or to the searched folder when there are several roots. */
function toReport({ folder, plans, problems }: PlanFinding): CheckReport {
	const roots = new Set(plans.map(({ id }) => id.rootUri));
	const only = roots.size === 1 ? plans[0] : undefined;
	const base = only?.rootPath ?? folder;
	const readings = plans.map((plan) => readPlan(plan.id, plan.files));
	return {
		files: plans.reduce((sum, plan) => sum + plan.files.length, 0),
		tasks: readings.reduce((sum, { plan }) => sum + plan.tasks.length, 0),
		problems: [...problems, ...readings.flatMap((reading) => reading.problems)].map((problem) => ({
			problem,
			base,
		})),
	};
}

function standardOutput(): CommandOutput {
	return {
		out: (text) => process.stdout.write(text),
		hasColours: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
	};
}
