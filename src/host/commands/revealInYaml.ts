import * as vscode from 'vscode';
import type { SourceRange } from '../../core/plan/plan.ts';
import type { PlanModel } from '../plans/planModel.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import type { CommandTarget } from './commandTarget.ts';
import { readTarget } from './commandTarget.ts';
import { pickTask } from './pickTarget.ts';

/** `switchyard.revealInYaml`: puts the cursor on the id where it is defined. */
export function revealInYaml({ plans, runs }: CommandServices): CommandHandler {
	return async (argument) => {
		const target = readTarget(argument, plans.plans);
		const plan = target === null ? undefined : plans.byKey(target.plan);
		if (target !== null && plan !== undefined) {
			await showRange(rangeOf(plan, target) ?? startOf(plan));
			return;
		}
		const picked = await pickTask({
			...{ plans, runs, argument, withForeign: true },
			title: vscode.l10n.t('Reveal in YAML'),
		});
		if (picked !== null) {
			await showRange(rangeOf(picked.plan, picked.target));
		}
	};
}

function rangeOf(plan: PlanModel, target: CommandTarget): SourceRange | undefined {
	if (target.task !== undefined) {
		return plan.tasks.get(target.task)?.idRange;
	}
	if (target.sprint !== undefined) {
		return plan.sprints.get(target.sprint)?.idRange;
	}
	return plan.tracks.find(({ number }) => number === target.track)?.range ?? undefined;
}

function startOf(plan: PlanModel): SourceRange | undefined {
	const [uri] = plan.files;
	const start = { line: 0, character: 0 };
	return uri === undefined ? undefined : { uri, start, end: start };
}

async function showRange(range: SourceRange | undefined): Promise<void> {
	if (range === undefined) {
		return;
	}
	const { start, end } = range;
	await vscode.window.showTextDocument(vscode.Uri.parse(range.uri, true), {
		selection: new vscode.Range(start.line, start.character, end.line, end.character),
		preserveFocus: false,
	});
}
