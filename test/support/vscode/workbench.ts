import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { repositoryFolder } from '../../../scripts/setup/folders.mjs';
import type { VscodeServer } from '../../../scripts/vscode/serveVscode.mjs';

interface WorkbenchParts {
	readonly page: Page;
	readonly folder: string;
	readonly server: VscodeServer;
	readonly browser: Browser;
}

/** One VS Code in one browser page. What is in it is reached through the functions beside this file. */
export class Workbench {
	readonly page: Page;
	/** The opened folder on disk, a copy that belongs to this workbench. */
	readonly folder: string;
	readonly #server: VscodeServer;
	readonly #browser: Browser;

	constructor({ page, folder, server, browser }: WorkbenchParts) {
		this.page = page;
		this.folder = folder;
		this.#server = server;
		this.#browser = browser;
	}

	/** The process id of the server, for tests that take it away. */
	get serverPid(): number {
		return this.#server.pid;
	}

	/** Opens the folder in the page, also for a second time: then the window comes back as after a reload. */
	async open(): Promise<void> {
		const address = new URL(this.#server.url);
		address.searchParams.set('folder', this.folder);
		await this.page.goto(address.href);
		await this.page.locator('.monaco-workbench .activitybar').waitFor();
		await this.page.locator('.statusbar .statusbar-item').first().waitFor();
	}

	/** Writes test-results/NAME.png. */
	async screenshot(name: string): Promise<string> {
		const file = path.join(repositoryFolder, 'test-results', `${name}.png`);
		await mkdir(path.dirname(file), { recursive: true });
		await this.page.screenshot({ path: file });
		return file;
	}

	async close(): Promise<void> {
		await this.#browser.close();
		await this.#server.stop();
	}
}
