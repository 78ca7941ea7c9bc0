import * as vscode from 'vscode';
import type { FileChange } from '../../core/schedule/files/fileChange.ts';
import type { TrackChoice } from '../../core/schedule/trackChoices.ts';
import type { PlanTracksReply } from '../../protocol/lsp.ts';
import { say } from '../notify/say.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { formatMinutes } from '../tree/formatTime.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { pickPlan } from './pickTarget.ts';
import { writeChanges } from './writeChanges.ts';

type Planned = Extract<PlanTracksReply, { readonly kind: 'changes' }>;

/** `switchyard.planTracks`: asks for a number of tracks, shows what that would change, and writes it on a yes. */
export function planTracks({ plans, runs, planTracks: ask }: CommandServices): CommandHandler {
	return async (argument) => {
		const title = vscode.l10n.t('Plan Tracks');
		const plan = await pickPlan({ plans, runs, argument, title });
		if (plan === null) {
			return;
		}
		const offer = await ask({ plan: plan.id });
		const choice = offer.kind === 'choices' ? await chooseTracks(plan, offer.choices) : undefined;
		if (offer.kind === 'fault') {
			void say.error(vscode.l10n.t('Tracks cannot be planned: {0}', offer.message));
		}
		if (choice === undefined) {
			return;
		}
		const reply = await ask({ plan: plan.id, tracks: choice.tracks, split: choice.split });
		if (reply.kind === 'fault') {
			void say.error(vscode.l10n.t('Tracks cannot be planned: {0}', reply.message));
		} else if (reply.kind === 'changes') {
			await offerChanges(plan, reply);
		}
	};
}

/** The recommended number stands first and is chosen by Enter. */
async function chooseTracks(
	plan: PlanModel,
	choices: readonly TrackChoice[],
): Promise<TrackChoice | undefined> {
	const ordered = [...choices].sort((a, b) => Number(b.isRecommended) - Number(a.isRecommended));
	const items = ordered.map((choice) => {
		const time = formatMinutes(choice.makespanMinutes);
		return {
			label: choice.split
				? vscode.l10n.t('{0} tracks, chains taken apart', choice.tracks)
				: vscode.l10n.t('{0} tracks', choice.tracks),
			description: choice.isRecommended
				? vscode.l10n.t('{0} side by side (recommended)', time)
				: vscode.l10n.t('{0} side by side', time),
			choice,
		};
	});
	const picked = await vscode.window.showQuickPick(items, {
		title: vscode.l10n.t('Plan Tracks'),
		placeHolder: vscode.l10n.t('How many tracks should {0} have?', plan.name),
	});
	return picked?.choice;
}

async function offerChanges(plan: PlanModel, planned: Planned): Promise<void> {
	const { changes, notes, saving, makespanMinutes } = planned;
	if (changes.length === 0) {
		void say.info(vscode.l10n.t('{0} has these tracks and sprints already.', plan.name));
		return;
	}
	const written = await writeChanges(changes, {
		title: vscode.l10n.t('Tracks of {0}', plan.name),
		accept: vscode.l10n.t('Write {0} files', changes.length),
		detail: ownFiles(changes),
		placeHolder: [
			vscode.l10n.t(
				'{0} side by side, {1} % saved.',
				formatMinutes(makespanMinutes),
				Math.round(saving * 100),
			),
			...notes,
		].join(' '),
	});
	if (written === 'failed') {
		void say.error(vscode.l10n.t('The editor could not write the tracks. Plan them again.'));
	}
}

/** Says before the yes what would be lost of what a person wrote. */
function ownFiles(changes: readonly FileChange[]): string {
	const own = changes.filter(({ kind }) => kind === 'overwrite');
	if (own.length === 0) {
		return vscode.l10n.t('Nothing that was written by hand goes.');
	}
	const names = own.map(({ uri }) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true)));
	return vscode.l10n.t('Changes what was written by hand: {0}', names.join(', '));
}
