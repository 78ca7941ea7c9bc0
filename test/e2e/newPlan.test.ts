import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InterviewSession } from '../../src/core/prd/interviewSession.ts';
import { notification } from '../support/vscode/notifications.ts';
import { openWorkbench } from '../support/vscode/openWorkbench.ts';
import { pickRow, runCommand } from '../support/vscode/palette.ts';
import { openViewContainer, treeRows } from '../support/vscode/treeView.ts';
import { waitFor } from '../support/vscode/waitFor.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const prd = 'docs/planning/FEATURE_gift-cards_PRD.yaml';
const command = 'Switchyard: New Plan from a Goal';

const quickInput = (page: Page) => page.locator('.quick-input-widget:visible');
const words = (page: Page) => quickInput(page).textContent();

/** Fills the open question and confirms, until something else is asked. */
async function answer(page: Page, question: string | RegExp, text: string): Promise<void> {
	const asked = quickInput(page).filter({ hasText: question });
	await asked.waitFor();
	await waitFor(`the end of ${question}`, async () => {
		if (!(await asked.isVisible())) {
			return true;
		}
		const input = asked.locator('input[type="text"]');
		if ((await input.inputValue()) !== text) {
			await input.fill(text, { timeout: 2_000 });
		}
		await page.keyboard.press('Enter');
		return asked.waitFor({ state: 'hidden', timeout: 2_000 }).then(() => true);
	});
}

describe('a plan from a goal, clicked', () => {
	let workbench: Workbench;
	beforeAll(async () => {
		workbench = await openWorkbench({ workspace: 'samples/shop', viewport: { width: 1500, height: 940 } });
		await openViewContainer(workbench.page, 'Switchyard');
		await treeRows(workbench.page, 'Backend API').first().waitFor();
	});
	afterAll(() => workbench?.close());
	const text = () => readFile(path.join(workbench.folder, prd), 'utf8');

	it('asks one question at a time, goes back to the one before, and keeps every answer when it is left', async () => {
		const { page } = workbench;
		await runCommand(page, command);
		await answer(page, 'Which feature is planned beside it?', 'gift-cards');
		await answer(page, 'What is wanted?', 'Customers give away gift cards');
		await answer(page, 'What limits the work?', '');
		const question = 'Which language is the backend written in?';
		await answer(page, 'New Plan: Stack and integrations (1', 'go');
		await quickInput(page).filter({ hasText: 'Which framework does the backend use?' }).waitFor();
		await workbench.screenshot('new-plan-question');
		await quickInput(page).getByRole('button', { name: 'Back' }).click();
		// The question stands where one types, and its answer is the row that Enter takes.
		await quickInput(page).locator(`input[placeholder^="${question}"]`).waitFor();
		const rows = quickInput(page).locator('.monaco-list-row');
		expect(await rows.filter({ hasText: 'as it stands' }).textContent()).toMatch(/^go/);
		expect(await rows.count()).toBeGreaterThan(3);
		await quickInput(page).locator('.monaco-list-row.focused', { hasText: 'go' }).waitFor();
		await workbench.screenshot('new-plan-back');
		await page.keyboard.press('Escape');
		await notification(page, `every answer is kept in ${prd}`).waitFor();
		await page.mouse.move(900, 840);
		await workbench.screenshot('new-plan-left');
		expect(await text()).toMatch(/language: go/);
	}, 150_000);

	it('goes on where it was left, and plans tasks once nothing that is needed is open', async () => {
		const { page } = workbench;
		await runCommand(page, command);
		await answer(page, 'Which feature is planned beside it?', 'gift-cards');
		await quickInput(page).filter({ hasText: 'Which framework does the backend use?' }).waitFor();
		expect(await quickInput(page).getByRole('button', { name: 'Leave the Rest Open' }).count()).toBe(0);
		await page.keyboard.press('Escape');
		await quickInput(page).waitFor({ state: 'hidden' });

		await writeFile(path.join(workbench.folder, prd), await answerNeeded(await text()));
		await runCommand(page, command);
		await answer(page, 'Which feature is planned beside it?', 'gift-cards');
		const finish = quickInput(page).getByRole('button', { name: 'Leave the Rest Open' });
		await finish.waitFor();
		await workbench.screenshot('new-plan-finish');
		await finish.click();
		await notification(page, /Tasks planned: \d+/).waitFor();
		await treeRows(page, 'FEATURE-gift-cards-001').first().waitFor({ state: 'attached' });
		await page.mouse.move(900, 840);
		await workbench.screenshot('new-plan-made');
	}, 150_000);

	it('plans tracks as a diff that is accepted first', async () => {
		const { page, folder } = workbench;
		const file = path.join(folder, 'docs/planning/sprints/SPRINT-001-01.yaml');
		const before = await readFile(file, 'utf8').catch(() => '');
		await runCommand(page, 'Switchyard: Plan Tracks');
		await pickRow(page, '2 tracks');
		await quickInput(page).filter({ hasText: 'Discard' }).waitFor();
		await page.locator('.multiDiffEntry, .multiDiffEditor').first().waitFor();
		await workbench.screenshot('plan-tracks');
		expect(await words(page)).toMatch(/Write \d+ files/);
		await pickRow(page, 'Discard');
		await page.locator('.multiDiffEntry, .multiDiffEditor').first().waitFor({ state: 'detached' });
		expect(await readFile(file, 'utf8').catch(() => '')).toBe(before);
	}, 100_000);

	it('is introduced by a walkthrough', async () => {
		const { page } = workbench;
		await runCommand(page, 'Welcome: Open Walkthrough');
		await pickRow(page, 'Run your first plan');
		await page.locator('.getting-started-step').filter({ hasText: 'Check the evidence' }).waitFor();
		expect(await page.locator('.getting-started-step').count()).toBe(5);
		await workbench.screenshot('walkthrough');
	}, 100_000);
});

/** Answers what is needed and still open, as a person would in the file. */
async function answerNeeded(prdText: string): Promise<string> {
	const session = InterviewSession.read(prdText);
	if (!(session instanceof InterviewSession)) {
		throw new Error(session.message);
	}
	for (;;) {
		const question = session.open.find(({ isRequired }) => isRequired);
		if (question === undefined) {
			return session.text;
		}
		const pairs = /users\.primary/.test(question.id) ? 'Customer: buy a thing' : 'Gift cards can be bought';
		const given = question.suggestion === '' ? (question.options.at(-1) ?? pairs) : question.suggestion;
		const reason = session.answer(question, given);
		if (reason !== null) {
			throw new Error(`${question.id}: ${reason}`);
		}
	}
}
