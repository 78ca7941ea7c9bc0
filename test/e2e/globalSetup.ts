import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureChromium } from '../../scripts/setup/chromium.mjs';
import { ensureCodeServer } from '../../scripts/setup/codeServer.mjs';
import { endProcessGroup } from '../../scripts/setup/endProcessGroup.mjs';
import { testEnvironment } from '../../scripts/setup/environment.mjs';
import { installExtension } from '../../scripts/vscode/installExtension.mjs';
import { packageExtension } from '../../scripts/vscode/packageExtension.mjs';
import '../support/vscode/testWorld.ts';

/** Packages the extension unless `npm test` just did, installs it once as a user would, and cleans up at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
	const codeServer = await ensureCodeServer();
	const chromium = await ensureChromium();
	const vsix = process.env['SWITCHYARD_VSIX'] ?? (await packageExtension()).vsix;
	const root = await realpath(await mkdtemp(path.join(tmpdir(), 'switchyard-e2e-')));
	const [extensions, userData] = [path.join(root, 'extensions'), path.join(root, 'user-data')];
	await mkdir(userData);
	await installExtension({ codeServer, vsix, extensions, userData, env: testEnvironment(root) });
	project.provide('world', { root, extensions, codeServer, chromium });
	return async () => {
		await endServers(root);
		await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	};
}

/** A test that was stopped in the middle could not close its workbench. */
async function endServers(root: string): Promise<void> {
	const files = readdirSync(root).map((name) => path.join(root, name, 'user-data/server.pid'));
	for (const file of files.filter((name) => existsSync(name))) {
		await endProcessGroup(Number(readFileSync(file, 'utf8')));
	}
}
