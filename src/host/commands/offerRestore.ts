import * as vscode from 'vscode';
import { alteredText } from '../../core/evidence/alteredText.ts';
import { say } from '../notify/say.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { isTrusted } from '../runs/runGuard.ts';
import type { CommandServices } from './commandServices.ts';

/** `altered`: it is not as it was written, and stays so. */
type Outcome = 'unaltered' | 'altered' | 'written';

/** Says of evidence that it is not as it was written, and writes it again where the person wants that. */
export async function offerRestore(
	plan: PlanModel,
	task: string,
	{ runs, evidence, logger }: Pick<CommandServices, 'runs' | 'evidence' | 'logger'>,
): Promise<Outcome> {
	const files = runs.current(plan.id)?.altered.filter((file) => file.task === task) ?? [];
	if (files.length === 0) {
		return 'unaltered';
	}
	const again = vscode.l10n.t('Write It Again');
	if ((await say.warning(`${task}: ${alteredText(files)}`, again)) !== again || !isTrusted()) {
		return 'altered';
	}
	try {
		return (await restore(plan, task, evidence)) ? 'written' : 'altered';
	} catch (error) {
		logger.warn(String(error));
		const why = error instanceof Error ? error.message : String(error);
		void say.error(vscode.l10n.t('The evidence of {0} could not be written again: {1}', task, why));
		return 'altered';
	}
}

/** First exactly as it was; where that cannot be, only after a question. False where it stays as it is. */
async function restore(
	plan: PlanModel,
	task: string,
	evidence: CommandServices['evidence'],
): Promise<boolean> {
	let { written } = await evidence.restore(plan.id, task, { anew: false });
	if (written?.files.some(({ done }) => done === 'differs')) {
		const anew = vscode.l10n.t('Write It Anew');
		const question = vscode.l10n.t(
			'The evidence of {0} cannot be made exactly as it was: the files of its attempts, the plan or this environment are others now. Write it anew all the same?',
			task,
		);
		if ((await say.ask(question, anew)) !== anew) {
			return false;
		}
		written = (await evidence.restore(plan.id, task, { anew: true })).written;
	}
	const done = vscode.l10n.t('The evidence of {0} was written again.', task);
	const isKept = written?.files.some(({ how }) => how === 'changed') === true;
	const kept = isKept ? vscode.l10n.t('What was there before is in {0}', written?.kept ?? '') : '';
	void say.info([done, kept].filter(Boolean).join(' '));
	return true;
}
