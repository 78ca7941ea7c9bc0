import * as vscode from 'vscode';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import type { EvidenceReport } from '../../protocol/evidenceReport.ts';
import { evidenceReportSchema } from '../../protocol/evidenceReport.ts';
import { askCli } from './askCli.ts';

/** Has the command line write evidence again that is not as it was written. */
export class EvidenceRestorer {
	readonly #cliPath: string;
	readonly #logger: Logger;

	constructor(cliPath: string, logger: Logger) {
		this.#cliPath = cliPath;
		this.#logger = logger;
	}

	/** `anew`: also where it cannot be made as it was. Rejects with a sentence where it cannot be done. */
	async restore(plan: PlanId, task: string, { anew }: { readonly anew: boolean }): Promise<EvidenceReport> {
		const root = vscode.Uri.parse(plan.rootUri, true).fsPath;
		const how = ['--write', ...(anew ? ['--anew'] : []), '--json'];
		const args = ['evidence', ...how, '--path', root, '--plan', plan.key, '--', task];
		// 1: something could not be made as it was, which the report says.
		const text = await askCli({ cliPath: this.#cliPath, args, answers: [0, 1], logger: this.#logger });
		return evidenceReportSchema.parse(JSON.parse(text));
	}
}
