import * as vscode from 'vscode';
import { DisposableOwner, toDisposable } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import { jobFolder } from '../../engine/files/runPaths.ts';
import type { RunView } from '../../engine/journal/runFollower.ts';
import type { Settings } from '../config/settings.ts';
import { say } from '../notify/say.ts';
import type { PlanModel } from '../plans/planModel.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStore, RunStoreChange } from '../runs/runStore.ts';
import { isActive } from '../tree/taskLook.ts';

export interface TaskTerminalsOptions {
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly settings: Settings;
	/** Path of dist/viewer.js. */
	readonly viewerPath: string;
	/** Asks the run to stop one task. */
	readonly stopTask: (run: RunView, task: string) => Promise<void>;
	readonly logger: Logger;
}

/** One open terminal: which attempt it shows. */
interface Shown {
	readonly plan: PlanModel['id'];
	readonly run: string;
	readonly task: string;
	readonly attempt: number;
	/** As it was when its run was last heard of. */
	hasFailed: boolean;
}

/**
 * A terminal for each running attempt. It runs a viewer on the attempt's log, so losing it loses nothing; closing it by
 * hand says "stop this task" (EXECUTION D2), ending the window does not.
 */
export class TaskTerminals extends DisposableOwner {
	readonly #options: TaskTerminalsOptions;
	readonly #shown = new Map<vscode.Terminal, Shown>();
	/** Attempts that had a terminal here already: one that is gone is not opened a second time by itself. */
	readonly #opened = new Set<string>();
	/** Runs whose terminals were brought up already: who closes the panel wants it closed. */
	readonly #revealed = new Set<string>();
	readonly #openedAt = Date.now();

	constructor(options: TaskTerminalsOptions) {
		super();
		this.#options = options;
		this.register(options.runs.onDidChange((change) => this.#runChanged(change)));
		this.register(vscode.window.onDidCloseTerminal((terminal) => void this.#closed(terminal)));
		this.register(toDisposable(() => this.#shown.clear()));
	}

	/** Brings the terminal of a task's last attempt to the front, opening it again where it is gone. */
	show(plan: PlanModel, task: string): boolean {
		const run = this.#options.runs.current(plan.id);
		const attempt = run?.attempts(task).at(-1)?.number;
		if (run === null || attempt === undefined) {
			return false;
		}
		const terminal = this.#find(run.run, task, attempt) ?? this.#open(plan, run, task, attempt);
		terminal.show();
		return true;
	}

	#runChanged({ id, run, tasks }: RunStoreChange): void {
		const plan = this.#options.plans.get(id);
		if (run === null || plan === undefined || !vscode.workspace.isTrusted) {
			return;
		}
		for (const shown of this.#shown.values()) {
			const current = this.#options.runs.current(shown.plan);
			if (current?.run === shown.run) {
				shown.hasFailed = current.task(shown.task)?.status === 'failed';
			}
		}
		for (const task of tasks) {
			const attempt = run.attempts(task).at(-1)?.number;
			if (attempt === undefined) {
				continue;
			}
			if (isActive(run.task(task))) {
				this.#openByItself(plan, run, task, attempt);
			}
		}
	}

	#openByItself(plan: PlanModel, run: RunView, task: string, attempt: number): void {
		const settings = this.#options.settings.terminals(vscode.Uri.parse(plan.id.rootUri, true));
		const key = attemptKey(run.run, task, attempt);
		if (!settings.open || this.#opened.has(key) || this.#activeCount() >= settings.limit) {
			return;
		}
		const terminal = this.#open(plan, run, task, attempt);
		this.#revealOnce(terminal, run, task);
		this.#makeRoom(terminal);
	}

	/**
	 * Terminals of ended tasks, and of earlier runs, make room for those that run. The last ones of a run stay until then: a
	 * panel whose last terminal closes would close with it, and what just happened would be gone before anybody has read it.
	 */
	#makeRoom(opened: vscode.Terminal): void {
		for (const [terminal, shown] of this.#shown) {
			const run = this.#options.runs.current(shown.plan);
			if (terminal === opened || run === null || !this.#mayClose(run, shown)) {
				continue;
			}
			if (vscode.window.activeTerminal === terminal) {
				opened.show(true);
			}
			this.#shown.delete(terminal);
			terminal.dispose();
		}
	}

	/** A run that starts while somebody looks brings its first terminal up, without taking the keyboard. Only once. */
	#revealOnce(terminal: vscode.Terminal, run: RunView, task: string): void {
		const claimedAt = run.attempts(task).at(-1)?.claimedAt ?? 0;
		if (claimedAt > this.#openedAt && !this.#revealed.has(run.run)) {
			this.#revealed.add(run.run);
			terminal.show(true);
		}
	}

	#open(plan: PlanModel, run: RunView, task: string, attempt: number): vscode.Terminal {
		const { settings, viewerPath } = this.#options;
		const { location } = settings.terminals(vscode.Uri.parse(plan.id.rootUri, true));
		const name = plan.tasks.get(task)?.name ?? '';
		const title = attempt > 1 ? `${task} (${attempt})` : task;
		const terminal = vscode.window.createTerminal({
			name: name === '' || name === task ? title : `${title} · ${name}`,
			shellPath: process.execPath,
			shellArgs: [viewerPath, jobFolder(run.folder, task, attempt)],
			// A kept terminal must not end with its viewer, or the editor closes it; the host closes it in time.
			env: { ELECTRON_RUN_AS_NODE: '1', SWITCHYARD_VIEWER_STAY: '1' },
			isTransient: true,
			iconPath: new vscode.ThemeIcon('server-process'),
			color: new vscode.ThemeColor(trackColor(plan, task)),
			location:
				location === 'editor'
					? { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }
					: vscode.TerminalLocation.Panel,
		});
		this.#shown.set(terminal, { plan: plan.id, run: run.run, task, attempt, hasFailed: false });
		this.#opened.add(attemptKey(run.run, task, attempt));
		return terminal;
	}

	#mayClose(run: RunView, shown: Shown): boolean {
		const { close } = this.#options.settings.terminals(vscode.Uri.parse(shown.plan.rootUri, true));
		const lastAttempt = run.attempts(shown.task).at(-1)?.number ?? shown.attempt;
		// While anything runs in a run no other one of its plan begins.
		const isEarlier = run.run !== shown.run;
		const isOver = isEarlier || shown.attempt < lastAttempt || !isActive(run.task(shown.task));
		return isOver && close !== 'never' && !(close === 'completed' && shown.hasFailed);
	}

	async #closed(terminal: vscode.Terminal): Promise<void> {
		const shown = this.#shown.get(terminal);
		if (shown === undefined) {
			return;
		}
		this.#shown.delete(terminal);
		const run = this.#options.runs.current(shown.plan);
		const byHand = terminal.exitStatus?.reason === vscode.TerminalExitReason.User;
		const isCurrent = run?.run === shown.run && run.attempts(shown.task).at(-1)?.number === shown.attempt;
		if (run === null || !byHand || !isCurrent || !isActive(run.task(shown.task))) {
			return;
		}
		try {
			await this.#options.stopTask(run, shown.task);
			void say.info(vscode.l10n.t('{0} was stopped because its terminal was closed.', shown.task));
		} catch (error) {
			this.#options.logger.error(`Stopping ${shown.task} failed: ${String(error)}`);
		}
	}

	#find(run: string, task: string, attempt: number): vscode.Terminal | undefined {
		for (const [terminal, shown] of this.#shown) {
			if (shown.run === run && shown.task === task && shown.attempt === attempt) {
				return terminal;
			}
		}
		return undefined;
	}

	#activeCount(): number {
		return [...this.#shown.values()].filter(({ plan, task, run }) => {
			const current = this.#options.runs.current(plan);
			return current?.run === run && isActive(current.task(task));
		}).length;
	}
}

function attemptKey(run: string, task: string, attempt: number): string {
	return JSON.stringify([run, task, attempt]);
}

const palette = [
	'terminal.ansiBlue',
	'terminal.ansiMagenta',
	'terminal.ansiCyan',
	'terminal.ansiYellow',
] as const;

/** One colour a track: terminals of a track belong together at a glance. */
function trackColor(plan: PlanModel, task: string): string {
	for (const sprint of plan.sprints.values()) {
		if (sprint.track !== null && sprint.tasks.includes(task)) {
			return palette[Math.abs(Math.trunc(sprint.track)) % palette.length] ?? palette[0];
		}
	}
	return palette[0];
}
