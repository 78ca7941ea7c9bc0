import * as vscode from 'vscode';
import type { PlanId } from '../../core/plan/plan.ts';
import type { ConfiguredAgent } from '../../core/run/agentTable.ts';
import type { RunChoice } from '../../core/run/runPlan.ts';
import type { ForecastPlan } from '../../protocol/lsp.ts';
import type { Settings } from '../config/settings.ts';

/** Asks the language server for a plan as a run would take it; null when it knows no such plan. */
export type RequestForecast = (
	plan: PlanId,
	how: { readonly agents: readonly ConfiguredAgent[]; readonly choice: RunChoice },
) => Promise<ForecastPlan | null>;

/** What panels ask for forecasts: the server's plan with the agents of the user's settings. */
export class ForecastSource {
	readonly #request: RequestForecast;
	readonly #settings: Settings;

	constructor({ request, settings }: { readonly request: RequestForecast; readonly settings: Settings }) {
		this.#request = request;
		this.#settings = settings;
	}

	/** Tasks at once that the settings allow an engine of this window; null for as many as plan and strategy say. */
	limit(id: PlanId): number | null {
		return this.#settings.jobs(vscode.Uri.parse(id.rootUri, true));
	}

	/** Rejects where the server is gone. */
	plan(id: PlanId, choice: RunChoice = {}): Promise<ForecastPlan | null> {
		const agents = agentsOf(this.#settings.agents(vscode.Uri.parse(id.rootUri, true)));
		return this.#request(id, { agents, choice });
	}
}

/** Agents that are declared as they should be; the engine's loader reports the others when something is run. */
export function agentsOf(declared: Readonly<Record<string, unknown>>): ConfiguredAgent[] {
	return Object.entries(declared).flatMap(([name, value]) => {
		const run = typeof value === 'object' && value !== null && 'run' in value ? value.run : null;
		return Array.isArray(run) && run.every((part) => typeof part === 'string')
			? [{ name, argv: run, env: {} }]
			: [];
	});
}
