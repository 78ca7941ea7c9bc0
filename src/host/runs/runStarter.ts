import { mkdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import { DisposableOwner, toDisposable } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { RunChoice } from '../../core/run/runPlan.ts';
import { isOpenGate } from '../../core/run/summariseGate.ts';
import type { Settings } from '../config/settings.ts';
import { say } from '../notify/say.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';
import { isDone } from '../tree/taskLook.ts';
import { writeAgentsFile } from './agentsFile.ts';
import { askForFreshRun } from './askForFreshRun.ts';
import { concernsGate } from './concernsGate.ts';
import type { EngineExit, EngineLauncher, RunScope } from './engineLauncher.ts';
import { planPathOf, rootPathOf } from './planPaths.ts';
import { unmetPredecessors } from './predecessors.ts';
import { mayRun } from './runGuard.ts';
import type { RunStore } from './runStore.ts';

export interface RunStarterOptions {
	readonly runs: RunStore;
	readonly settings: Settings;
	readonly launcher: EngineLauncher;
	/** A folder of the extension's own on disk. */
	readonly storageFolder: string;
	readonly logger: Logger;
	readonly showOutput: () => void;
}

interface RunWish {
	readonly scope: RunScope;
	readonly choice: RunChoice;
}

interface Launch extends RunWish {
	readonly withDeps: boolean;
	readonly fresh: boolean;
}

/** The one way from any button to a run: checks, questions, the engine's process, and its early death in words. */
export class RunStarter extends DisposableOwner {
	readonly #options: RunStarterOptions;
	/** Plans whose journal has moved, while an engine is being watched. */
	readonly #moved = new Set<string>();
	readonly #starting = new Set<string>();

	constructor(options: RunStarterOptions) {
		super();
		this.#options = options;
		this.register(options.runs.onDidChange(({ id }) => this.#moved.add(planKey(id))));
		this.register(toDisposable(() => this.#moved.clear()));
	}

	/**
	 * Runs a part of a plan, with what was chosen for the run. False where it was refused or declined; the user has been
	 * told.
	 */
	async run(plan: PlanModel, scope: RunScope, choice: RunChoice = {}): Promise<boolean> {
		const request = `${planKey(plan.id)} ${JSON.stringify(scope)}`;
		if (this.#starting.has(request)) {
			// A double click is one wish.
			return false;
		}
		this.#starting.add(request);
		try {
			return await this.#run(plan, { scope, choice });
		} finally {
			this.#starting.delete(request);
		}
	}

	async #run(plan: PlanModel, { scope, choice }: RunWish): Promise<boolean> {
		if (!(await mayRun(plan, this.#options.settings))) {
			return false;
		}
		if (this.#isAllDone(plan, scope)) {
			void say.info(vscode.l10n.t('Nothing to run: every task of it is completed.'));
			return false;
		}
		const withDeps = await this.#askForPredecessors(plan, scope);
		const fresh =
			withDeps === null ? null : await askForFreshRun(this.#options.runs.current(plan.id), choice);
		if (withDeps === null || fresh === null) {
			return false;
		}
		try {
			await this.#launch(plan, { scope, choice, withDeps, fresh });
			return true;
		} catch (error) {
			this.#reportFailure(plan, error instanceof Error ? error.message : String(error));
			return false;
		}
	}

	#isAllDone(plan: PlanModel, scope: RunScope): boolean {
		const run = this.#options.runs.current(plan.id);
		const tasks = tasksOfScope(plan, scope).filter((task) => plan.tasks.has(task));
		const areDone = run !== null && tasks.length > 0 && tasks.every((task) => isDone(run.task(task)));
		return areDone && !run.gates.some((gate) => isOpenGate(gate) && concernsGate(scope, gate));
	}

	async #launch(plan: PlanModel, { scope, choice, withDeps, fresh }: Launch): Promise<void> {
		const { launcher, settings, storageFolder } = this.#options;
		const planPath = planPathOf(plan);
		const rootPath = rootPathOf(plan.id);
		if (planPath === null || rootPath === null) {
			return;
		}
		const root = vscode.Uri.file(rootPath);
		await mkdir(storageFolder, { recursive: true });
		const agentsFile = await writeAgentsFile(storageFolder, settings.agents(root));
		const key = planKey(plan.id);
		this.#moved.delete(key);
		const engine = await launcher.start({
			...{ planPath, rootPath, scope, withDeps, agentsFile, choice, fresh },
			agentLimit: settings.agentLimit(root),
			// Whoever chose a number of agents for the run means all of them for this engine.
			jobs: choice.agents === undefined ? settings.jobs(root) : null,
		});
		void engine.ended.then((exit) => this.#engineEnded(plan, exit));
	}

	/**
	 * A run that took place tells its own end through the journal. An engine that fails before the journal moved has
	 * nobody else to speak for it.
	 */
	#engineEnded(plan: PlanModel, exit: EngineExit): void {
		this.#options.logger.info(`An engine of ${plan.name} ended with ${exit.code ?? 'a signal'}.`);
		const failed = exit.code === 2 || (exit.code === 1 && !this.#moved.has(planKey(plan.id)));
		if (failed && !this.isDisposed) {
			this.#reportFailure(plan, exit.tail);
		}
	}

	#reportFailure(plan: PlanModel, message: string): void {
		const { logger, showOutput } = this.#options;
		logger.error(`${plan.name} was not run: ${message}`);
		const show = vscode.l10n.t('Show Log');
		const [firstLine] = message.split('\n').filter((line) => line.trim() !== '');
		const text = vscode.l10n.t(
			'{0} was not run: {1}',
			plan.name,
			firstLine ?? vscode.l10n.t('no reason given'),
		);
		void say.error(text, show).then((answer) => {
			if (answer === show) {
				showOutput();
			}
		});
	}

	/** Whether to include unmet predecessors; null when the user thought better of it. */
	async #askForPredecessors(plan: PlanModel, scope: RunScope): Promise<boolean | null> {
		const run = this.#options.runs.current(plan.id);
		const unmet = unmetPredecessors(plan, tasksOfScope(plan, scope), run);
		const isUnderWay = run?.state === 'running' && unmet.every((id) => isAsked(run.task(id)?.status));
		if (unmet.length === 0 || isUnderWay) {
			return false;
		}
		const include =
			unmet.length === 1
				? vscode.l10n.t('Run with 1 Predecessor')
				: vscode.l10n.t('Run with {0} Predecessors', unmet.length);
		const answer = await say.ask(
			vscode.l10n.t('Tasks that must come first are not completed: {0}.', nameSome(unmet)),
			include,
		);
		return answer === include ? true : null;
	}
}

/** The predecessor is being worked on, or will be by itself. */
function isAsked(status: string | undefined): boolean {
	return status === 'running' || status === 'checking' || status === 'merging' || status === 'ready';
}

function tasksOfScope(plan: PlanModel, scope: RunScope): readonly string[] {
	switch (scope.kind) {
		case 'all':
			return [...plan.tasks.keys()];
		case 'resume':
			// What was asked for once was asked about then.
			return [];
		case 'track':
			return [...plan.sprints.values()]
				.filter((sprint) => sprint.track === scope.number)
				.flatMap((sprint) => sprint.tasks);
		case 'sprint':
			return plan.sprints.get(scope.sprint)?.tasks ?? [];
		case 'task':
			return [scope.task];
	}
}

function nameSome(ids: readonly string[]): string {
	return ids.length <= 6 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')}, … (${ids.length})`;
}
