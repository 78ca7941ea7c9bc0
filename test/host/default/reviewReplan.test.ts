import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Host } from '../../../src/host/main.ts';
import { exists, loadedHost, statusOf, targetOf, until, workspacePath } from '../../support/host/window.ts';

const file = 'found.plan.yaml';

const plan = `# Kept.
plan:
  name: Found
tasks:
  - id: TASK-001
    name: Look around
    run: [sh, -c, 'cp found.json "$SWITCHYARD_OUT/report.json"']
`;

describe('R3: reviewing a replan in the editor', () => {
	let host: Host;

	before(async () => {
		host = await loadedHost();
		const report = { new_subtasks: [{ title: 'Clean up', run: ['true'] }] };
		writeFileSync(workspacePath('found.json'), JSON.stringify(report));
		writeFileSync(workspacePath(file), plan);
	});

	after(async () => {
		for (const path of [file, 'found.json']) {
			await vscode.workspace.fs.delete(vscode.Uri.file(workspacePath(path)));
		}
		await until('the plan to be gone', () => host.plans.plans.every(({ id }) => id.key !== 'found'));
	});

	it('shows what a worker found as a diff, and writes what is accepted as a new version', async () => {
		const found = await until('the plan', () => host.plans.plans.find(({ id }) => id.key === 'found'));
		await vscode.commands.executeCommand('switchyard.runAll', targetOf(found));
		await until('the task to be done', () => statusOf(host, found, 'TASK-001') === 'completed');
		const done = vscode.commands.executeCommand('switchyard.reviewReplan', targetOf(found));
		await until('the diff', () =>
			vscode.window.tabGroups.all.some(({ tabs }) =>
				tabs.some(({ label }) => /^Replan of Found/.test(label)),
			),
		);
		assert.equal(readFileSync(workspacePath(file), 'utf8'), plan);
		await until('the new version', async () => {
			await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
			return readFileSync(workspacePath(file), 'utf8').includes('version: 2');
		});
		await done;
		const text = readFileSync(workspacePath(file), 'utf8');
		assert.ok(text.startsWith('# Kept.\nplan:\n  name: Found\n  version: 2\ntasks:\n'), text);
		assert.ok(text.includes('  - id: TASK-002\n    name: Clean up\n'), text);
		assert.ok(exists('.switchyard'));
	});
});
