import { mkdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import type { ReplanReview } from '../../protocol/replanReview.ts';
import { replanReviewSchema } from '../../protocol/replanReview.ts';
import type { Settings } from '../config/settings.ts';
import { writeAgentsFile } from '../runs/agentsFile.ts';
import { askCli } from '../runs/askCli.ts';

export interface ReplanRunnerOptions {
	readonly cliPath: string;
	readonly settings: Settings;
	readonly storageFolder: string;
	readonly logger: Logger;
}

/** Has the command line propose, apply and reject replans: there is one way, whoever decides. */
export class ReplanRunner {
	readonly #options: ReplanRunnerOptions;

	constructor(options: ReplanRunnerOptions) {
		this.#options = options;
	}

	/** Rejects with a sentence where it cannot be done. */
	async ask(plan: PlanId, more: readonly string[]): Promise<ReplanReview> {
		const { cliPath, settings, storageFolder, logger } = this.#options;
		const root = vscode.Uri.parse(plan.rootUri, true);
		await mkdir(storageFolder, { recursive: true });
		const agentsFile = await writeAgentsFile(storageFolder, settings.agents(root));
		const args = [
			...['replan', root.fsPath, '--plan', plan.key, '--json'],
			...(agentsFile === null ? [] : ['--agents-file', agentsFile]),
			...more,
		];
		const out = await askCli({ cliPath, args, logger });
		return replanReviewSchema.parse(JSON.parse(out));
	}
}
