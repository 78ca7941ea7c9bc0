import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Host } from '../../../src/host/main.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import {
	exists,
	loadedHost,
	loadedPlan,
	statusOf,
	targetOf,
	until,
	workspacePath,
} from '../../support/host/window.ts';

describe('a run from the editor', () => {
	let host: Host;
	let plan: PlanModel;
	const opened: string[] = [];
	const listeners: vscode.Disposable[] = [];

	before(async () => {
		host = await loadedHost();
		plan = await loadedPlan(host, 18);
		listeners.push(vscode.window.onDidOpenTerminal(({ name }) => opened.push(name)));
	});
	after(async () => {
		vscode.Disposable.from(...listeners).dispose();
		await vscode.commands.executeCommand('switchyard.stop');
	});

	const isAtRest = () => {
		const state = host.runs.current(plan.id)?.state;
		return state === 'idle' || state === 'completed';
	};

	it('runs a sprint to its end, each task in a terminal, with evidence on disk', async () => {
		await vscode.commands.executeCommand('switchyard.runSprint', 'SPRINT-001-01');
		await until('a task to run', () => statusOf(host, plan, 'TASK-001') === 'running');
		await until('a terminal', () => opened.some((name) => name.startsWith('TASK-001 · ')));
		await until('the sprint to end', () => statusOf(host, plan, 'TASK-008') === 'completed');
		await until('the run to rest', isAtRest);
		const tasks = ['TASK-001', 'TASK-004', 'TASK-008'];
		assert.deepEqual(
			tasks.map((task) => opened.filter((name) => name.startsWith(`${task} · `)).length),
			[1, 1, 1],
		);
		for (const task of tasks) {
			const summary = host.runs.current(plan.id)?.task(task);
			assert.deepEqual([summary?.status, summary?.validation, summary?.exit], ['completed', 'checks', 0]);
			const evidence = await until(
				`evidence of ${task}`,
				() => host.runs.current(plan.id)?.task(task)?.evidence,
			);
			assert.ok(exists(evidence, 'EVIDENCE.md'));
		}
		const ran = [...(host.runs.current(plan.id)?.summaries ?? [])].filter(({ iteration }) => iteration > 0);
		assert.deepEqual(
			ran.map(({ id }) => id),
			tasks,
			'a task outside the sprint was run',
		);
		assert.match(readFileSync(workspacePath('docs/planning/.project-state.yaml'), 'utf8'), /TASK-008/);
	});

	it('closes the terminals of completed tasks', async () => {
		await until('no terminal of the sprint', () =>
			vscode.window.terminals.every(({ name }) => !/^TASK-00[148] /.test(name)),
		);
	});

	it('opens the evidence of a task rendered', async () => {
		await vscode.commands.executeCommand('switchyard.openEvidence', targetOf(plan, { task: 'TASK-001' }));
		await until('the preview', () =>
			vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes('EVIDENCE.md'),
		);
	});

	it('stops a task from a view, and takes it up again', async () => {
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'TASK-002' }));
		await until('the task to run', () => statusOf(host, plan, 'TASK-002') === 'running');
		await vscode.commands.executeCommand('switchyard.stop', targetOf(plan, { task: 'TASK-002' }));
		await until('the task to stop', () => statusOf(host, plan, 'TASK-002') === 'cancelled');
		await until('the run to rest', isAtRest);
		await vscode.commands.executeCommand('switchyard.retryTask', targetOf(plan, { task: 'TASK-002' }));
		await until('the task to complete', () => statusOf(host, plan, 'TASK-002') === 'completed');
		await until('the run to rest', isAtRest);
	});

	it('stops a task whose terminal is closed by hand', async () => {
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'TASK-003' }));
		await until('the task to run', () => statusOf(host, plan, 'TASK-003') === 'running');
		await vscode.commands.executeCommand('switchyard.showTerminal', targetOf(plan, { task: 'TASK-003' }));
		await until('its terminal in front', () => vscode.window.activeTerminal?.name.startsWith('TASK-003'));
		await vscode.commands.executeCommand('workbench.action.terminal.kill');
		await until('the task to stop', () => statusOf(host, plan, 'TASK-003') === 'cancelled');
		await until('the run to rest', isAtRest);
	});

	it('goes on where an engine was killed, and runs nothing twice', async () => {
		await vscode.commands.executeCommand('switchyard.retryTask', targetOf(plan, { task: 'TASK-003' }));
		const pid = await until('a live engine', () => host.runs.current(plan.id)?.engines[0]?.process.pid);
		await until('a task to run', () => statusOf(host, plan, 'TASK-003') === 'running');
		process.kill(pid, 'SIGKILL');
		await until('the run to break off', () => host.runs.current(plan.id)?.state === 'interrupted');
		await vscode.commands.executeCommand('switchyard.resumeRun', targetOf(plan));
		await until('the task to complete', () => statusOf(host, plan, 'TASK-003') === 'completed', 60_000);
		const attempts = host.runs.current(plan.id)?.attempts('TASK-003') ?? [];
		assert.deepEqual(attempts.map(({ outcome }) => outcome).filter((outcome) => outcome === 'ok').length, 1);
		await until('the run to rest', isAtRest);
	}).timeout(120_000);

	it('shows a run that was started in a terminal', async () => {
		const [extension] = [vscode.extensions.getExtension('switchyard.switchyard')];
		const cli = vscode.Uri.joinPath(extension?.extensionUri ?? vscode.Uri.file('/'), 'dist', 'cli.js').fsPath;
		const terminal = vscode.window.createTerminal({
			name: 'by hand',
			shellPath: process.execPath,
			shellArgs: [cli, 'run', workspacePath(), '--task', 'TASK-006'],
			env: { ELECTRON_RUN_AS_NODE: '1' },
		});
		await until('the task to complete', () => statusOf(host, plan, 'TASK-006') === 'completed');
		assert.ok(opened.some((name) => name.startsWith('TASK-006 · ')));
		terminal.dispose();
	});
});
