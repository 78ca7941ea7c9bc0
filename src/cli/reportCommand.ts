import type { Command } from 'commander';
import { reportRun } from '../core/history/runReport.ts';
import { forecastOutcome } from '../core/schedule/forecastOutcome.ts';
import { listRuns } from '../engine/journal/listRuns.ts';
import { lookAtEvidence } from '../engine/journal/lookAtEvidence.ts';
import { readHistory } from '../engine/journal/readHistory.ts';
import { RunLog } from '../engine/journal/runLog.ts';
import { viewOf } from '../engine/journal/runView.ts';
import { callLoader } from '../engine/run/callLoader.ts';
import { exitCodes } from './exitCodes.ts';
import { locatePlan } from './locatePlan.ts';
import { reportObject } from './reportObject.ts';
import type { ReportInput } from './reportText.ts';
import { reportText } from './reportText.ts';
import { UsageError } from './usageError.ts';

interface ReportFlags {
	readonly estimates?: true;
	readonly json?: true;
	readonly run?: string;
	readonly plan?: string;
}

/** `switchyard report`: what the newest run of a plan came to. Reads journals only, and never changes anything. */
export function registerReport(program: Command): void {
	program
		.command('report')
		.description('Look back on the newest run of a plan: totals, times, failures, and what nobody verified.')
		.argument('[PATH]', 'workspace folder or plan file', '.')
		.option('--estimates', 'every task and type beside its estimate, and what all runs taught')
		.option('--run <ID>', 'this run instead of the newest')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.option('--json', 'print an object instead of text')
		.action(async (path: string, flags: ReportFlags) => {
			const input = await readReport(path, flags);
			const text =
				flags.json === true
					? `${JSON.stringify(reportObject(input), null, 2)}\n`
					: input === null
						? 'No run yet, so there is nothing to report. Start one with: switchyard run\n'
						: reportText(input);
			process.stdout.write(text);
			process.exitCode = exitCodeOf(input);
		});
}

/** Null where the plan was never run. */
async function readReport(path: string, flags: ReportFlags): Promise<ReportInput | null> {
	const reply = await callLoader({ path, ...(flags.plan === undefined ? {} : { planKey: flags.plan }) });
	const place = locatePlan(reply);
	const runs = (await listRuns(place.rootPath)).filter(
		({ plan }) => place.key === null || plan === place.key,
	);
	const chosen = flags.run === undefined ? runs.at(-1) : runs.find(({ run }) => run === flags.run);
	if (chosen === undefined && flags.run !== undefined) {
		const known =
			runs.length === 0 ? 'It has no runs yet' : `Its runs are: ${runs.map(({ run }) => run).join(', ')}`;
		throw new UsageError(`The plan in ${place.rootPath} has no run ${flags.run}. ${known}.`);
	}
	if (chosen === undefined) {
		return null;
	}
	const log = new RunLog(chosen.folder);
	await log.refresh();
	const { table } = log.fold;
	// The evidence of an earlier run may have made room for that of a later one.
	const isNewest = chosen === runs.at(-1);
	const findings = table === null || !isNewest ? undefined : await lookAtEvidence(place.rootPath, table);
	const view = viewOf(log, findings);
	if (view === null || log.fold.table === null) {
		throw new Error(`The journal of ${chosen.run} cannot be read: ${log.problems().join(' ')}`);
	}
	const history = await readHistory(place.rootPath);
	const report = reportRun(log.fold.table);
	const forecast = forecastOutcome(view.plan, report);
	return { view, report, history, forecast, estimates: flags.estimates === true };
}

function exitCodeOf(input: ReportInput | null): number {
	if (input !== null && input.report.totals.failed > 0) {
		return exitCodes.failed;
	}
	return input !== null && input.report.totals.needPerson > 0 ? exitCodes.person : exitCodes.ok;
}
