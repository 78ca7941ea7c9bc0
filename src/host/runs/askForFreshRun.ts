import * as vscode from 'vscode';
import type { RunChoice } from '../../core/run/runPlan.ts';
import type { RunView } from '../../engine/journal/runFollower.ts';
import { say } from '../notify/say.ts';

/**
 * An open run keeps its strategy and its number of agents (EXECUTION D5). Asks whoever chose others whether to start
 * another run, which does everything again. False: join; null: neither.
 */
export async function askForFreshRun(run: RunView | null, choice: RunChoice): Promise<boolean | null> {
	if (run === null || fits(run, choice)) {
		return false;
	}
	const fresh = vscode.l10n.t('Start a New Run');
	const join = vscode.l10n.t('Join the Open Run');
	const answer = await say.ask(
		vscode.l10n.t(
			'{0} is open and goes by strategy {1}, {2} at once; that holds until it is over. A new run does every task of it again.',
			run.run,
			run.plan.strategy,
			run.plan.jobs,
		),
		...(run.state === 'running' || run.state === 'stopping' ? [join] : [fresh, join]),
	);
	return answer === undefined ? null : answer === fresh;
}

function fits({ plan }: RunView, { strategy, agents }: RunChoice): boolean {
	return (strategy ?? plan.strategy) === plan.strategy && (agents ?? plan.jobs) === plan.jobs;
}
