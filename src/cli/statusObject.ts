import type { AlteredFile } from '../core/evidence/writtenRecords.ts';
import type { OpenNeed } from '../core/run/needs.ts';
import type { PlanQuestion } from '../core/run/planQuestions.ts';
import { hasCosts } from '../core/run/spending.ts';
import type { GateSummary } from '../core/run/summariseGate.ts';
import type { RunView } from '../engine/journal/runView.ts';

/** `status --json`, also the last output of `run --json`. Times in milliseconds since the epoch are not part of it. */
export interface StatusObject {
	readonly run: string | null;
	readonly state: string;
	readonly tasks: Readonly<
		Record<
			string,
			{
				readonly status: string;
				readonly iteration: number;
				readonly tier: string | null;
				readonly validation: string | null;
				readonly reason: string;
			}
		>
	>;
	/** Left out where the plan declares no gate. */
	readonly gates?: Readonly<Record<string, GateObject>>;
	/** What waits for a person; left out where nothing does. `since` is ISO 8601 in UTC. */
	readonly needs?: readonly {
		readonly task: string;
		readonly kind: string;
		readonly sentence: string;
		readonly answers: readonly string[];
		readonly since: string;
		readonly evidence: string | null;
	}[];
	/** What the run asks about itself, `kind` telling what else is there; left out where it asks nothing. */
	readonly questions?: readonly object[];
	/** Evidence that is not as it was written; left out where all of it is. */
	readonly altered?: readonly AlteredFile[];
	/** What agents cost in US dollars as far as they said so; left out where none worked and nothing limits it. */
	readonly cost?: {
		readonly knownUsd: number;
		/** Jobs of agents that did not say what they cost. */
		readonly unknown: number;
		readonly limitUsd: number | null;
	};
	readonly totals: Readonly<Record<string, number>>;
	readonly problems: readonly string[];
}

/** How a gate stands, with the units of its last cycle. */
export interface GateObject {
	readonly name: string;
	readonly level: string;
	readonly sprint: string | null;
	readonly track: number | null;
	readonly status: string;
	readonly cycle: number;
	readonly reason: string;
	readonly unconfigured: readonly string[];
	readonly units: Readonly<
		Record<string, { readonly role: string; readonly status: string; readonly reason: string }>
	>;
}

/** The status of a run, or of a plan that was never run: `run: null`, everything pending. */
export function statusObject(view: RunView | null, taskIds: readonly string[]): StatusObject {
	if (view === null) {
		const pending = { status: 'pending', iteration: 0, tier: null, validation: null, reason: '' };
		return {
			run: null,
			state: 'idle',
			tasks: Object.fromEntries(taskIds.map((id) => [id, pending])),
			totals: {
				total: taskIds.length,
				completed: 0,
				failed: 0,
				running: 0,
				blocked: 0,
				waiting: taskIds.length,
			},
			problems: [],
		};
	}
	const tasks = [...view.summaries].map((task) => {
		const { status, iteration, tier, validation, reason } = task;
		return [task.id, { status, iteration, tier, validation, reason }] as const;
	});
	return {
		run: view.run,
		state: view.state,
		tasks: Object.fromEntries(tasks),
		...(view.gates.length === 0 ? {} : { gates: gateObjects(view.gates) }),
		...(view.needs.length === 0 ? {} : { needs: view.needs.map(needObject) }),
		...(view.questions.length === 0 ? {} : { questions: view.questions.map(questionObject) }),
		...(view.altered.length === 0 ? {} : { altered: view.altered }),
		...(hasCosts(view.costs) ? { cost: view.costs } : {}),
		totals: { ...view.totals },
		problems: view.problems,
	};
}

function needObject({ task, need, sentence, answers, since, evidence }: OpenNeed) {
	return { task, kind: need.kind, sentence, answers, since: new Date(since).toISOString(), evidence };
}

function questionObject({ since, ...question }: PlanQuestion): object {
	const until = question.kind === 'usage-limit' ? { until: new Date(question.until).toISOString() } : {};
	return { ...question, ...until, since: new Date(since).toISOString() };
}

function gateObjects(gates: readonly GateSummary[]): Record<string, GateObject> {
	return Object.fromEntries(
		gates.map(({ id, name, level, sprint, track, status, cycle, reason, unconfigured, units }) => {
			const current = units.filter((unit) => unit.cycle === cycle || unit.role === 'after');
			const rows = current.map((unit) => [
				unit.id,
				{ role: unit.role, status: unit.status, reason: unit.reason },
			]);
			const facts = { name, level, sprint, track, status, cycle, reason, unconfigured };
			return [id, { ...facts, units: Object.fromEntries(rows) }];
		}),
	);
}
