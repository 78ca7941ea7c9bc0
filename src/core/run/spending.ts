import type { AttemptEnded, CheckEnded } from './attemptFacts.ts';
import type { Stamp } from './events.ts';
import type { AttemptState } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { startsAgents } from './workOf.ts';

/** What the agents of a run cost so far, in US dollars, and what it may cost. Changed by the fold alone. */
export class Spending {
	/** As far as agents said what their jobs cost. */
	knownUsd = 0;
	/** Jobs of agents that ended without saying what they cost: never counted as nothing. */
	unknown = 0;
	/** When an agent last said what it cost, in milliseconds since the epoch; 0 before the first. */
	lastAt = 0;
	/** What a person last let this run spend in place of what the plan says; null where nobody did. */
	saidUsd: number | null = null;
}

/** How a run stands to its budget. */
export interface BudgetState {
	readonly spentUsd: number;
	readonly limitUsd: number;
	/** Jobs of agents whose cost nobody knows. */
	readonly unknown: number;
	/** Nothing of agents begins any more. */
	readonly isSpent: boolean;
}

/** What the agents of a run cost, and what they may. */
export interface RunCosts {
	/** In US dollars, as far as agents said it. */
	readonly knownUsd: number;
	/** Jobs of agents that did not say. */
	readonly unknown: number;
	/** Null where nobody set a limit. */
	readonly limitUsd: number | null;
}

/** The costs of a run for views. */
export function costsOf(table: RunTable): RunCosts {
	const { knownUsd, unknown } = table.spending;
	return { knownUsd, unknown, limitUsd: budgetOf(table)?.limitUsd ?? null };
}

/** True where there is something to say about money. */
export function hasCosts({ knownUsd, unknown, limitUsd }: RunCosts): boolean {
	return knownUsd > 0 || unknown > 0 || limitUsd !== null;
}

/** The same for those who did not ask: that agents which never say what they cost did not say so is no news. */
export function costNews(costs: RunCosts): string {
	return costs.knownUsd > 0 || costs.limitUsd !== null ? costSentence(costs) : '';
}

/** What agents cost, in a sentence; empty where no agent worked and nobody set a limit. */
export function costSentence({ knownUsd, unknown, limitUsd }: RunCosts): string {
	if (limitUsd !== null) {
		return `Agents cost ${budgetWords({ spentUsd: knownUsd, limitUsd, unknown })}.`;
	}
	const jobs = unknown === 1 ? '1 job of an agent' : `${unknown} jobs of agents`;
	if (knownUsd === 0) {
		return unknown === 0 ? '' : `What agents cost is unknown: ${jobs} did not say.`;
	}
	return unknown === 0
		? `Agents cost ${dollars(knownUsd)}.`
		: `Agents cost at least ${dollars(knownUsd)}, and ${jobs} did not say what they cost.`;
}

/** The budget in force, of the plan or of a person; null where a run has none. */
export function budgetOf({ plan, spending }: Pick<RunTable, 'plan' | 'spending'>): BudgetState | null {
	const limitUsd = spending.saidUsd ?? plan.budgetUsd ?? null;
	const { knownUsd: spentUsd, unknown } = spending;
	return limitUsd === null ? null : { spentUsd, limitUsd, unknown, isSpent: spentUsd >= limitUsd };
}

function isBudgetSpent({ plan, spending }: RunTable): boolean {
	const limitUsd = spending.saidUsd ?? plan.budgetUsd;
	return limitUsd !== undefined && spending.knownUsd >= limitUsd;
}

/**
 * True for a task that needs an agent while the budget is spent: it waits for a person, and for no other task. What a person
 * was asked about in between goes on to its end, like all that has begun.
 */
export function waitsForBudget(table: RunTable, id: string): boolean {
	// Asked for every task whenever it may have become ready: runs without a budget pay nothing for it.
	if (!isBudgetSpent(table)) {
		return false;
	}
	const definition = table.definitionOf(id);
	const isUnderWay = table.tasks.get(id)?.attempts.at(-1)?.paused === true;
	return definition !== undefined && startsAgents(definition) && !isUnderWay;
}

/** Tasks that could start now if the budget were not spent, in the order of the plan. */
export function heldByBudget(table: RunTable): string[] {
	if (!isBudgetSpent(table)) {
		return [];
	}
	return [...table.tasks.values()]
		.filter(({ status, inScope, task }) => status === 'ready' && inScope && waitsForBudget(table, task.id))
		.map(({ task }) => task.id);
}

/** What a person lets a run spend when it shall go on once: as much again as its budget. */
export function onceMore({ spentUsd, limitUsd }: BudgetState): number {
	return Math.round((Math.max(spentUsd, limitUsd) + limitUsd) * 100) / 100;
}

/** Exit codes of a shell that did not find a program, or may not run it. */
const missingExits: readonly (number | null)[] = [null, 126, 127];

/** Takes what the job of an agent cost, or that nobody knows. One that never began cost nothing, like all commands. */
export function noteCost(
	table: RunTable,
	attempt: AttemptState,
	job: {
		readonly event: (AttemptEnded | CheckEnded) & { readonly stamp: Stamp };
		/** Null for a command. */
		readonly agent: string | null;
	},
): void {
	const { event, agent } = job;
	const { spending } = table;
	if (agent === null) {
		return;
	}
	const { costUsd } = event;
	if (costUsd !== undefined) {
		attempt.costUsd = (attempt.costUsd ?? 0) + costUsd;
		changeBudget(table, () => {
			spending.knownUsd += costUsd;
			spending.lastAt = event.stamp.at;
		});
		return;
	}
	const outcome = event.kind === 'attempt-ended' ? event.outcome : null;
	const isMissing = outcome === 'infrastructure' && missingExits.includes(event.exit);
	const hasBegun = outcome !== 'void' && event.outputHash !== '' && !isMissing;
	spending.unknown += hasBegun ? 1 : 0;
}

/** A change after which tasks may have to wait for the budget, or no longer have to. */
export function changeBudget(table: RunTable, change: () => void): void {
	const before = isBudgetSpent(table);
	change();
	if (isBudgetSpent(table) === before) {
		return;
	}
	for (const { status, task } of table.tasks.values()) {
		if (status === 'ready') {
			table.changed.add(task.id);
			table.refresh(task.id);
		}
	}
}

/** `$10.20 of $10.00`, with what nobody knows. */
export function budgetWords({ spentUsd, limitUsd, unknown }: Omit<BudgetState, 'isSpent'>): string {
	const jobs = unknown === 1 ? '1 job of an agent' : `${unknown} jobs of agents`;
	const more = unknown === 0 ? '' : `, and ${jobs} did not say what they cost`;
	return `${unknown === 0 ? '' : 'at least '}${dollars(spentUsd)} of ${dollars(limitUsd)}${more}`;
}

/** An amount with two decimals, or with four where two would make it nothing. */
export function dollars(usd: number): string {
	return `$${usd.toFixed(usd > 0 && usd < 0.01 ? 4 : 2)}`;
}

/** The amount that a person writes as `20`, `0.50` or `$20`; null for anything else. */
export function readDollars(text: string): number | null {
	const amount = /^\$?(\d{1,9}(?:\.\d+)?)$/.exec(text.trim())?.[1];
	return amount === undefined ? null : Number(amount);
}
