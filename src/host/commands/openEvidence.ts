import * as vscode from 'vscode';
import { say } from '../notify/say.ts';
import type { PlanModel } from '../plans/planModel.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import type { CommandTarget } from './commandTarget.ts';
import { readTarget } from './commandTarget.ts';
import { offerRestore } from './offerRestore.ts';
import { pickTask } from './pickTarget.ts';
import { runOfRow } from './runOfRow.ts';

/** `switchyard.openEvidence`: the rendered EVIDENCE.md of a task; of a sprint or plan the user chooses which. */
export function openEvidence({ plans, runs, tree, evidence, logger }: CommandServices): CommandHandler {
	return async (argument) => {
		const target = readTarget(argument, plans.plans);
		if (await openOfRow(argument, target, { plans, runs })) {
			return;
		}
		const members = target === null ? null : membersOf(plans.byKey(target.plan), target);
		const picked = await pickTask({
			...{ plans, runs, argument },
			title: vscode.l10n.t('Open Evidence'),
			filter: (plan, task) =>
				typeof runs.current(plan.id)?.task(task)?.evidence === 'string' &&
				(members === null || members.has(task)),
		});
		if (picked === null) {
			return;
		}
		const { plan, target: chosen } = picked;
		const folder = runs.current(plan.id)?.task(chosen.task)?.evidence;
		if (typeof folder !== 'string') {
			void say.info(vscode.l10n.t('{0} has no evidence yet.', chosen.task));
			await tree.reveal(chosen);
			return;
		}
		const isThere = await openReport(plan, folder);
		const outcome = await offerRestore(plan, chosen.task, { runs, evidence, logger });
		const isShown = isThere || (outcome === 'written' && (await openReport(plan, folder)));
		if (!isShown && outcome !== 'altered') {
			sayMissing(plan, folder);
		}
	};
}

/** Rows of earlier runs name their own evidence: the newest run has another of the same task. False where none is named. */
async function openOfRow(
	argument: unknown,
	target: CommandTarget | null,
	{ plans, runs }: Pick<CommandServices, 'plans' | 'runs'>,
): Promise<boolean> {
	const plan = target === null ? undefined : plans.byKey(target.plan);
	const folder =
		typeof argument === 'object' && argument !== null && 'evidence' in argument ? argument.evidence : null;
	if (plan === undefined || typeof folder !== 'string' || runOfRow(argument, runs.all(plan.id)) === null) {
		return false;
	}
	if (!(await openReport(plan, folder))) {
		sayMissing(plan, folder);
	}
	return true;
}

function membersOf(
	plan: PlanModel | undefined,
	target: { readonly sprint?: string; readonly track?: number },
): ReadonlySet<string> | null {
	if (plan === undefined || (target.sprint === undefined && target.track === undefined)) {
		return null;
	}
	const sprints = [...plan.sprints.values()].filter(
		({ id, track }) => id === target.sprint || (target.sprint === undefined && track === target.track),
	);
	return new Set(sprints.flatMap((sprint) => sprint.tasks));
}

/** `folder` is relative to the plan's root, as the journal has it. False where there is no report. */
async function openReport(plan: PlanModel, folder: string): Promise<boolean> {
	const root = vscode.Uri.parse(plan.id.rootUri, true);
	const report = reportIn(plan, folder);
	try {
		if (!report.path.startsWith(`${root.path}/`)) {
			// A journal is a file like any other: it may come with a cloned folder.
			return false;
		}
		await vscode.workspace.fs.stat(report);
	} catch {
		return false;
	}
	await vscode.commands.executeCommand('markdown.showPreview', report);
	return true;
}

function sayMissing(plan: PlanModel, folder: string): void {
	const place = vscode.workspace.asRelativePath(reportIn(plan, folder));
	void say.error(vscode.l10n.t('The evidence was moved or deleted: {0}', place));
}

function reportIn(plan: PlanModel, folder: string): vscode.Uri {
	return vscode.Uri.joinPath(vscode.Uri.parse(plan.id.rootUri, true), folder, 'EVIDENCE.md');
}
