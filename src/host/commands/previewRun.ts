import * as vscode from 'vscode';
import type { PreviewScope } from '../../protocol/previewView.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import type { CommandTarget } from './commandTarget.ts';
import { readTarget } from './commandTarget.ts';
import { pickPlan } from './pickTarget.ts';

/** `switchyard.previewRun`: the forecast of a plan, or of the track, sprint or task of the row, before it is run. */
export function previewRun({ plans, runs, previews }: CommandServices): CommandHandler {
	return async (argument) => {
		const plan = await pickPlan({ plans, runs, argument, title: vscode.l10n.t('Preview Run') });
		if (plan !== null) {
			previews.open(plan.id, scopeOfTarget(readTarget(argument, plans.plans)));
		}
	};
}

/** Null: what was previewed last. A row that is the plan itself means all of it. */
function scopeOfTarget(target: CommandTarget | null): PreviewScope | null {
	if (target === null) {
		return null;
	}
	if (target.task !== undefined) {
		return { kind: 'task', id: target.task };
	}
	if (target.sprint !== undefined) {
		return { kind: 'sprint', id: target.sprint };
	}
	return target.track === undefined ? { kind: 'all' } : { kind: 'track', number: target.track };
}
