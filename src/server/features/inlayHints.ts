import type { InlayHint, Range } from 'vscode-languageserver/node';
import type { Task } from '../../core/plan/plan.ts';
import { canonicalUri } from '../canonicalUri.ts';
import type { Feature } from './feature.ts';
import type { PlanLookup } from './planLookup.ts';
import { formatMinutes } from './wording.ts';

/** Layer and slack of each task, small and behind its id. `switchyard.inlayHints.enabled` switches them off. */
export const inlayHintFeature: Feature = {
	capabilities: { inlayHintProvider: true },
	register(connection, context) {
		connection.languages.inlayHint.on(({ textDocument, range }) => {
			const uri = canonicalUri(textDocument.uri);
			const lookup = context.showsInlayHints ? context.freshLookup(uri) : null;
			return lookup === null ? [] : hintsOf(lookup, uri, range);
		});
	},
};

function hintsOf(lookup: PlanLookup, uri: string, { start, end }: Range): InlayHint[] {
	// Where nothing waits for anything every task would say the same.
	if (!lookup.plan.tasks.some(({ dependencies }) => dependencies.length > 0)) {
		return [];
	}
	const tasks = lookup.part(uri)?.tasks ?? [];
	return tasks
		.filter(({ idRange: { start: at } }) => at.line >= start.line && at.line <= end.line)
		.flatMap((task) => hintOf(lookup, task));
}

function hintOf(lookup: PlanLookup, { id, idRange }: Task): InlayHint[] {
	const standing = lookup.standingOf(id);
	if (standing === null || standing.isOnCycle) {
		return [];
	}
	const { layer, slackMinutes } = standing;
	const slack =
		slackMinutes === null
			? ''
			: slackMinutes === 0
				? ' · critical'
				: ` · slack ${formatMinutes(slackMinutes)}`;
	const waiters = lookup.waitersOf(id).length;
	const tooltip = [
		`Layer ${layer}: ${layer === 1 ? 'it waits for nothing.' : `${layer - 1} layers must be completed first.`}`,
		...(slackMinutes === null
			? []
			: [
					slackMinutes === 0
						? 'It is on the critical path: any delay moves the end of the plan.'
						: `It may be ${formatMinutes(slackMinutes)} late without moving the end of the plan.`,
				]),
		`${waiters === 0 ? 'No task waits' : waiters === 1 ? 'One task waits' : `${waiters} tasks wait`} for it.`,
	].join('\n');
	return [{ position: idRange.end, label: `layer ${layer}${slack}`, paddingLeft: true, tooltip }];
}
