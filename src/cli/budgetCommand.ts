import type { Command } from 'commander';
import type { RunTable } from '../core/run/runTable.ts';
import { budgetOf, costSentence, costsOf, dollars, onceMore } from '../core/run/spending.ts';
import { RunLog } from '../engine/journal/runLog.ts';
import { setBudget } from '../engine/journal/runRequests.ts';
import { accountName } from './accountName.ts';
import { newestRun } from './newestRun.ts';
import { amountOfMoney } from './runArguments.ts';
import { UsageError } from './usageError.ts';

interface BudgetFlags {
	readonly set?: string;
	readonly continue?: boolean;
	readonly plan?: string;
}

/** `switchyard budget`: what the agents of the newest run cost, and what they may cost from now on. */
export function registerBudget(program: Command): void {
	program
		.command('budget')
		.description('Show what the agents of a run cost, or let the run spend more than its plan says.')
		.argument('[PATH]', 'workspace folder or plan file', '.')
		.option('--set <USD>', 'what the run may spend over its whole length')
		.option('--continue', 'let it go on once: as much again as its budget')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.action(async (path: string, flags: BudgetFlags) => {
			process.stdout.write(`${await budget(path, flags)}\n`);
		});
}

async function budget(path: string, flags: BudgetFlags): Promise<string> {
	const changes = flags.set !== undefined || flags.continue === true;
	if (changes && process.env['SWITCHYARD_ATTEMPT'] !== undefined) {
		throw new UsageError('This is a task of a run: it cannot decide what the run may cost (T7).');
	}
	const { folder, run } = await newestRun({ path, plan: flags.plan });
	const log = new RunLog(folder);
	await log.refresh();
	const { table } = log.fold;
	if (table === null) {
		throw new UsageError(`The run ${run} cannot be read: its plan snapshot is missing.`);
	}
	if (!changes) {
		return costSentence(costsOf(table)) || 'No agent has worked in this run, and it has no budget.';
	}
	const limitUsd = wanted(table, flags);
	if (budgetOf(table)?.limitUsd === limitUsd) {
		return `The run may spend ${dollars(limitUsd)} already.`;
	}
	await setBudget(folder, limitUsd, accountName());
	return `The run may spend ${dollars(limitUsd)}. If no engine is running, take the run up again with: switchyard run`;
}

/** The new limit in US dollars. */
function wanted(table: RunTable, flags: BudgetFlags): number {
	if (flags.set !== undefined && flags.continue === true) {
		throw new UsageError('Give one of: --set, --continue.');
	}
	if (flags.set !== undefined) {
		return amountOfMoney('--set', flags.set);
	}
	const state = budgetOf(table);
	if (state === null || !state.isSpent) {
		throw new UsageError(
			state === null
				? 'The run has no budget that could be spent.'
				: `The budget is not spent: ${costSentence(costsOf(table))} To change it, use --set USD.`,
		);
	}
	return onceMore(state);
}
