import type { Command } from 'commander';
import type { OpenNeed } from '../core/run/needs.ts';
import type { PlanQuestion } from '../core/run/planQuestions.ts';
import { awaitsAnswer } from '../core/run/planQuestions.ts';
import type { TaskSummary } from '../core/run/runState.ts';
import { costNews } from '../core/run/spending.ts';
import { listRuns } from '../engine/journal/listRuns.ts';
import { lookAtEvidence } from '../engine/journal/lookAtEvidence.ts';
import { RunLog } from '../engine/journal/runLog.ts';
import type { RunView } from '../engine/journal/runView.ts';
import { viewOf } from '../engine/journal/runView.ts';
import { callLoader } from '../engine/run/callLoader.ts';
import { alteredLines } from './alteredLines.ts';
import { exitCodes } from './exitCodes.ts';
import { gateLines } from './gateLines.ts';
import { locatePlan } from './locatePlan.ts';
import { statusObject } from './statusObject.ts';

/** `switchyard status`: how the newest run of a plan stands. Reads journals only, and never changes anything. */
export function registerStatus(program: Command): void {
	program
		.command('status')
		.description('Show how the newest run of a plan stands.')
		.argument('[PATH]', 'workspace folder or plan file', '.')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.option('--json', 'print the status object')
		.action(async (path: string, flags: { json?: boolean; plan?: string }) => {
			const { view, taskIds, faults } = await newestRun(path, flags.plan);
			const text =
				flags.json === true
					? JSON.stringify(statusObject(view, taskIds), null, 2)
					: describe(view, { tasks: taskIds.length, faults });
			process.stdout.write(`${text}\n`);
			process.exitCode = exitCodeOf(view);
		});
}

async function newestRun(
	path: string,
	planKey: string | undefined,
): Promise<{ view: RunView | null; taskIds: readonly string[]; faults: number }> {
	const reply = await callLoader({ path, ...(planKey === undefined ? {} : { planKey }) });
	const place = locatePlan(reply);
	const runs = await listRuns(place.rootPath);
	const newest = runs.filter(({ plan }) => place.key === null || plan === place.key).at(-1);
	const taskIds = reply.kind === 'plan' ? reply.runPlan.tasks.map(({ id }) => id) : [];
	const faults = reply.kind === 'faults' ? reply.faults.length : 0;
	if (newest === undefined) {
		return { view: null, taskIds, faults };
	}
	const log = new RunLog(newest.folder);
	await log.refresh();
	const { table } = log.fold;
	const findings = table === null ? undefined : await lookAtEvidence(place.rootPath, table);
	return { view: viewOf(log, findings), taskIds, faults };
}

/** What is asked, and the command that answers it. */
function describeNeed({ task, need, evidence }: OpenNeed): string {
	const look = evidence === null ? '' : `  (look at ${evidence})`;
	switch (need.kind) {
		case 'approval':
			return `  switchyard approve ${task}   or   switchyard reject ${task} --reason "…"${look}`;
		case 'unknown-outcome':
		case 'stuck':
			return `  switchyard run --task ${task}   tries it again${look}`;
		case 'gate-failed':
			return `  switchyard retry ${task}   or   switchyard skip ${task}${look}`;
	}
}

/** The same for what the run asks about itself. */
function describeQuestion(question: PlanQuestion): string[] {
	const { sentence } = question;
	switch (question.kind) {
		case 'replan':
			return [`  ${sentence}`, '    switchyard replan   shows it as a diff, to accept or reject'];
		case 'renamed': {
			const ids = `${question.from} ${question.to}`;
			return [`  ${sentence}`, `    switchyard renamed ${ids}   or   switchyard renamed ${ids} --not-same`];
		}
		case 'removed':
			return [`  ${sentence}`, `    switchyard stop --task ${question.task}`];
		case 'usage-limit':
			return [`  ${sentence}`];
		case 'budget':
			return [`  ${sentence}`, '    switchyard budget --continue   or   switchyard budget --set USD'];
	}
}

function exitCodeOf(view: RunView | null): number {
	if (view === null) {
		return exitCodes.ok;
	}
	if (view.totals.failed > 0) {
		return exitCodes.failed;
	}
	const gateNeeds = view.gates.some(({ needsPerson }) => needsPerson);
	const isAsked = view.totals.needPerson > 0 || gateNeeds || view.questions.some(awaitsAnswer);
	return isAsked ? exitCodes.person : exitCodes.ok;
}

function taskLines(rows: readonly TaskSummary[]): string[] {
	const width = Math.max(...rows.map(({ id }) => id.length), 4);
	return rows.map(({ id, status, reason, validation }) => {
		const basis = validation === null ? '' : (bases[validation] ?? '');
		return `${id.padEnd(width)}  ${status.padEnd(9)}  ${reason === '' ? basis : reason}`.trimEnd();
	});
}

/** T1: what is completed and rests on no check is told apart from what is verified. */
const bases: Readonly<Record<string, string>> = {
	none: 'Unverified: it has no check.',
	imported: 'Unverified: a state file says so. Its checks are made by: switchyard run --recheck',
};

function describe(view: RunView | null, plan: { readonly tasks: number; readonly faults: number }): string {
	if (view === null) {
		return plan.faults > 0
			? `No run yet, and ${plan.faults === 1 ? 'an error' : `${plan.faults} errors`} in the plan: see switchyard check`
			: `No run yet: ${plan.tasks} ${plan.tasks === 1 ? 'task' : 'tasks'} pending. Start one with: switchyard run`;
	}
	const { totals } = view;
	const lines = [
		`${view.run}  ${view.state}`,
		`${totals.completed}/${totals.total} completed, ${totals.running} running, ${totals.failed} failed, ${totals.blocked} blocked, ${totals.waiting} waiting${totals.unverified > 0 ? `, ${totals.unverified} unverified` : ''}`,
		'',
	];
	lines.push(...taskLines([...view.summaries]), ...gateLines(view.gates));
	const cost = costNews(view.costs);
	lines.push(...(cost === '' ? [] : ['', cost]));
	lines.push(...questionLines(view));
	lines.push(...alteredLines(view.altered));
	for (const problem of view.problems) {
		lines.push('', `warning: ${problem}`);
	}
	if (view.state === 'interrupted') {
		lines.push('', 'No engine is alive: take the run up again with: switchyard run');
	}
	return lines.join('\n');
}

/** What waits for a person, and what is only good to know. */
function questionLines({ needs, questions }: RunView): string[] {
	const waiting = [...needs.map(describeNeed), ...questions.filter(awaitsAnswer).flatMap(describeQuestion)];
	const others = questions.filter((question) => !awaitsAnswer(question)).flatMap(describeQuestion);
	return [
		...(waiting.length > 0 ? ['', 'Waiting for you:', ...waiting] : []),
		...(others.length > 0 ? ['', 'Good to know:', ...others] : []),
	];
}
