import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Host } from '../../../src/host/main.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import { loadedHost, loadedPlan, targetOf, until, workspacePath } from '../../support/host/window.ts';

const accept = () => vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
const dismiss = () => vscode.commands.executeCommand('workbench.action.closeQuickOpen');

/** Says yes to what is offered first, again and again, until something has come of it. */
async function untilPicked(what: string, isDone: () => boolean): Promise<void> {
	await until(what, async () => {
		if (isDone()) {
			return true;
		}
		await accept();
		return isDone();
	});
}

function activeTab(): string {
	return vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
}

// Commands are not awaited: they go on when a person answers.
describe('commands of the tree, with the row they were called on and without any', () => {
	let host: Host;
	let plan: PlanModel;
	const now = () => host.plans.get(plan.id) ?? plan;
	const dependencies = (task: string) => now().tasks.get(task)?.dependencies ?? [];
	const sprintsWith = (task: string) =>
		[...now().sprints.values()].filter(({ tasks }) => tasks.includes(task)).map(({ id }) => id);

	before(async () => {
		host = await loadedHost();
		plan = await loadedPlan(host, 18);
	});

	/** Tests that follow find the files as they were. */
	afterEach(async () => {
		await dismiss();
		for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
			await vscode.window.showTextDocument(document);
			await vscode.commands.executeCommand('workbench.action.files.revert');
		}
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	});

	it('Reveal in YAML asks for a task', async () => {
		void vscode.commands.executeCommand('switchyard.revealInYaml');
		await untilPicked('the first task', () =>
			Boolean(vscode.window.activeTextEditor?.document.uri.path.endsWith('/TASK-001.yaml')),
		);
	});

	it('Open Graph opens that of the only plan, with a row and without', async () => {
		await vscode.commands.executeCommand('switchyard.openGraph');
		await until('the graph', () => activeTab() === `${plan.name}: Graph`);
		await vscode.commands.executeCommand('switchyard.showInGraph', targetOf(plan, { task: 'TASK-004' }));
		assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
	});

	it('Move to Sprint asks for the sprint, and before that for the task where no row says it', async () => {
		const before = sprintsWith('TASK-001');
		for (const argument of [targetOf(plan, { task: 'TASK-001' }), 'TASK-001', undefined]) {
			void vscode.commands.executeCommand('switchyard.moveToSprint', argument);
			// The two files of a move are read one after the other: in between no sprint has the task, or both have.
			await untilPicked('another sprint, and only that', () => {
				const now = sprintsWith('TASK-001');
				return now.length === 1 && now.join() !== before.join();
			});
			await restored('the first sprint', () => sprintsWith('TASK-001').join() === before.join());
		}
	});

	it('Add and Remove Dependency ask for the other task', async () => {
		const before = dependencies('TASK-008').join();
		void vscode.commands.executeCommand('switchyard.addDependency', targetOf(plan, { task: 'TASK-008' }));
		await untilPicked('one more', () => dependencies('TASK-008').length === 2);
		void vscode.commands.executeCommand('switchyard.removeDependency', targetOf(plan, { task: 'TASK-008' }));
		await untilPicked('one less', () => dependencies('TASK-008').length === 1);
		await restored('what was there', () => dependencies('TASK-008').join() === before);
		// The first task of the plan waits for none: there is nothing to choose, and nothing happens.
		await vscode.commands.executeCommand('switchyard.removeDependency', targetOf(plan, { task: 'TASK-001' }));
		assert.deepEqual(dependencies('TASK-001'), []);
	});

	it('Add Task asks for words, and without any adds nothing', async () => {
		const asked = vscode.commands.executeCommand('switchyard.addTask', targetOf(plan, {}));
		await until('an end', async () => {
			await dismiss();
			return Promise.race([
				asked.then(() => true),
				new Promise((resolve) => setTimeout(resolve, 100, false)),
			]);
		});
		assert.equal(now().tasks.size, 18);
	});

	it('Show Actions offers what makes sense, and Show Problems the list of problems', async () => {
		const engines = host.enginesStarted;
		void vscode.commands.executeCommand('switchyard.showActions');
		await dismiss();
		await vscode.commands.executeCommand('switchyard.showProblems');
		assert.equal(host.enginesStarted, engines, 'nothing was chosen, and an engine was started');
	});

	/** Puts the files back as they were, again and again: an editor that still saves one of them would have the last word. */
	async function restored(what: string, isBack: () => boolean): Promise<void> {
		await until(what, async () => {
			await vscode.workspace.saveAll(false);
			for (const [uri, text] of texts) {
				if (!text.equals(await vscode.workspace.fs.readFile(uri))) {
					await vscode.workspace.fs.writeFile(uri, text);
				}
			}
			await new Promise((resolve) => setTimeout(resolve, 300));
			return isBack();
		});
	}

	const texts = new Map<vscode.Uri, Buffer>();
	before(async () => {
		for (const folder of ['docs/planning/tasks', 'docs/sprints']) {
			const at = vscode.Uri.file(workspacePath(folder));
			for (const [name] of await vscode.workspace.fs.readDirectory(at)) {
				const uri = vscode.Uri.joinPath(at, name);
				texts.set(uri, Buffer.from(await vscode.workspace.fs.readFile(uri)));
			}
		}
	});
});
