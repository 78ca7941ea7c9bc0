import type { Proposal } from '../core/replan/proposal.ts';
import { addedTasks } from '../core/replan/proposal.ts';
import type { OpenDiscovery } from '../core/replan/proposeReplan.ts';
import { discoveryTitle } from '../core/run/discovery.ts';
import { proposalDiff } from '../engine/replan/replanner.ts';

/** What `switchyard replan` has to say. */
export interface ReplanView {
	readonly run: string;
	readonly rootPath: string;
	/** The plan says `replan: off`. */
	readonly isOff: boolean;
	readonly open: readonly OpenDiscovery[];
	/** Null where there is nothing to propose. */
	readonly proposal: Proposal | null;
	/** Of one that was applied. */
	readonly number?: number;
	readonly document?: string;
	/** Why it was rejected. */
	readonly rejected?: string;
	/** Why a person is needed although nobody was to be asked. */
	readonly asks?: string;
}

/** The text for a person: what was found, what becomes of the plan, and the diff. */
export function replanText(view: ReplanView): string {
	const { open, proposal, rejected, isOff, asks, number, document } = view;
	if (open.length === 0) {
		return 'Nothing is open: workers found nothing that nobody decided about.\n';
	}
	const found = open.map((each) => `  ${each.id}  ${discoveryTitle(each.what)}\n`).join('');
	if (rejected !== undefined) {
		return `Rejected: ${rejected}\n${found}`;
	}
	if (proposal === null) {
		const why = isOff ? 'The plan says `replan: off`, so it stays as it is. ' : '';
		return `${why}Found:\n${found}`;
	}
	const head =
		number === undefined
			? `Proposed by ${open.length} ${open.length === 1 ? 'discovery' : 'discoveries'}:\n`
			: `Replan ${number} applied: the plan has version ${proposal.version.after}. See ${document}\n`;
	const diff = number === undefined ? `\n${proposalDiff(view.rootPath, proposal.changes)}` : '';
	const end =
		number === undefined
			? `\n${asks === undefined ? '' : `A person is asked: ${asks}.\n`}Accept it: switchyard replan --apply [--only IDS]. Or: switchyard replan --reject REASON\n`
			: '';
	return `${head}${proposalLines(proposal)}${diff}${end}`;
}

function proposalLines({ done, unplaced, notes, minutes, version }: Proposal): string {
	const lines = [
		...done.map(({ task, text }) => `  ${task}: ${text}`),
		...notes.map(({ text }) => `  noted: ${text}`),
		...unplaced.map(({ title, reason }) => `  NOT PLACED ${title}: ${reason}`),
		`  version ${version.before} → ${version.after}`,
		minutes === null
			? '  timeline unknown: no task has an estimate'
			: `  timeline ${minutes.before.toFixed(1)} min → ${minutes.after.toFixed(1)} min`,
	];
	return `${lines.join('\n')}\n`;
}

/** The same for programs. */
export function replanObject(view: ReplanView): object {
	const { run, open, proposal, number, document, rejected, asks, isOff } = view;
	return {
		run,
		policy: isOff ? 'off' : 'on',
		discoveries: open.map(({ id, task, what }) => ({ id, task, words: discoveryTitle(what), ...what })),
		...(proposal !== null && {
			added: addedTasks(proposal),
			changes: proposal.done,
			unplaced: proposal.unplaced,
			notes: proposal.notes,
			minutes: proposal.minutes,
			version: proposal.version,
			diff: proposalDiff(view.rootPath, proposal.changes),
			files: proposal.changes.map(({ uri, before, after }) => ({ uri, before, after })),
		}),
		...(number !== undefined && { applied: { number, document } }),
		...(rejected !== undefined && { rejected }),
		...(asks !== undefined && { asks }),
	};
}
