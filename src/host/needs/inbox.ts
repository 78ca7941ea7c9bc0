import type { PlanId } from '../../core/plan/plan.ts';
import type { OpenNeed } from '../../core/run/needs.ts';
import type { TaskSummary } from '../../core/run/runState.ts';
import type { RunTotals } from '../../core/run/summarise.ts';
import type { CommandTarget } from '../commands/commandTarget.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';
import type { Look } from '../tree/taskLook.ts';

/** One row of "Needs You": a question to a person, with what is needed to answer it in place. */
export interface InboxEntry {
	/** Stays the same as long as the same is asked about. */
	readonly id: string;
	/** What the commands of the row act on; gates and their units are named like tasks. */
	readonly target: CommandTarget & { readonly task: string };
	/** The row itself says what is asked: whoever clicks on it is not asked once more. */
	readonly inPlace: true;
	readonly label: string;
	/** What is asked, in the engine's words. */
	readonly sentence: string;
	/** Whose plan it is. */
	readonly planName: string;
	readonly look: Look;
	/** Milliseconds since the epoch. */
	readonly since: number;
	/** What may be answered, the usual answer first. */
	readonly answers: OpenNeed['answers'];
	/** Relative to the plan's root; null where there is none. */
	readonly evidence: string | null;
	/** Words for `viewItem =~ /\bword\b/`: the answers, and `evidence` where there is some. */
	readonly context: string;
}

/** What the inbox needs to know of a run. */
export interface InboxRun {
	readonly needs: readonly OpenNeed[];
	readonly summaries: Iterable<TaskSummary>;
	readonly totals: Pick<RunTotals, 'failed'>;
}

const looks: Readonly<Record<OpenNeed['need']['kind'] | 'failed', Look>> = {
	approval: {
		icon: 'question',
		color: 'notificationsWarningIcon.foreground',
		words: 'waits for your approval',
	},
	stuck: { icon: 'sync-ignored', color: 'notificationsWarningIcon.foreground', words: 'is stuck' },
	'unknown-outcome': {
		icon: 'unverified',
		color: 'notificationsWarningIcon.foreground',
		words: 'ended, and nobody knows how',
	},
	'gate-failed': { icon: 'shield', color: 'testing.iconFailed', words: 'gate did not pass' },
	failed: { icon: 'error', color: 'testing.iconFailed', words: 'failed' },
};

/**
 * Everything in the window that cannot go on unless a person decides, the oldest first: what runs ask, and tasks that failed
 * for good, because their dependents wait for nobody else (EDITOR, "Needs You").
 */
export function inboxOf(
	plans: readonly PlanModel[],
	runOf: (id: PlanId) => InboxRun | null,
): readonly InboxEntry[] {
	const entries = plans.flatMap((plan) => {
		const run = runOf(plan.id);
		return run === null ? [] : entriesOf(plan, run);
	});
	return entries.sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
}

function entriesOf(plan: PlanModel, run: InboxRun): readonly InboxEntry[] {
	const asked = run.needs.map((need) => entryOf(plan, need, looks[need.need.kind]));
	// Summing up every task of a large plan is only worth it where there is something to find.
	return run.totals.failed === 0 ? asked : [...asked, ...failuresOf(plan, run)];
}

function failuresOf(plan: PlanModel, run: InboxRun): readonly InboxEntry[] {
	const asked = new Set(run.needs.map(({ task }) => task));
	return [...run.summaries]
		.filter(({ id, status }) => status === 'failed' && !asked.has(id))
		.map(({ id, reason, endedAt, startedAt, evidence }) =>
			entryOf(
				plan,
				{
					...{ task: id, name: plan.tasks.get(id)?.name ?? id, sentence: reason, evidence },
					...{ answers: ['retry', 'skip'], since: endedAt ?? startedAt ?? 0 },
				},
				looks.failed,
			),
		);
}

function entryOf(plan: PlanModel, asked: Omit<OpenNeed, 'need'>, look: Look): InboxEntry {
	const { task, name, sentence, answers, since, evidence } = asked;
	const key = planKey(plan.id);
	// Nobody wrote the ids of gates and their units.
	const label = !plan.tasks.has(task) ? name : name === '' || name === task ? task : `${task} ${name}`;
	return {
		...{ id: `${key} ${task}`, target: { plan: key, task }, inPlace: true },
		...{ label, sentence, planName: plan.name, look, since, answers, evidence },
		context: ['need', ...answers, ...(evidence === null ? [] : ['evidence'])].join(' '),
	};
}
