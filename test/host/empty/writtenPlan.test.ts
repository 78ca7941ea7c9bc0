import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { activated, exists, until, workspacePath } from '../../support/host/window.ts';

const prd = 'docs/planning/PROJECT_PRD.yaml';
const goal = 'A shop with a catalog, a cart and a checkout';

/** Questions of which nothing is expected here. */
const none = [
	...['technology.backend.framework', 'technology.testing.command', 'technical.integrations'],
	...['problem.current_solutions', 'solution.key_features', 'technical.performance', 'technical.scale'],
	...['technical.deployment', 'success_criteria.metrics', 'constraints.timeline.mvp_deadline'],
	...['constraints.budget.limit', 'constraints.security.requirements', 'constraints.compliance.standards'],
	...['requirements.should_have', 'requirements.out_of_scope', 'assumptions', 'risks'],
];

/** Every answer but the overview, which is suggested, and whether there are more requirements. */
const answers = {
	...Object.fromEntries(none.map((id) => [id, 'none'])),
	'technology.backend.language': 'go',
	'technology.frontend.framework': 'none',
	'technology.database.system': 'sqlite',
	'problem.statement': 'Orders take too long',
	'requirements.must_have.0.description': 'Products can be browsed',
	'requirements.must_have.0.acceptance_criteria': 'Every product has a page',
	'requirements.must_have.1.description': 'A cart holds products',
	'requirements.must_have.1.acceptance_criteria': 'A quantity of 0 removes the product',
	'requirements.must_have.2.description': 'The checkout turns the cart into an order',
	'requirements.must_have.2.acceptance_criteria': 'An order is stored',
	'users.primary': 'Customer: buy a thing',
	'success_criteria.mvp_complete_when': 'A customer can pay',
};

describe('a plan from a goal', () => {
	const text = () => (exists(prd) ? readFileSync(workspacePath(prd), 'utf8') : '');

	/** Does something again and again until a command is over: between two questions there is nobody to hear it. */
	const untilOver = async (command: Thenable<unknown>, press: string): Promise<void> => {
		let isOver = false;
		void command.then(() => {
			isOver = true;
		});
		await until('the end of the command', async () => {
			await vscode.commands.executeCommand(press);
			return isOver;
		});
	};
	const enter = 'workbench.action.acceptSelectedQuickOpenItem';
	const leave = 'workbench.action.closeQuickOpen';

	it('keeps each answer in the PRD, and is left and taken up again', async () => {
		await activated();
		const first = vscode.commands.executeCommand('switchyard.newPlan', {
			goal,
			answers: { 'technology.backend.language': 'go' },
		});
		// The next question is open: accepting it empty leaves the framework open on purpose.
		await until('the answer to the second question', async () => {
			await vscode.commands.executeCommand(enter);
			return text().includes('- technology.backend.framework');
		});
		await untilOver(first, leave);
		assert.match(text(), /language: go/);
		assert.match(text(), /goal: A shop with a catalog/);
		assert.ok(!exists('docs/planning/tasks'));
		assert.ok(
			vscode.window.visibleTextEditors.some(({ document }) => document.uri.path.endsWith(prd)),
			'the PRD is not shown',
		);
	});

	it('goes on where it was, and becomes tasks without an error that the window shows', async () => {
		const host = await (await activated()).load();
		await untilOver(vscode.commands.executeCommand('switchyard.newPlan', { answers, agent: null }), enter);
		assert.match(text(), /overview: A shop with a catalog, a cart and a checkout/);
		assert.ok(exists('docs/planning/tasks/TASK-001.yaml'), text());
		const root = vscode.Uri.file(workspacePath(prd));
		const plan = await until('the plan', () => {
			const found = host.plans.ofFile(root.toString());
			return found !== undefined && found.tasks.size > 5 ? found : null;
		});
		assert.deepEqual([plan.errors, plan.tasks.has('TASK-001')], [0, true]);
		assert.ok(exists('docs/planning/REQUIREMENTS.md') && exists('docs/planning/ASSESSMENT.md'));
	});

	it('plans a feature beside the tasks that are there, and leaves those alone', async () => {
		const before = readFileSync(workspacePath('docs/planning/tasks/TASK-001.yaml'), 'utf8');
		const all = { ...answers, 'solution.overview': 'Gift cards' };
		const argument = { goal: 'Gift cards', feature: 'gifts', answers: all, agent: null };
		await untilOver(vscode.commands.executeCommand('switchyard.newPlan', argument), enter);
		assert.ok(exists('docs/planning/tasks/FEATURE-gifts-001.yaml'));
		assert.equal(readFileSync(workspacePath('docs/planning/tasks/TASK-001.yaml'), 'utf8'), before);
	});
});
