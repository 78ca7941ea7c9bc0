import * as vscode from 'vscode';
import { collectForeign } from '../../core/plan/foreign/collectForeign.ts';
import { planKey } from '../plans/planModel.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { chooseForeign, sayNoPlan, UriSource } from './foreignSource.ts';

/** `switchyard.openForeign`: shows another tool's plan in the tree and the graph, as it lies there. Nothing is written. */
export function openForeign({ openForeignPlan, plans, tree, graph }: CommandServices): CommandHandler {
	return async (argument) => {
		const title = vscode.l10n.t('Open a Plan of Another Tool');
		const source = argument instanceof vscode.Uri ? argument : await chooseForeign(title);
		if (source === undefined) {
			return;
		}
		const found = await collectForeign(new UriSource(source), source.path);
		const uris = found?.files.map(({ uri }) => uri) ?? [];
		const id = uris.length === 0 ? null : await openForeignPlan(uris);
		const plan = id === null ? undefined : plans.get(id);
		if (id === null || plan === undefined || plan.tasks.size === 0) {
			await sayNoPlan(source);
			return;
		}
		graph.open(id);
		await tree.reveal({ plan: planKey(id) });
	};
}
