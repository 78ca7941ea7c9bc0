import * as vscode from 'vscode';
import { say } from '../notify/say.ts';
import { isTrusted } from '../runs/runGuard.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { pickTask } from './pickTarget.ts';

/** `switchyard.showTerminal`: what a task writes or wrote, live or again. */
export function showTerminal({ plans, runs, terminals }: CommandServices): CommandHandler {
	return async (argument) => {
		// The viewer starts a runner that nobody has started.
		if (!isTrusted()) {
			return;
		}
		const picked = await pickTask({
			...{ plans, runs, argument },
			title: vscode.l10n.t('Show Terminal'),
			filter: (plan, task) => (runs.current(plan.id)?.attempts(task).length ?? 0) > 0,
		});
		if (picked !== null && !terminals.show(picked.plan, picked.target.task)) {
			void say.info(vscode.l10n.t('{0} has not run yet.', picked.target.task));
		}
	};
}
