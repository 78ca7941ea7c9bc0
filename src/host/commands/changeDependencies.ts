import * as vscode from 'vscode';
import type { PlanModel } from '../plans/planModel.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { editPlan } from './editPlan.ts';
import { pickTask } from './pickTarget.ts';

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
	});
}

/** `switchyard.removeDependency`: the task no longer waits for one of those it names. */
export function removeDependency(services: CommandServices): CommandHandler {
	return change(services, {
		title: vscode.l10n.t('Remove Dependency'),
		isNeeded: false,
		offered: (plan, task) => plan.tasks.get(task)?.dependencies ?? [],
	});
}

interface Change {
	readonly title: string;
	readonly isNeeded: boolean;
	readonly offered: (plan: PlanModel, task: string) => readonly string[];
}

function change(services: CommandServices, { title, isNeeded, offered }: Change): CommandHandler {
	const { plans, runs } = services;
	return async (argument) => {
		const picked = await pickTask({ plans, runs, argument, title });
		if (picked === null) {
			return;
		}
		const { plan, target } = picked;
		const items = offered(plan, target.task).map((id) => ({
			label: id,
			description: plan.tasks.get(id)?.name ?? '',
		}));
		const choice = await vscode.window.showQuickPick(items, {
			title: `${title}: ${target.task}`,
			matchOnDescription: true,
		});
		if (choice !== undefined) {
			const wish = { kind: 'dependency', task: target.task, needs: choice.label, isNeeded } as const;
			await editPlan(services, plan, wish);
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
