import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { AlteredFile } from '../core/evidence/writtenRecords.ts';
import { writtenRecords } from '../core/evidence/writtenRecords.ts';
import type { RunTable } from '../core/run/runTable.ts';
import { journalFile } from '../engine/files/runPaths.ts';
import { JournalWriter } from '../engine/journal/journalWriter.ts';
import { RunLog } from '../engine/journal/runLog.ts';
import { WrittenWatch } from '../engine/journal/writtenWatch.ts';
import { restoreEvidence } from '../engine/run/restoreEvidence.ts';
import type { EvidenceReport } from '../protocol/evidenceReport.ts';
import { evidenceText } from './evidenceText.ts';
import { exitCodes } from './exitCodes.ts';
import { newestRun } from './newestRun.ts';
import { UsageError } from './usageError.ts';

interface EvidenceFlags {
	readonly write?: true;
	readonly anew?: true;
	readonly json?: true;
	readonly path: string;
	readonly plan?: string;
}

/** `switchyard evidence`: whether the evidence of the newest run is as it was written; with `--write` it is again. */
export function registerEvidence(program: Command): void {
	program
		.command('evidence')
		.description(
			'Compare the evidence of the newest run with what the journal says was written. Changes nothing without --write.',
		)
		.argument('[TASK...]', 'only these')
		.option('--write', 'write what was altered again, exactly as it was; what is there now is kept aside')
		.option('--anew', 'with --write: also where it cannot be made exactly as it was')
		.option('--json', 'print an object instead of text')
		.option('--path <PATH>', 'workspace folder or plan file', '.')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.action(async (tasks: readonly string[], flags: EvidenceFlags) => {
			refuseFlags(flags);
			const report = await compare(tasks, flags);
			const text = flags.json === true ? JSON.stringify(report, null, 2) : evidenceText(report);
			process.stdout.write(`${text}\n`);
			process.exitCode = isWhole(report) ? exitCodes.ok : exitCodes.failed;
		});
}

function refuseFlags({ write, anew }: EvidenceFlags): void {
	if (anew === true && write !== true) {
		throw new UsageError('--anew says how to write: it goes with --write.');
	}
	if (write === true && process.env['SWITCHYARD_ATTEMPT'] !== undefined) {
		throw new UsageError('This is a task of a run: it cannot write evidence (T7).');
	}
}

function isWhole({ altered, written }: EvidenceReport): boolean {
	return written === null ? altered.length === 0 : written.files.every(({ done }) => done !== 'differs');
}

async function compare(tasks: readonly string[], flags: EvidenceFlags): Promise<EvidenceReport> {
	const { rootPath, run, folder } = await newestRun(flags, 'there is no evidence to compare');
	const log = new RunLog(folder);
	await log.refresh();
	const { table } = log.fold;
	if (table === null) {
		throw new Error(`The journal of ${run} cannot be read: ${log.problems().join(' ')}`);
	}
	refuseUnknown(tasks, table, run);
	const isAsked = ({ task }: { readonly task: string }) => tasks.length === 0 || tasks.includes(task);
	const altered = (await new WrittenWatch(rootPath).look(table)).filter(isAsked);
	const files = writtenRecords(table).filter(isAsked).length;
	const written =
		flags.write === true ? await restore({ rootPath, log, altered, anew: flags.anew === true }) : null;
	return { run, files, unknown: withoutRecord(table).filter((task) => isAsked({ task })), altered, written };
}

function refuseUnknown(tasks: readonly string[], table: RunTable, run: string): void {
	const unknown = tasks.find((task) => !table.tasks.has(task));
	if (unknown !== undefined) {
		throw new UsageError(`The run ${run} has no task ${unknown}.`);
	}
}

/** Rows whose evidence was written by a version that noted no hashes: nobody can say whether it is as it was. */
function withoutRecord(table: RunTable): string[] {
	return [...table.tasks.values()]
		.filter(({ evidence, written }) => evidence !== null && written === null)
		.map(({ task }) => task.id);
}

async function restore(options: {
	readonly rootPath: string;
	readonly log: RunLog;
	readonly altered: readonly AlteredFile[];
	readonly anew: boolean;
}): Promise<EvidenceReport['written']> {
	const writer = new JournalWriter({
		file: journalFile(options.log.folder),
		clock: { now: () => Date.now() },
		writerName: () => `evidence-${randomUUID().slice(0, 8)}`,
	});
	try {
		const { files, kept } = await restoreEvidence({ ...options, writer, now: Date.now() });
		return { files: [...files], kept };
	} finally {
		await writer.close();
	}
}
