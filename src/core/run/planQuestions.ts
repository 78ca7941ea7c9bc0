import { discoveryTitle } from './discovery.ts';
import { waitsUntil } from './nextStep.ts';
import type { DiscoveryState } from './replanState.ts';
import type { RunFold } from './runFold.ts';
import type { TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { budgetOf, budgetWords, dollars, heldByBudget, onceMore } from './spending.ts';
import { clockTime, enumerate } from './summarise.ts';

/**
 * Something about a run as a whole that waits for a person, beside what its tasks ask (`needs.ts`): a replan to review (R3),
 * a saved plan that cannot be taken yet (D6), an agent that nobody can replace before its usage limit ends (T3), a budget that
 * is spent.
 */
export type PlanQuestion =
	| ReplanQuestion
	| RenamedQuestion
	| RemovedQuestion
	| UsageQuestion
	| BudgetQuestion;

interface Asked {
	/** What is asked, in a sentence. */
	readonly sentence: string;
	/** When it was asked, in milliseconds since the epoch. */
	readonly since: number;
}

export interface ReplanQuestion extends Asked {
	readonly kind: 'replan';
	/** In the order in which they were made. */
	readonly discoveries: readonly { readonly id: string; readonly task: string; readonly title: string }[];
}

export interface RenamedQuestion extends Asked {
	readonly kind: 'renamed';
	readonly from: string;
	readonly to: string;
}

export interface RemovedQuestion extends Asked {
	readonly kind: 'removed';
	/** It runs, and the saved plan does not have it. */
	readonly task: string;
}

/** Goes on by itself: a person may let another agent do it meanwhile. */
export interface UsageQuestion extends Asked {
	readonly kind: 'usage-limit';
	readonly agent: string;
	/** When the limit ends, in milliseconds since the epoch. */
	readonly until: number;
	readonly tasks: readonly string[];
}

export interface BudgetQuestion extends Asked {
	readonly kind: 'budget';
	/** In US dollars, as far as agents said what they cost. */
	readonly spentUsd: number;
	readonly limitUsd: number;
	/** Jobs of agents that did not say. */
	readonly unknown: number;
	/** What the run may spend when it goes on once. */
	readonly onceUsd: number;
	/** They could start now, and need an agent. */
	readonly tasks: readonly string[];
}

export interface QuestionOptions {
	/** Somebody is there who decides about a replan where the plan says `replan: auto`. */
	readonly isEngineAlive: boolean;
	/** Milliseconds since the epoch. */
	readonly now: number;
}

/** Everything that a run asks about itself, the oldest first. */
export function planQuestions(
	fold: Pick<RunFold, 'table' | 'held' | 'isRenameDecided'>,
	options: QuestionOptions,
): PlanQuestion[] {
	const { table } = fold;
	if (table === null) {
		return [];
	}
	const asked: PlanQuestion[] = [
		...replanQuestion(table, options),
		...heldQuestions(table, fold),
		...usageQuestions(table, options.now),
		...budgetQuestion(table),
	];
	return asked.sort((a, b) => a.since - b.since);
}

/** True where nothing goes on before a person has decided. */
export function awaitsAnswer({ kind }: PlanQuestion): boolean {
	return kind !== 'usage-limit';
}

/** One question for everything that is open: a replan is reviewed as one change of the plan, or a part of it. */
function replanQuestion(table: RunTable, { isEngineAlive }: QuestionOptions): ReplanQuestion[] {
	const { replans, plan } = table;
	const isOthers = plan.replan === 'auto' && isEngineAlive;
	const open =
		plan.replan === 'off' ? [] : replans.open().filter(({ id }) => !isOthers || replans.left.has(id));
	const [first] = open.filter(({ what }) => what.kind !== 'note');
	// A sentence of a worker changes no plan: it is told with the next replan, and nobody is asked for it alone.
	if (first === undefined) {
		return [];
	}
	const why = replans.left.get(first.id);
	const workers = enumerate([...new Set(open.map(({ task }) => task))]);
	const found = enumerate(open.map(titleOf));
	return [
		{
			kind: 'replan',
			discoveries: open.map((each) => ({ id: each.id, task: each.task, title: titleOf(each) })),
			sentence: `${workers} found more to do: ${found.replace(/\.$/, '')}.${why === undefined ? '' : ` ${why}`}`,
			since: first.at,
		},
	];
}

function titleOf({ what }: DiscoveryState): string {
	return discoveryTitle(what);
}

function heldQuestions(table: RunTable, fold: Pick<RunFold, 'held' | 'isRenameDecided'>): PlanQuestion[] {
	const { held } = fold;
	if (held === null) {
		return [];
	}
	const since = held.at;
	const running = held.running.filter((task) => table.active.has(task));
	const renamed = held.renamed.filter(({ from, to }) => !fold.isRenameDecided(from, to));
	return [
		...running.map((task) => ({
			...{ kind: 'removed' as const, task, since },
			sentence: `The saved plan no longer has ${task}, which is running: the version before stays in force until it ends. Let it finish, or stop it.`,
		})),
		...renamed.map(({ from, to }) => ({
			...{ kind: 'renamed' as const, from, to, since },
			sentence: `The saved plan no longer has ${from}, which is completed, and has ${to} with the same definition. Was it renamed? The version before stays in force until you say so.`,
		})),
	];
}

/** Agents whose limit is reached and that tasks wait for, because nobody is named who could take over. */
function usageQuestions(table: RunTable, now: number): UsageQuestion[] {
	const agents = [...table.parked].filter(([agent, until]) => until > now && !table.absent.has(agent));
	return agents.flatMap(([agent, until]) => {
		const waiting = [...table.tasks.values()].filter((state) => waitsForAgent(table, state, { agent, now }));
		const [first] = waiting;
		if (first === undefined) {
			return [];
		}
		const tasks = waiting.map(({ task }) => task.id);
		const sentence = `The usage limit of ${agent} is reached. Waiting until ${clockTime(until)}, and going on by themselves then: ${enumerate(tasks)}. To go on sooner, name another agent as the \`fallback\` of ${agent} in the plan.`;
		return [
			{ kind: 'usage-limit', agent, until, tasks, sentence, since: first.attempts.at(-1)?.endedAt ?? 0 },
		];
	});
}

/** One question, however many tasks wait: all of them go on with the same answer. */
export function budgetQuestion(table: RunTable): BudgetQuestion[] {
	const budget = budgetOf(table);
	const tasks = budget === null ? [] : heldByBudget(table);
	if (budget === null || tasks.length === 0) {
		return [];
	}
	const { spentUsd, limitUsd, unknown } = budget;
	const onceUsd = onceMore(budget);
	const sentence = `The budget of this run is spent: ${budgetWords(budget)}. What runs goes on to its end, and these start no agent: ${enumerate(tasks)}. Raise \`budget\` in the plan, or let this run spend up to ${dollars(onceUsd)}.`;
	const since = table.spending.lastAt;
	return [{ kind: 'budget', spentUsd, limitUsd, unknown, onceUsd, tasks, sentence, since }];
}

function waitsForAgent(
	table: RunTable,
	state: TaskState,
	{ agent, now }: { readonly agent: string; readonly now: number },
): boolean {
	if (state.status !== 'ready' || !state.inScope) {
		return false;
	}
	const wait = waitsUntil(table, state);
	return wait !== null && wait.agent === agent && wait.at > now;
}
