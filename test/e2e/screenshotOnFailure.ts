import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach } from 'vitest';
import { repositoryFolder } from '../../scripts/setup/folders.mjs';
import { openPages } from '../support/vscode/openPages.ts';

// What a failed test looked like says more than the selector that it waited for.
afterEach(async ({ task }) => {
	if (task.result?.state !== 'fail') {
		return;
	}
	const folder = path.join(repositoryFolder, 'test-results');
	await mkdir(folder, { recursive: true });
	for (const [index, page] of [...openPages].entries()) {
		const file = path.join(folder, `failed-${task.name.replaceAll(/\W+/g, '-').slice(0, 60)}-${index}.png`);
		await page.screenshot({ path: file });
		process.stdout.write(`  screenshot of the failure: ${path.relative(repositoryFolder, file)}\n`);
	}
});
