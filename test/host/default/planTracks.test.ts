import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Host } from '../../../src/host/main.ts';
import { exists, loadedHost, loadedPlan, targetOf, until, workspacePath } from '../../support/host/window.ts';

const documents = [
	'docs/planning/TASK_SUMMARY.md',
	'docs/planning/task-dependency-graph.md',
	'docs/sprints/SPRINT_OVERVIEW.md',
];
const diffTitle = 'Tracks of E-Commerce Platform';

/** Chooses the first entry of the list that is open until something has happened. */
async function acceptUntil(what: string, condition: () => boolean): Promise<void> {
	await until(what, async () => {
		if (!condition()) {
			await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
		}
		return condition();
	});
}

const isDiffOpen = () =>
	vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.startsWith(diffTitle)));

describe('planning tracks in the editor', () => {
	let host: Host;

	before(async () => {
		host = await loadedHost();
		await loadedPlan(host, 18);
	});

	after(async () => {
		const files = vscode.Uri.file(workspacePath());
		for (const path of documents.filter((each) => exists(each))) {
			await vscode.workspace.fs.delete(vscode.Uri.joinPath(files, path));
		}
	});

	const start = async () => {
		const plan = await loadedPlan(host, 18);
		return vscode.commands.executeCommand('switchyard.planTracks', targetOf(plan));
	};

	it('shows what would be written, and writes nothing when it is discarded', async () => {
		const done = start();
		await acceptUntil('the diff to be shown', isDiffOpen);
		await until('the question to go away', async () => {
			await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
			return !isDiffOpen();
		});
		await done;
		assert.deepEqual(
			documents.filter((path) => exists(path)),
			[],
		);
	});

	it('writes the recommended tracks on a yes, and leaves sprints that fit as they are', async () => {
		const sprint = workspacePath('docs/sprints/SPRINT-002-03.yaml');
		const before = readFileSync(sprint, 'utf8');
		const done = start();
		await acceptUntil('the documents to be written', () => documents.every((path) => exists(path)));
		await done;
		assert.equal(readFileSync(sprint, 'utf8'), before);
		const overview = readFileSync(workspacePath('docs/sprints/SPRINT_OVERVIEW.md'), 'utf8');
		assert.match(overview, /52 hours side by side, 128 hours one after another: 59 % saved\./);
		assert.match(
			overview,
			/`SPRINT-002-03` \| Production Ready \| `TASK-011`, `TASK-015`, `TASK-014` \| 20 hours/,
		);
		assert.equal(isDiffOpen(), false);
	});
});
