import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Host } from '../../../src/host/main.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import { loadedHost, statusOf, targetOf, until, workspacePath } from '../../support/host/window.ts';

/** A plan whose task works until the file `go` is there, so that no test has to hit a moment. */
const gate = `plan: {name: Gate}
tasks:
  - id: HOLD-1
    name: Wait for a sign
    estimated_hours: 1
    idempotent: true
    run: [node, -e, "console.log('holding'); setInterval(() => require('fs').existsSync('go') && process.exit(0), 50)"]
`;

describe('a task that takes its time', () => {
	let host: Host;
	let plan: PlanModel;

	before(async () => {
		host = await loadedHost();
		const file = vscode.Uri.file(workspacePath('gate/gate.plan.yaml'));
		await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(gate));
		plan = await until('the plan', () => host.plans.ofFile(file.toString()));
	});
	after(async () => {
		await vscode.commands.executeCommand('switchyard.stop', targetOf(plan));
		await until('the run to rest', isAtRest);
	});

	const hold = () => targetOf(plan, { task: 'HOLD-1' });
	const status = () => statusOf(host, plan, 'HOLD-1');
	const isAtRest = () => {
		const state = host.runs.current(plan.id)?.state;
		return state === 'idle' || state === 'completed';
	};
	const start = async (command: string) => {
		await vscode.commands.executeCommand(command, hold());
		await until('the task to run', () => status() === 'running');
	};

	/** How the terminal of the last attempt begins: that of an earlier one may still be there, and in front. */
	const title = () => {
		const attempt = host.runs.current(plan.id)?.attempts('HOLD-1').at(-1)?.number ?? 1;
		return attempt > 1 ? `HOLD-1 (${attempt}) ` : 'HOLD-1 · ';
	};

	it('is stopped from a view', async () => {
		await start('switchyard.runTask');
		await vscode.commands.executeCommand('switchyard.stop', hold());
		await until('the task to stop', () => status() === 'cancelled');
		await until('the run to rest', isAtRest);
	});

	it('is stopped by closing its terminal by hand', async () => {
		await start('switchyard.retryTask');
		await vscode.commands.executeCommand('switchyard.showTerminal', hold());
		await until('its terminal in front', () => vscode.window.activeTerminal?.name.startsWith(title()));
		await vscode.commands.executeCommand('workbench.action.terminal.kill');
		await until('the task to stop', () => status() === 'cancelled');
		await until('the run to rest', isAtRest);
	});

	it('goes on when its terminal is closed by something else, and is shown again', async () => {
		await start('switchyard.retryTask');
		await vscode.commands.executeCommand('switchyard.showTerminal', hold());
		const terminal = await until('its terminal', () =>
			vscode.window.terminals.find(({ name }) => name.startsWith(title())),
		);
		const closed = new Promise<void>((resolve) => {
			const listener = vscode.window.onDidCloseTerminal((gone) => {
				if (gone === terminal) {
					listener.dispose();
					resolve();
				}
			});
		});
		terminal.dispose();
		await closed;
		await vscode.commands.executeCommand('switchyard.showTerminal', hold());
		await until('another terminal', () =>
			vscode.window.terminals.some((other) => other !== terminal && other.name.startsWith('HOLD-1')),
		);
		assert.equal(status(), 'running');
	});

	it('survives its engine, is offered to be resumed, and completes once', async () => {
		const pid = await until('a live engine', () => host.runs.current(plan.id)?.engines[0]?.process.pid);
		const attempts = () => host.runs.current(plan.id)?.attempts('HOLD-1') ?? [];
		const before = attempts().length;
		process.kill(pid, 'SIGKILL');
		await until('the run to break off', () => host.runs.current(plan.id)?.state === 'interrupted');
		await until('the tree to say so', () => host.tree.message?.includes('interrupted'));
		const sign = workspacePath('gate/go');
		writeFileSync(sign, '');
		await vscode.commands.executeCommand('switchyard.resumeRun', targetOf(plan));
		await until('the task to complete', () => status() === 'completed');
		assert.equal(attempts().length, before, 'what was running was run again');
		await until('the run to rest', isAtRest);
		rmSync(sign);
	});

	it('is not run again once it is completed', async () => {
		const started = host.enginesStarted;
		await vscode.commands.executeCommand('switchyard.runTask', hold());
		await vscode.commands.executeCommand('switchyard.runAll', targetOf(plan));
		assert.equal(host.enginesStarted, started);
		assert.equal(status(), 'completed');
	});
});
