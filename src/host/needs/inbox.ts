import type { PlanId } from '../../core/plan/plan.ts';
import type { OpenNeed } from '../../core/run/needs.ts';
import type { PlanQuestion } from '../../core/run/planQuestions.ts';
import type { TaskSummary } from '../../core/run/runState.ts';
import { dollars } from '../../core/run/spending.ts';
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
	readonly target: CommandTarget;
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
	/** What a click on it does. */
	readonly opens: 'why' | 'replan' | 'yaml';
	/** Of a question about a task's id (D6). */
	readonly rename?: { readonly from: string; readonly to: string };
	/** False where it goes on by itself, and is only good to know. */
	readonly isAsked: boolean;
	/** Relative to the plan's root; null where there is none. */
	readonly evidence: string | null;
	/** Words for `viewItem =~ /\bword\b/`: what may be done with the row. */
	readonly context: string;
}

/** What the inbox needs to know of a run. */
export interface InboxRun {
	readonly needs: readonly OpenNeed[];
	readonly questions: readonly PlanQuestion[];
	readonly summaries: Iterable<TaskSummary>;
	readonly totals: Pick<RunTotals, 'failed'>;
}

const looks: Readonly<Record<OpenNeed['need']['kind'] | PlanQuestion['kind'] | 'failed', Look>> = {
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
	replan: {
		icon: 'git-pull-request',
		color: 'notificationsWarningIcon.foreground',
		words: 'a replan waits for your review',
	},
	renamed: { icon: 'arrow-swap', color: 'notificationsWarningIcon.foreground', words: 'was it renamed?' },
	removed: {
		icon: 'trash',
		color: 'notificationsWarningIcon.foreground',
		words: 'runs, and is no longer in the plan',
	},
	budget: {
		icon: 'credit-card',
		color: 'notificationsWarningIcon.foreground',
		words: 'the budget of the run is spent',
	},
	'usage-limit': { icon: 'clock', color: null, words: 'waits for a usage limit' },
	failed: { icon: 'error', color: 'testing.iconFailed', words: 'failed' },
};

/**
 * Everything in the window that cannot go on unless a person decides, the oldest first: what tasks and runs ask, and tasks that
 * failed for good, because their dependents wait for nobody else (EDITOR, "Needs You").
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
	const asked = [
		...run.needs.map((need) => taskEntry(plan, need, looks[need.need.kind])),
		...run.questions.map((question) => questionEntry(plan, question)),
	];
	// Summing up every task of a large plan is only worth it where there is something to find.
	return run.totals.failed === 0 ? asked : [...asked, ...failuresOf(plan, run)];
}

function failuresOf(plan: PlanModel, run: InboxRun): readonly InboxEntry[] {
	const asked = new Set(run.needs.map(({ task }) => task));
	return [...run.summaries]
		.filter(({ id, status }) => status === 'failed' && !asked.has(id))
		.map(({ id, reason, endedAt, startedAt, evidence }) =>
			taskEntry(
				plan,
				{
					...{ task: id, name: plan.tasks.get(id)?.name ?? id, sentence: reason, evidence },
					...{ answers: ['retry', 'skip'], since: endedAt ?? startedAt ?? 0 },
				},
				looks.failed,
			),
		);
}

function taskEntry(plan: PlanModel, asked: Omit<OpenNeed, 'need'>, look: Look): InboxEntry {
	const { task, name, sentence, answers, since, evidence } = asked;
	const key = planKey(plan.id);
	return {
		...{ id: `${key} ${task}`, target: { plan: key, task }, inPlace: true, opens: 'why', isAsked: true },
		...{ label: labelOf(plan, task, name), sentence, planName: plan.name, look, since, evidence },
		context: ['need', ...answers, ...(evidence === null ? [] : ['evidence'])].join(' '),
	};
}

/** Nobody wrote the ids of gates and their units. */
function labelOf(plan: PlanModel, task: string, name: string): string {
	if (!plan.tasks.has(task)) {
		return name;
	}
	return name === '' || name === task ? task : `${task} ${name}`;
}

function questionEntry(plan: PlanModel, question: PlanQuestion): InboxEntry {
	const { kind, sentence, since } = question;
	const key = planKey(plan.id);
	const row = {
		inPlace: true,
		sentence,
		planName: plan.name,
		look: looks[kind],
		since,
		evidence: null,
	} as const;
	const target = { plan: key };
	switch (kind) {
		case 'replan':
			return {
				...{ ...row, id: `${key} ?replan`, target, label: titleOf(question), opens: 'replan', isAsked: true },
				context: 'question review',
			};
		case 'renamed': {
			const { from, to } = question;
			return {
				...{ ...row, id: `${key} ?renamed ${from} ${to}`, target: { plan: key, task: to } },
				...{ label: `${from} → ${to}`, opens: 'yaml', isAsked: true, rename: { from, to } },
				context: 'question renamed',
			};
		}
		case 'removed':
			return {
				...{ ...row, id: `${key} ?removed ${question.task}`, target: { plan: key, task: question.task } },
				...{ label: question.task, opens: 'why', isAsked: true },
				context: 'question stop',
			};
		case 'budget':
			return {
				...{ ...row, id: `${key} ?budget`, target: { plan: key, task: question.tasks[0] ?? '' } },
				...{ label: amountsOf(question), opens: 'why', isAsked: true },
				context: 'question known budget',
			};
		case 'usage-limit':
			return {
				...{
					...row,
					id: `${key} ?limit ${question.agent}`,
					target: { plan: key, task: question.tasks[0] ?? '' },
				},
				...{ label: question.agent, opens: 'why', isAsked: false },
				context: 'known',
			};
	}
}

function amountsOf({ spentUsd, limitUsd }: PlanQuestion & { kind: 'budget' }): string {
	return `${dollars(spentUsd)} / ${dollars(limitUsd)}`;
}

/** The first thing that was found, and how many more there are. */
function titleOf({ discoveries }: PlanQuestion & { kind: 'replan' }): string {
	const [first] = discoveries;
	return discoveries.length > 1 ? `${first?.title} +${discoveries.length - 1}` : (first?.title ?? '');
}
