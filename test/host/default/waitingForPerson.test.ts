import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Host } from '../../../src/host/main.ts';
import type { InboxEntry } from '../../../src/host/needs/inbox.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import { planKey } from '../../../src/host/plans/planModel.ts';
import { loadedHost, statusOf, targetOf, until, workspacePath } from '../../support/host/window.ts';

/** One task that a person must agree to, and one that fails until the file `mended` is there. */
const asking = `plan: {name: Asking, strategy: dynamic}
tasks:
  - {id: ASK-1, name: Ask first, estimated_hours: 1, approval: before, run: [node, -e, "0"]}
  - {id: ASK-2, name: Fail first, estimated_hours: 1, run: [node, -e, "process.exit(require('fs').existsSync('mended') ? 0 : 1)"]}
`;

describe('the view "Needs You"', () => {
	let host: Host;
	let plan: PlanModel;

	before(async () => {
		host = await loadedHost();
		const file = vscode.Uri.file(workspacePath('asking/asking.plan.yaml'));
		await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(asking));
		plan = await until('the plan', () => host.plans.ofFile(file.toString()));
	});

	// The other files of this window count its plans.
	after(async () => {
		await vscode.workspace.fs.delete(vscode.Uri.file(workspacePath('asking')), { recursive: true });
		await until('the plan to go', () => host.plans.get(plan.id) === undefined);
	});

	const row = (task: string): InboxEntry | undefined =>
		host.needs.entries.find(({ target }) => target.plan === planKey(plan.id) && target.task === task);
	const state = () => host.runs.current(plan.id)?.state;

	it('shows a question, counts it, says why, and its answer lets the run go on', async () => {
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'ASK-1' }));
		const entry = await until('the question', () => row('ASK-1'));
		const item = host.needs.getTreeItem(entry);
		assert.equal(item.label, 'ASK-1 Ask first');
		assert.equal(item.contextValue, 'need approve reject skip');
		assert.match(String(item.description), /Waits for your approval before it begins/);
		assert.equal(host.needs.badge?.value, host.needs.entries.length);
		await until('the engine to end', () => state() === 'idle');

		await vscode.commands.executeCommand('switchyard.showWhy', entry);
		await until('the reason', () =>
			vscode.window.activeTextEditor?.document.getText().includes('It waits for a person since'),
		);

		await vscode.commands.executeCommand('switchyard.approveTask', entry);
		await until('the row to go', () => row('ASK-1') === undefined);
		await until('the run to be resumable', () => state() === 'interrupted');
		await vscode.commands.executeCommand('switchyard.resumeRun', targetOf(plan));
		await until('the task to complete', () => statusOf(host, plan, 'ASK-1') === 'completed');
		await until('the engine to end', () => state() === 'idle');
	});

	it('asks about a running task that the saved plan no longer has, and stops it from the row', async () => {
		const uri = vscode.Uri.parse(plan.files[0] ?? '', true);
		const write = (text: string) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
		const long = `  - {id: ASK-3, name: Take long, estimated_hours: 1, run: [node, -e, "setTimeout(() => {}, 300000)"]}\n`;
		await write(asking + long);
		await until('the long task', () => host.plans.get(plan.id)?.tasks.has('ASK-3'));
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'ASK-3' }));
		await until('the long task to run', () => statusOf(host, plan, 'ASK-3') === 'running');
		await write(asking);
		const entry = await until('the question', () => row('ASK-3'));
		assert.equal(entry.context, 'question stop');
		assert.match(String(host.needs.getTreeItem(entry).description), /no longer has ASK-3, which is running/);
		await vscode.commands.executeCommand('switchyard.stop', entry);
		await until('the row to go', () => row('ASK-3') === undefined);
		await until('the engine to end', () => state() !== 'running' && state() !== 'stopping');
	});

	it('asks once when the budget is spent, and one click lets the run go on to its end', async () => {
		const uri = vscode.Uri.parse(plan.files[0] ?? '', true);
		const write = (text: string) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
		const bot = `require('fs').writeFileSync(process.env.SWITCHYARD_OUT + '/report.json', '{\\"cost_usd\\": 4}')`;
		const paid = ['PAY-1', 'PAY-2'].map(
			(id) => `  - {id: ${id}, name: Paid, estimated_hours: 1, agent: bot, prompt: x, touches: [x]}\n`,
		);
		const head = asking.replace('strategy: dynamic}', 'strategy: dynamic, budget: 3}');
		await write(`agents: {bot: {run: [node, -e, "${bot}"]}}\n${head}${paid.join('')}`);
		await until('the paid tasks', () => host.plans.get(plan.id)?.tasks.has('PAY-2'));
		const asksForMoney = () => host.needs.entries.find(({ context }) => /\bbudget\b/.test(context));
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'PAY-1' }));
		await until('the first task to complete', () => statusOf(host, plan, 'PAY-1') === 'completed');
		await until('the engine to end', () => state() !== 'running' && state() !== 'stopping');
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'PAY-2' }));
		const entry = await until('the question', asksForMoney);
		assert.equal(entry.label, '$4.00 / $3.00');
		assert.equal(statusOf(host, plan, 'PAY-2'), 'ready');
		await vscode.commands.executeCommand('switchyard.continueBudget', entry);
		await until('the second task to complete', () => statusOf(host, plan, 'PAY-2') === 'completed');
		await until('the row to go', () => asksForMoney() === undefined);
		await until('the engine to end', () => state() !== 'running' && state() !== 'stopping');
		await write(asking);
		await until('the old plan', () => host.plans.get(plan.id)?.tasks.has('PAY-1') === false);
	});

	it('tells of a usage limit, which nobody is asked about, until the task was stopped', async () => {
		const uri = vscode.Uri.parse(plan.files[0] ?? '', true);
		const write = (text: string) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
		const bot = `console.log('Usage limit reached. Try again in 2 hours'); process.exit(1)`;
		const task = '  - {id: LIM-1, name: Limited, estimated_hours: 1, agent: bot, prompt: x}\n';
		await write(`agents: {bot: {run: [node, -e, "${bot}"]}}\n${asking}${task}`);
		await until('the task', () => host.plans.get(plan.id)?.tasks.has('LIM-1'));
		const before = host.needs.badge?.value;
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'LIM-1' }));
		const entry = await until('the row', () => row('LIM-1'));
		assert.deepEqual([entry.label, entry.context, entry.isAsked], ['bot', 'known', false]);
		assert.match(entry.sentence, /The usage limit of bot is reached/);
		assert.equal(host.needs.badge?.value, before);
		await vscode.commands.executeCommand('switchyard.showWhy', entry);
		await until('the reason', () =>
			vscode.window.activeTextEditor?.document.getText().includes('Waits for the usage limit of bot'),
		);
		await vscode.commands.executeCommand('switchyard.stop', targetOf(plan, { task: 'LIM-1' }));
		await until('the row to go', () => row('LIM-1') === undefined);
		await until('the engine to end', () => state() !== 'running' && state() !== 'stopping');
		await write(asking);
		await until('the old plan', () => host.plans.get(plan.id)?.tasks.has('LIM-1') === false);
	});

	it('asks about a finished task that seems renamed, and takes the answer from the row', async () => {
		const [file = ''] = plan.files;
		const uri = vscode.Uri.parse(file, true);
		const renamed = asking.replace('ASK-1', 'ASK-9');
		await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(renamed));
		await until('the new plan', () => host.plans.get(plan.id)?.tasks.has('ASK-9'));
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'ASK-9' }));
		const entry = await until('the question', () =>
			host.needs.entries.find(({ rename }) => rename?.from === 'ASK-1' && rename.to === 'ASK-9'),
		);
		const item = host.needs.getTreeItem(entry);
		assert.equal(item.contextValue, 'question renamed');
		assert.equal(item.command?.command, 'switchyard.revealInYaml');
		await vscode.commands.executeCommand('switchyard.confirmRename', entry);
		await until('the row to go', () => host.needs.entries.every(({ rename }) => rename === undefined));
		await until('the engine to end', () => state() !== 'running' && state() !== 'stopping');
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'ASK-9' }));
		await until('what was done to stand for the new id', () => statusOf(host, plan, 'ASK-9') === 'completed');
		assert.equal(host.runs.current(plan.id)?.attempts('ASK-9').length, 1);
		await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(asking));
		await until('the old plan', () => host.plans.get(plan.id)?.tasks.has('ASK-1'));
	});

	it('keeps a task that failed until it is tried again with success', async () => {
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'ASK-2' }));
		const entry = await until('the failure', () => row('ASK-2'));
		assert.match(entry.context, /^need retry skip/);
		await until('the engine to end', () => state() === 'idle');
		writeFileSync(workspacePath('asking/mended'), '');
		await vscode.commands.executeCommand('switchyard.retryTask', entry);
		await until('the task to complete', () => statusOf(host, plan, 'ASK-2') === 'completed');
		await until('the row to go', () => row('ASK-2') === undefined);
		assert.equal(host.needs.badge?.value, host.needs.entries.length || undefined);
	});
});
