import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import type { SourceRange } from '../../core/plan/plan.ts';
import type { CommandTarget } from '../commands/commandTarget.ts';
import type { Settings } from '../config/settings.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStore } from '../runs/runStore.ts';
import { awaitsPerson, isActive, isDone, taskLook } from '../tree/taskLook.ts';

export interface PlanCodeLensOptions {
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly settings: Settings;
}

/** Above this many tasks in one file only their state is shown: every lens costs the editor a line. */
const fullLensLimit = 300;

/** Above this many nothing is: they would be made anew with every keystroke. */
const lensLimit = 2_000;

/** Run, state and evidence above each task and sprint of a planning file. */
export class PlanCodeLens extends DisposableOwner implements vscode.CodeLensProvider {
	readonly #options: PlanCodeLensOptions;
	readonly #changed = this.register(new vscode.EventEmitter<void>());
	readonly onDidChangeCodeLenses = this.#changed.event;

	constructor(options: PlanCodeLensOptions) {
		super();
		this.#options = options;
		this.register(options.plans.onDidChange(() => this.#changed.fire()));
		this.register(options.runs.onDidChange(({ tasks }) => tasks.size > 0 && this.#changed.fire()));
		this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()));
		this.register(
			vscode.workspace.onDidChangeConfiguration((change) => {
				if (change.affectsConfiguration('switchyard.codeLens')) {
					this.#changed.fire();
				}
			}),
		);
	}

	provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
		const file = document.uri.toString();
		const plan = this.#options.plans.ofFile(file);
		if (plan === undefined || !this.#options.settings.codeLens(document.uri)) {
			return [];
		}
		const sprints = [...plan.sprints.values()].filter(({ idRange }) => idRange.uri === file);
		const tasks = [...plan.tasks.values()].filter(({ idRange }) => idRange.uri === file);
		if (tasks.length > lensLimit) {
			return [];
		}
		const isFull = tasks.length <= fullLensLimit;
		return [
			...sprints.flatMap((sprint) => this.#sprintLenses(plan, sprint.id, sprint.idRange)),
			...tasks.flatMap((task) => this.#taskLenses(plan, task.id, task.idRange, isFull)),
		];
	}

	#sprintLenses(plan: PlanModel, sprint: string, range: SourceRange): vscode.CodeLens[] {
		const run = this.#options.runs.current(plan.id);
		const tasks = (plan.sprints.get(sprint)?.tasks ?? []).filter((task) => plan.tasks.has(task));
		const done = tasks.filter((task) => isDone(run?.task(task))).length;
		const target: CommandTarget = { plan: planKey(plan.id), sprint };
		const lenses = [lens(range, `${done}/${tasks.length}`, 'switchyard.showInTree', target)];
		if (vscode.workspace.isTrusted && done < tasks.length) {
			lenses.unshift(
				lens(range, `$(run-all) ${vscode.l10n.t('Run Sprint')}`, 'switchyard.runSprint', target),
			);
		}
		if (done < tasks.length) {
			lenses.push(lens(range, vscode.l10n.t('Preview'), 'switchyard.previewRun', target));
		}
		return lenses;
	}

	/** What a task that was not begun still waits for; leads to the first of it. */
	#waitLenses(plan: PlanModel, task: string, range: SourceRange): vscode.CodeLens[] {
		const run = this.#options.runs.current(plan.id);
		const summary = run?.task(task);
		const needs = plan.tasks.get(task)?.dependencies ?? [];
		const unmet = needs.filter((id) => plan.tasks.has(id) && !isDone(run?.task(id)));
		const [first] = unmet;
		if (first === undefined || isDone(summary) || isActive(summary)) {
			return [];
		}
		const others = unmet.length > 3 ? ` +${unmet.length - 3}` : '';
		const title = vscode.l10n.t('blocked by {0}', unmet.slice(0, 3).join(', ') + others);
		const target: CommandTarget = { plan: planKey(plan.id), task: first };
		return [lens(range, `$(lock) ${title}`, 'switchyard.revealInYaml', target)];
	}

	#taskLenses(plan: PlanModel, task: string, range: SourceRange, isFull: boolean): vscode.CodeLens[] {
		const summary = this.#options.runs.current(plan.id)?.task(task);
		const target: CommandTarget = { plan: planKey(plan.id), task };
		const look = taskLook(summary, plan.tasks.get(task)?.worst === 'error');
		const lenses = [
			lens(range, `$(${look.icon}) ${vscode.l10n.t(look.words)}`, 'switchyard.showInTree', target),
		];
		if (!isFull) {
			return lenses;
		}
		if (vscode.workspace.isTrusted) {
			lenses.unshift(...actionLenses());
		}
		if (!isDone(summary) && !isActive(summary)) {
			lenses.push(lens(range, vscode.l10n.t('Preview'), 'switchyard.previewRun', target));
		}
		lenses.push(...this.#waitLenses(plan, task, range));
		if (typeof summary?.evidence === 'string') {
			lenses.push(lens(range, vscode.l10n.t('Evidence'), 'switchyard.openEvidence', target));
		}
		return lenses;

		function actionLenses(): vscode.CodeLens[] {
			if (isActive(summary)) {
				return [lens(range, `$(debug-stop) ${vscode.l10n.t('Stop')}`, 'switchyard.stop', target)];
			}
			if (awaitsPerson(summary)) {
				return [lens(range, `$(debug-rerun) ${vscode.l10n.t('Retry')}`, 'switchyard.retryTask', target)];
			}
			return isDone(summary)
				? []
				: [lens(range, `$(play) ${vscode.l10n.t('Run Task')}`, 'switchyard.runTask', target)];
		}
	}
}

function lens(range: SourceRange, title: string, command: string, target: CommandTarget): vscode.CodeLens {
	const { start, end } = range;
	return new vscode.CodeLens(new vscode.Range(start.line, start.character, end.line, end.character), {
		title,
		command,
		arguments: [target],
	});
}
