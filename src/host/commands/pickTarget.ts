import * as vscode from 'vscode';
import { say } from '../notify/say.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStore } from '../runs/runStore.ts';
import { taskLook } from '../tree/taskLook.ts';
import type { CommandTarget } from './commandTarget.ts';
import { readTarget } from './commandTarget.ts';

export interface PickOptions {
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly argument: unknown;
	readonly title: string;
	/** Offers plans of other tools as well: for commands that only look. */
	readonly withForeign?: boolean;
	/** Leaves tasks out that the command has no use for. */
	readonly filter?: (plan: PlanModel, task: string) => boolean;
}

/** A plan with what of it is meant. */
export interface Picked<K extends keyof Omit<CommandTarget, 'plan'>> {
	readonly plan: PlanModel;
	readonly target: CommandTarget & Required<Pick<CommandTarget, K>>;
}

/** The task a command acts on: its argument, else the user's choice. Null when there is none or the user gave up. */
export async function pickTask(options: PickOptions): Promise<Picked<'task'> | null> {
	const { plans, runs } = options;
	const given = targetPlan(options);
	if (given?.target.task !== undefined) {
		return { plan: given.plan, target: { ...given.target, task: given.target.task } };
	}
	const items = (given === null ? offered(options) : [given.plan]).flatMap((plan) =>
		[...plan.tasks.values()]
			.filter(({ id }) => options.filter?.(plan, id) ?? true)
			.map((task) => {
				const look = taskLook(runs.current(plan.id)?.task(task.id), task.worst === 'error');
				return {
					label: `$(${look.icon}) ${task.id}`,
					description: task.name === task.id ? '' : task.name,
					detail: plans.plans.length > 1 ? plan.name : '',
					value: { plan, target: { plan: planKey(plan.id), task: task.id } },
				};
			}),
	);
	return choose(items, options.title, vscode.l10n.t('No task fits here.'));
}

/** The sprint a command acts on, as `pickTask`. */
export async function pickSprint(options: PickOptions): Promise<Picked<'sprint'> | null> {
	const given = targetPlan(options);
	if (given?.target.sprint !== undefined && given.target.task === undefined) {
		return { plan: given.plan, target: { ...given.target, sprint: given.target.sprint } };
	}
	const items = (given === null ? offered(options) : [given.plan]).flatMap((plan) =>
		[...plan.sprints.values()].map((sprint) => ({
			label: sprint.id,
			description: sprint.name === sprint.id ? '' : sprint.name,
			detail: sprint.tasks.join(', '),
			value: { plan, target: { plan: planKey(plan.id), sprint: sprint.id } },
		})),
	);
	return choose(items, options.title, vscode.l10n.t('The plan has no sprints.'));
}

/** The plan a command acts on: the argument's, the only one, that of the open editor, else the user's choice. */
export async function pickPlan(options: PickOptions): Promise<PlanModel | null> {
	const given = targetPlan(options);
	if (given !== null) {
		return given.plan;
	}
	const plans = offered(options);
	const [only] = plans;
	const active = vscode.window.activeTextEditor?.document.uri.toString();
	const found =
		plans.length === 1
			? only
			: active === undefined
				? undefined
				: plans.find(({ files }) => files.includes(active));
	if (found !== undefined) {
		return found;
	}
	const items = plans.map((plan) => ({
		label: plan.name,
		description: vscode.workspace.asRelativePath(vscode.Uri.parse(plan.id.rootUri, true)),
		value: plan,
	}));
	return choose(items, options.title, vscode.l10n.t('There is no plan in this window.'));
}

function offered({ plans, withForeign }: PickOptions): readonly PlanModel[] {
	return withForeign === true ? plans.plans : plans.own;
}

function targetPlan({ plans, argument }: PickOptions): { plan: PlanModel; target: CommandTarget } | null {
	const target = readTarget(argument, plans.plans);
	const plan = target === null ? undefined : plans.byKey(target.plan);
	return target === null || plan === undefined ? null : { plan, target };
}

/** One of some values; says so where there is none to choose. Null then, and when the user gave up. */
export async function choose<T>(
	items: readonly (vscode.QuickPickItem & { readonly value: T })[],
	title: string,
	none: string,
): Promise<T | null> {
	if (items.length === 0) {
		void say.info(none);
		return null;
	}
	const choice = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
	return choice?.value ?? null;
}
