import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { PlanGroup } from '../core/plan/planFiles.ts';
import type { Problem } from '../core/plan/problem.ts';
import type { PlanPart } from '../core/plan/readPart.ts';
import { checkParts } from '../core/plan/readPlan.ts';
import type { PlanUpdate } from '../protocol/lsp.ts';
import { PlanLookup } from './features/planLookup.ts';
import { planDelta, planRemoval } from './planDelta.ts';
import type { PlanViews } from './planViews.ts';
import { toPlanViews } from './planViews.ts';
import { problemsByFile } from './problemsByFile.ts';
import { toDiagnostic } from './toDiagnostic.ts';

/** Where what is found out about plans goes. */
export interface PlanOutput {
	publish(diagnostics: PublishDiagnosticsParams): void;
	sendUpdate(update: PlanUpdate): void;
}

export interface UpdateOptions {
	/** Those of the settings. */
	readonly agents: readonly string[];
	/** Checks also what did not change. */
	readonly force: boolean;
	/** Whether there is a file, by its path below the root; without it nobody looks. */
	readonly hasFile?: (path: string) => boolean;
}

/** One plan of a workspace: checks it when a part of it changed, and tells the editor what is different. */
export class LivePlan {
	group: PlanGroup;
	readonly #output: PlanOutput;
	#parts: readonly PlanPart[] | null = null;
	#views: PlanViews | null = null;
	#lookup: PlanLookup | null = null;
	#version = 0;
	/** What was last published for each file, as text; files without problems are not in it. */
	readonly #published = new Map<string, string>();

	constructor(group: PlanGroup, output: PlanOutput) {
		this.group = group;
		this.#output = output;
	}

	/** What is asked of the plan as it was checked last; null before that. */
	get lookup(): PlanLookup | null {
		return this.#lookup;
	}

	/** Checks again unless nothing changed. */
	update(parts: readonly PlanPart[], { agents, force, hasFile }: UpdateOptions): void {
		const isSame =
			parts.length === this.#parts?.length && parts.every((part, i) => part === this.#parts?.[i]);
		if (isSame && !force) {
			return;
		}
		this.#parts = parts;
		const { plan, problems } = checkParts(this.group.id, parts, { agents, ...(hasFile && { hasFile }) });
		this.#lookup = new PlanLookup({ plan, parts, problems, agents });
		this.#publish(problems);
		const after = toPlanViews(plan, problems);
		const version = this.#version + 1;
		const delta = planDelta(this.group.id, this.group.form, { before: this.#views, after, version });
		this.#views = after;
		if (delta !== null) {
			this.#version = version;
			this.#output.sendUpdate(delta);
		}
	}

	/** Sends everything, for a receiver that has nothing or missed something. */
	sendAll(): void {
		if (this.#views === null) {
			return;
		}
		this.#version++;
		const { id, form } = this.group;
		const all = planDelta(id, form, { before: null, after: this.#views, version: this.#version });
		if (all !== null) {
			this.#output.sendUpdate(all);
		}
	}

	/** Takes back everything that was said: the last file of the plan is gone. */
	remove(): void {
		this.#publish([]);
		const { id, form } = this.group;
		const name = this.#views?.name ?? id.key;
		this.#output.sendUpdate(planRemoval(id, form, { name, version: this.#version + 1 }));
	}

	#publish(problems: readonly Problem[]): void {
		const byFile = problemsByFile(problems);
		for (const uri of [...this.#published.keys()]) {
			if (!byFile.has(uri)) {
				this.#published.delete(uri);
				this.#output.publish({ uri, diagnostics: [] });
			}
		}
		for (const [uri, list] of byFile) {
			const diagnostics = list.map(toDiagnostic);
			const text = JSON.stringify(diagnostics);
			if (this.#published.get(uri) !== text) {
				this.#published.set(uri, text);
				this.#output.publish({ uri, diagnostics });
			}
		}
	}
}
