import * as vscode from 'vscode';
import type { OpenNeed } from '../../core/run/needs.ts';
import { answerTask } from '../../engine/journal/runRequests.ts';
import type { RunView } from '../../engine/journal/runView.ts';
import { say } from '../notify/say.ts';
import { isTrusted } from '../runs/runGuard.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { offerResume } from './offerResume.ts';
import { pickTask } from './pickTarget.ts';

/** `switchyard.approveTask` and `rejectTask`: what a person says about a task that waits for them (FORMATS 1.4). */
export function answerApproval(
	{ plans, runs }: CommandServices,
	answer: 'approve' | 'reject',
): CommandHandler {
	return async (argument) => {
		if (!isTrusted()) {
			return;
		}
		const needOf = (task: string, plan: Parameters<typeof runs.current>[0]) =>
			runs.current(plan)?.needs.find((need) => need.task === task && need.need.kind === 'approval');
		const picked = await pickTask({
			...{ plans, runs, argument },
			title: answer === 'approve' ? vscode.l10n.t('Approve Task') : vscode.l10n.t('Reject Task'),
			filter: (plan, task) => needOf(task, plan.id) !== undefined,
		});
		if (picked === null) {
			return;
		}
		const { plan, target } = picked;
		const run = runs.current(plan.id);
		const open = needOf(target.task, plan.id);
		if (run === null || open === undefined) {
			void say.info(vscode.l10n.t('{0} does not wait for an approval.', target.task));
			return;
		}
		const reason = isInPlace(argument) ? await reasonFor(answer, open) : await askFor(answer, open);
		if (reason !== null) {
			await give(run, { answer, open, reason });
			// Not awaited: the message may stay open for hours.
			void offerResume(target.plan, run.engines.length > 0);
		}
	};
}

interface Given {
	readonly answer: 'approve' | 'reject';
	readonly open: OpenNeed;
	readonly reason: string;
}

function give({ folder }: RunView, { answer, open: { task, need }, reason }: Given): Promise<void> {
	return answerTask(folder, {
		...{ task, answer, by: 'editor' },
		attempt: need.kind === 'approval' ? need.attempt : 0,
		...(reason === '' ? {} : { reason }),
	});
}

/** The reason, empty where none is needed; null where the person thought better of it. */
async function askFor(answer: 'approve' | 'reject', { task, sentence }: OpenNeed): Promise<string | null> {
	if (answer === 'approve') {
		const approve = vscode.l10n.t('Approve');
		const chosen = await say.ask(vscode.l10n.t('Approve {0}? {1}', task, sentence), approve);
		return chosen === approve ? '' : null;
	}
	return askReason(task);
}

/** A row of "Needs You" has said what is asked: only what it cannot say is asked for. */
async function reasonFor(answer: 'approve' | 'reject', { task }: OpenNeed): Promise<string | null> {
	return answer === 'approve' ? '' : askReason(task);
}

async function askReason(task: string): Promise<string | null> {
	const reason = await vscode.window.showInputBox({
		title: vscode.l10n.t('Reject {0}', task),
		prompt: vscode.l10n.t('Why? The next iteration is told so.'),
		validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Say why, in a sentence.') : null),
	});
	return reason === undefined ? null : reason.trim();
}

function isInPlace(argument: unknown): boolean {
	return (
		typeof argument === 'object' && argument !== null && 'inPlace' in argument && argument.inPlace === true
	);
}
