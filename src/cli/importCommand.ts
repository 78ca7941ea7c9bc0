import { mkdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { formatNames } from '../core/plan/foreign/foreignPlan.ts';
import { importState } from '../core/plan/foreign/importMark.ts';
import { importFileName } from '../core/plan/foreign/importName.ts';
import { importPlan } from '../core/plan/foreign/importPlan.ts';
import { oneFileKey } from '../core/plan/planFiles.ts';
import type { ForeignFiles } from '../engine/files/foreignFiles.ts';
import { findForeign } from '../engine/files/foreignFiles.ts';
import { writeImportedState } from '../engine/files/importedState.ts';
import { exitCodes } from './exitCodes.ts';
import type { ImportReport } from './importReport.ts';
import { formatImportJson, formatImportText } from './importReport.ts';
import { UsageError } from './usageError.ts';

export interface ImportOptions {
	/** The folder that the plan is written to. */
	readonly to: string;
	readonly dryRun: boolean;
	readonly json: boolean;
	/** Overwrite a plan that a hand changed since it was imported, or that was never imported. */
	readonly force: boolean;
}

/** Adds `switchyard import FILE` to the command line. */
export function registerImport(program: Command): void {
	program
		.command('import')
		.description(
			'Write a plan of another tool as a plan of Switchyard, and list what was repaired on the way.',
		)
		.argument('<FILE>', 'a file of the other tool, or a folder that holds one')
		.option('--to <DIR>', 'the folder to write to', '.')
		.option('--dry-run', 'show what would be written, and write nothing')
		.option('--force', 'overwrite a plan that was changed by hand')
		.option('--json', 'print an object instead of text')
		.action(async (path: string, flags: { to: string; dryRun?: true; force?: true; json?: true }) => {
			const options = {
				to: flags.to,
				dryRun: flags.dryRun === true,
				force: flags.force === true,
				json: flags.json === true,
			};
			process.exitCode = await runImport(path, options, (text) => process.stdout.write(text));
		});
}

/**
 * Imports one plan and prints what it did; importing the same again changes nothing. Returns the exit code. Throws a
 * `UsageError` when the path holds no plan of another tool, or several.
 */
export async function runImport(
	path: string,
	options: ImportOptions,
	out: (text: string) => void,
): Promise<number> {
	const source = await onlyPlan(path);
	const preview = importPlan(source.format, source.files);
	if (preview.tasks === 0) {
		const what = formatNames[source.format];
		throw new UsageError(`${path} looks like ${what} and holds no task. Is it the right file?`);
	}
	const target = join(resolve(options.to), importFileName(source.path, source.format));
	const action = await actionFor(target, preview.yaml, options);
	if (action === 'write') {
		await mkdir(resolve(options.to), { recursive: true });
		await writeFileAtomic(target, preview.yaml);
	}
	if (action === 'write' || action === 'unchanged') {
		await noteCompleted(target, preview.completed);
	}
	const report: ImportReport = { preview, target: shorten(target), action, base: process.cwd() };
	out(
		options.json ? formatImportJson(report) : formatImportText(report, options.dryRun ? preview.yaml : null),
	);
	return action === 'refuse-edited' || action === 'refuse-own' ? exitCodes.failed : exitCodes.ok;
}

/** A run of the plan must not do again what is done (FORMATS 2.1). */
async function noteCompleted(target: string, completed: readonly string[]): Promise<void> {
	const rootPath = await realpath(dirname(target));
	await writeImportedState({ rootPath, planKey: oneFileKey(basename(target)), completed, now: Date.now() });
}

async function onlyPlan(path: string): Promise<ForeignFiles> {
	const found = await find(path);
	const [first, ...others] = found;
	if (first === undefined) {
		throw new UsageError(
			`There is no plan of another tool in ${path}. Known are: ${Object.values(formatNames).join(', ')}.`,
		);
	}
	if (others.length > 0) {
		const list = found.map(
			(one) => `  ${relative(process.cwd(), one.path) || '.'} (${formatNames[one.format]})`,
		);
		throw new UsageError(`${path} holds several plans of other tools. Name one:\n${list.join('\n')}`);
	}
	return first;
}

async function find(path: string): Promise<ForeignFiles[]> {
	try {
		return await findForeign(path);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
		const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
		throw new UsageError(
			isMissing ? `There is no ${path}. Name a file of another tool.` : `${path} cannot be read (${code}).`,
		);
	}
}

async function actionFor(
	target: string,
	yaml: string,
	{ dryRun, force }: ImportOptions,
): Promise<ImportReport['action']> {
	const existing = await readExisting(target);
	if (existing !== null && existing.replace(/\r\n/g, '\n') === yaml) {
		return 'unchanged';
	}
	const state = existing === null || force ? 'imported' : importState(existing);
	if (state !== 'imported') {
		return state === 'edited' ? 'refuse-edited' : 'refuse-own';
	}
	return dryRun ? 'would-write' : 'write';
}

async function readExisting(target: string): Promise<string | null> {
	try {
		return await readFile(target, 'utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
			return null;
		}
		const isFolder = await stat(target).then(
			(info) => info.isDirectory(),
			() => false,
		);
		throw new UsageError(
			`${target} cannot be read${isFolder ? ': it is a folder' : ''}. Use --to with another folder.`,
		);
	}
}

function shorten(path: string): string {
	const short = relative(process.cwd(), path);
	return short.startsWith('..') ? path : short;
}
