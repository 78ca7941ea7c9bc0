import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';
import { testEnvironment } from '../../../scripts/setup/environment.mjs';
import { repositoryFolder } from '../../../scripts/setup/folders.mjs';
import { chromiumFlags } from '../../../scripts/vscode/chromiumFlags.mjs';
import { serveVscode } from '../../../scripts/vscode/serveVscode.mjs';
import { writeUserSettings } from '../../../scripts/vscode/settings.mjs';
import { openPages } from './openPages.ts';
import { Workbench } from './workbench.ts';

export interface WorkbenchOptions {
	/** A folder of the repository that is copied afresh, for example `samples/shop`; left out: an empty folder. */
	readonly workspace?: string;
	/** Files written over the copy, by their path in it. */
	readonly files?: Readonly<Record<string, string>>;
	/** False leaves Workspace Trust on and the folder untrusted; true (the default) switches it off. */
	readonly trusted?: boolean;
	readonly theme?: 'dark' | 'light' | 'highContrast';
	readonly viewport?: { readonly width: number; readonly height: number };
	readonly settings?: Readonly<Record<string, unknown>>;
	/** More variables for the server and thus for the extension host and terminals. */
	readonly env?: Readonly<Record<string, string>>;
}

const themes = {
	dark: 'Default Dark Modern',
	light: 'Default Light Modern',
	highContrast: 'Default High Contrast',
};

/**
 * Opens a real VS Code with the packaged extension installed, in Chromium, on a folder of its own, with a home of its
 * own. Close it at the end of the test: the server and all it started end with it.
 */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
	const { root, extensions, codeServer, chromium: executablePath } = inject('world');
	const home = await mkdtemp(path.join(root, 'workbench-'));
	const folder = await makeWorkspace(home, options);
	const userData = path.join(home, 'user-data');
	const { theme = 'dark', trusted = true, viewport = { width: 1400, height: 900 } } = options;
	writeUserSettings(userData, {
		'workbench.colorTheme': themes[theme],
		// The question is a dialog that covers everything; without it an untrusted folder just stays restricted.
		'security.workspace.trust.startupPrompt': 'never',
		...options.settings,
	});
	const server = await serveVscode({
		...{ codeServer, userData, extensions, trustEverything: trusted },
		env: testEnvironment(home, options.env),
	});
	let browser: Browser | undefined;
	try {
		browser = await chromium.launch({ executablePath, args: chromiumFlags });
		const page = await browser.newPage({ viewport });
		page.setDefaultTimeout(60_000);
		const workbench = new Workbench({ page, folder, server, browser });
		page.once('close', () => openPages.delete(page));
		openPages.add(page);
		await workbench.open();
		return workbench;
	} catch (error) {
		await browser?.close();
		await server.stop();
		throw error;
	}
}

async function makeWorkspace(home: string, { workspace, files = {} }: WorkbenchOptions): Promise<string> {
	const folder = path.join(home, workspace === undefined ? 'workspace' : path.basename(workspace));
	await mkdir(folder);
	if (workspace !== undefined) {
		await cp(path.join(repositoryFolder, workspace), folder, { recursive: true });
	}
	for (const [name, text] of Object.entries(files)) {
		const file = path.join(folder, name);
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, text);
	}
	return folder;
}
