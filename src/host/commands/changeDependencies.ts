import * as vscode from 'vscode';
import type { PlanModel } from '../plans/planModel.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { editPlan } from './editPlan.ts';
import { choose, pickTask } from './pickTarget.ts';

/** `switchyard.addDependency`: the task waits for one more; those that would close a circle are not offered. */
export function addDependency(services: CommandServices): CommandHandler {
	return change(services, {
		title: vscode.l10n.t('Add Dependency'),
		isNeeded: true,
		offered: (plan, task) => {
			const after = waitersOf(plan, task);
			const needs = new Set(plan.tasks.get(task)?.dependencies);
			return [...plan.tasks.keys()].filter((id) => !after.has(id) && !needs.has(id));
		},
		none: (task) => vscode.l10n.t('There is no task that {0} could wait for.', task),
	});
}

/** `switchyard.removeDependency`: the task no longer waits for one of those it names. */
export function removeDependency(services: CommandServices): CommandHandler {
	return change(services, {
		title: vscode.l10n.t('Remove Dependency'),
		isNeeded: false,
		offered: (plan, task) => plan.tasks.get(task)?.dependencies ?? [],
		none: (task) => vscode.l10n.t('{0} waits for no other task.', task),
	});
}

interface Change {
	readonly title: string;
	readonly isNeeded: boolean;
	readonly offered: (plan: PlanModel, task: string) => readonly string[];
	/** What is said where nothing is offered. */
	readonly none: (task: string) => string;
}

function change(services: CommandServices, { title, isNeeded, offered, none }: Change): CommandHandler {
	const { plans, runs } = services;
	return async (argument) => {
		const picked = await pickTask({ plans, runs, argument, title });
		if (picked === null) {
			return;
		}
		const { plan, target } = picked;
		const items = offered(plan, target.task).map((id) => ({
			...{ label: id, value: id },
			description: plan.tasks.get(id)?.name ?? '',
		}));
		const needs = await choose(items, `${title}: ${target.task}`, none(target.task));
		if (needs !== null) {
			await editPlan(services, plan, { kind: 'dependency', task: target.task, needs, isNeeded });
		}
	};
}

/** The task itself and all that wait for it, directly or not. */
function waitersOf(plan: PlanModel, task: string): ReadonlySet<string> {
	const waiters = new Map<string, string[]>();
	for (const { id, dependencies } of plan.tasks.values()) {
		for (const needed of dependencies) {
			waiters.set(needed, [...(waiters.get(needed) ?? []), id]);
		}
	}
	const found = new Set([task]);
	for (const id of found) {
		for (const waiter of waiters.get(id) ?? []) {
			found.add(waiter);
		}
	}
	return found;
}
