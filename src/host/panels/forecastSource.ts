import * as vscode from 'vscode';
import type { PlanId } from '../../core/plan/plan.ts';
import type { ConfiguredAgent } from '../../core/run/agentTable.ts';
import type { RunChoice } from '../../core/run/runPlan.ts';
import type { ForecastPlan } from '../../protocol/lsp.ts';
import type { Settings } from '../config/settings.ts';
import type { PlanParts } from './planFeed.ts';

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

	/** The plan as it is in the editor, as a page shows it; null when there is none. Rejects where the server is gone. */
	async shown(id: PlanId, choice: RunChoice = {}): Promise<PlanParts | null> {
		const root = vscode.Uri.parse(id.rootUri, true);
		const agents = agentsOf(this.#settings.agents(root));
		const forecast = await this.#request(id, { agents, choice });
		if (forecast === null) {
			return null;
		}
		const { runPlan, faults, warnings, errors, ownStrategy } = forecast;
		return {
			...{ errors, ownStrategy, faults: [...faults], warnings: [...warnings] },
			...{ plan: runPlan, limit: this.#settings.jobs(root) },
		};
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
