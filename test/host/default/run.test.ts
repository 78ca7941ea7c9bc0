import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
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

	it('keeps at most one terminal of a completed task', async () => {
		// Another plan of the window has a task of one of these ids as well.
		const ofSprint = /^TASK-00[148] · (Database schema design|User authentication API|Product catalog API)/;
		await until('room to be made', () => {
			const left = vscode.window.terminals.filter(({ name }) => ofSprint.test(name));
			return left.length <= 1;
		});
	});

	it('opens the evidence of a task rendered', async () => {
		await vscode.commands.executeCommand('switchyard.openEvidence', targetOf(plan, { task: 'TASK-001' }));
		await until('the preview', () =>
			vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes('EVIDENCE.md'),
		);
	});

	it('says of evidence that was changed or removed that it was, and writes it again as it was', async () => {
		const validation = () => host.runs.current(plan.id)?.task('TASK-001')?.validation;
		const folder = host.runs.current(plan.id)?.task('TASK-001')?.evidence ?? '';
		const file = workspacePath(folder, 'EVIDENCE.md');
		const before = readFileSync(file, 'utf8');
		const ask = vscode.window.showWarningMessage;
		const said: string[] = [];
		const answer = async (text: string, ...actions: string[]) => {
			said.push(text);
			return actions.find((action) => action === 'Write It Again');
		};
		(vscode.window as { showWarningMessage: unknown }).showWarningMessage = answer;
		try {
			for (const alter of [() => writeFileSync(file, `${before}It was reviewed.\n`), () => rmSync(file)]) {
				alter();
				await until('the change to be seen', () => validation() === 'stale');
				await vscode.commands.executeCommand('switchyard.openEvidence', targetOf(plan, { task: 'TASK-001' }));
				assert.equal(readFileSync(file, 'utf8'), before);
				await until('it to hold again', () => validation() !== 'stale');
			}
		} finally {
			(vscode.window as { showWarningMessage: unknown }).showWarningMessage = ask;
		}
		assert.match(
			said[0] ?? '',
			/TASK-001: Its evidence is not as it was written: \S*EVIDENCE\.md was changed\./,
		);
		assert.match(said[1] ?? '', /EVIDENCE\.md is gone or cannot be read\./);
	});

	it('tells on the id of a task how it stands and why, with the events behind it', async () => {
		const place = plan.tasks.get('TASK-001')?.idRange;
		assert.ok(place);
		const uri = vscode.Uri.parse(place.uri, true);
		const at = new vscode.Position(place.start.line, place.start.character + 1);
		await vscode.window.showTextDocument(uri);
		const said = await until('the hover', async () => {
			const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
				'vscode.executeHoverProvider',
				uri,
				at,
			);
			const texts = hovers
				.flatMap(({ contents }) => contents)
				.map((each) => (typeof each === 'string' ? each : each.value));
			return texts.find((text) => text.includes('$(pass-filled)'));
		});
		assert.match(said, /TASK\\-001 is completed/);
		assert.match(said, /check\\-ended/);
	});

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
