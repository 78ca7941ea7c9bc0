import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { readInPlace } from '../core/plan/foreign/readInPlace.ts';
import type { PlanFinding } from '../engine/files/findPlans.ts';
import { lookForPlans } from '../engine/files/findPlans.ts';
import { formatAnnotations } from './annotations.ts';
import { checkoutRoot } from './checkoutRoot.ts';
import type { CheckReport } from './checkReport.ts';
import { formatJson, formatText } from './checkReport.ts';
import { exitCodes } from './exitCodes.ts';
import { formatSarif } from './sarifReport.ts';
import { UsageError } from './usageError.ts';

const formats = ['text', 'json', 'sarif'] as const;

export interface CheckOptions {
	readonly format: (typeof formats)[number];
	/** The version of Switchyard, for SARIF. */
	readonly version?: string;
}

/** Where a command says what it found. */
export interface CommandOutput {
	readonly out: (text: string) => void;
	/** True where GitHub runs the command and shows lines in its form at the files of a pull request. */
	readonly isGithub?: boolean;
	/** True when colours reach a person. */
	readonly hasColours: boolean;
}

/** Adds `switchyard check [PATH]` to the command line. */
export function registerCheck(program: Command): void {
	program
		.command('check')
		.description('Look for problems in the plans below a folder, or in one plan file.')
		.argument('[path]', 'a workspace folder or a plan file', '.')
		.addOption(new Option('--format <format>', 'how to print').choices(formats).default('text'))
		.option('--json', 'the same as --format json')
		.action(async (path: string, options: { format: CheckOptions['format']; json?: boolean }) => {
			const format = options.json === true ? 'json' : options.format;
			const version = program.version() ?? '0.0.0';
			process.exitCode = await checkPlans(path, { format, version }, standardOutput());
		});
}

/** Checks every plan that a path means, prints the result and returns the exit code. Throws a `UsageError` for no plan. */
export async function checkPlans(
	path: string,
	{ format, version = '0.0.0' }: CheckOptions,
	output: CommandOutput,
): Promise<number> {
	const finding = await find(path);
	const report = toReport(finding);
	if (report.files === 0 && report.problems.length === 0) {
		throw new UsageError(
			`There is no plan in ${resolve(path)}. Looked in it and below for docs/planning (PROJECT_PRD.yaml, tasks/, sprints/), *.plan.yaml, plan.yaml and switchyard.yaml.`,
		);
	}
	switch (format) {
		case 'text':
			output.out(formatText(report, output));
			if (output.isGithub === true) {
				output.out(formatAnnotations(report, checkoutRoot(baseOf(finding))));
			}
			break;
		case 'json':
			output.out(formatJson(report));
			break;
		case 'sarif':
			output.out(formatSarif(report, { version, base: checkoutRoot(baseOf(finding)) }));
			break;
	}
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

/** What paths are relative to: the root of the plan, or the searched folder when there are several roots. */
function baseOf({ folder, plans }: PlanFinding): string {
	const roots = new Set(plans.map(({ id }) => id.rootUri));
	const only = roots.size === 1 ? plans[0] : undefined;
	return only?.rootPath ?? folder;
}

function toReport(finding: PlanFinding): CheckReport {
	const { plans, problems } = finding;
	const base = baseOf(finding);
	const readings = plans.map(({ id, files, rootPath }) =>
		readInPlace(id, files, { hasFile: (path) => existsSync(join(rootPath, path)) }),
	);
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
		isGithub: process.env['GITHUB_ACTIONS'] === 'true',
		hasColours: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
	};
}
