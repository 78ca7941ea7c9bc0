import { alteredText } from '../../core/evidence/alteredText.ts';
import type { StaleEvidence } from '../../core/evidence/staleness.ts';
import type { AlteredFile } from '../../core/evidence/writtenRecords.ts';
import type { OpenNeed } from '../../core/run/needs.ts';
import { openNeeds } from '../../core/run/needs.ts';
import type { PlanQuestion } from '../../core/run/planQuestions.ts';
import { planQuestions } from '../../core/run/planQuestions.ts';
import type { RunPlan } from '../../core/run/runPlan.ts';
import type {
	AttemptState,
	EngineEntry,
	EngineState,
	TaskState,
	TaskSummary,
} from '../../core/run/runState.ts';
import { isActive, isSatisfied } from '../../core/run/runState.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import type { RunCosts } from '../../core/run/spending.ts';
import { costsOf, heldByBudget, waitsForBudget } from '../../core/run/spending.ts';
import type { RunTotals } from '../../core/run/summarise.ts';
import { enumerate, isUnverified, summariseTask, totalsOf } from '../../core/run/summarise.ts';
import type { GateSummary } from '../../core/run/summariseGate.ts';
import { summariseGates } from '../../core/run/summariseGate.ts';
import { livenessOf } from '../processes/processIdentity.ts';
import type { RunLog } from './runLog.ts';

/**
 * `running`: a live engine works or waits. `stopping`: it only ends what runs. `interrupted`: tasks run or were asked
 * for, and no engine lives: resuming is offered. `idle`: nothing that was asked for is left. `completed`: all tasks.
 */
export type RunCondition = 'running' | 'stopping' | 'interrupted' | 'idle' | 'completed';

/** One run as views see it: a projection of its fold, plus which of its engines live. */
export interface RunView {
	readonly run: string;
	readonly folder: string;
	readonly createdAt: number;
	readonly plan: RunPlan;
	readonly state: RunCondition;
	/** The live ones. */
	readonly engines: readonly EngineState[];
	task(id: string): TaskSummary | undefined;
	/** Of the tasks of the plan. */
	readonly summaries: Iterable<TaskSummary>;
	readonly gates: readonly GateSummary[];
	attempts(id: string): readonly AttemptState[];
	readonly totals: RunTotals;
	/** Everything that waits for a person, the oldest first. */
	readonly needs: readonly OpenNeed[];
	/** What the run asks about itself, the oldest first. */
	readonly questions: readonly PlanQuestion[];
	/** Evidence that is not as it was written, for who has looked; of tasks, gates and their units. */
	readonly altered: readonly AlteredFile[];
	/** What its agents cost. */
	readonly costs: RunCosts;
	/** What is wrong with the journal, in sentences. */
	readonly problems: readonly string[];
}

/** What was found out about the evidence of a run. */
export interface EvidenceFindings {
	/** Tasks whose evidence no longer holds. */
	readonly stale: StaleEvidence;
	readonly altered: readonly AlteredFile[];
}

/**
 * The view of a log as it stands now; null until the run's first line was read. Stays true until the next refresh.
 * `evidence` is for who has looked at it.
 */
export function viewOf(
	log: Pick<RunLog, 'fold' | 'folder' | 'problems'>,
	{ stale, altered }: EvidenceFindings = { stale: new Map(), altered: [] },
): RunView | null {
	const { table, created } = log.fold;
	if (table === null || created === null) {
		return null;
	}
	const engines = liveEngines(table);
	const doubts = doubtsOf(stale, altered);
	let gates: readonly GateSummary[] | null = null;
	return {
		run: created.run,
		folder: log.folder,
		createdAt: created.at,
		plan: table.plan,
		state: conditionOf(table, engines),
		engines,
		task: (id) => {
			const state = table.tasks.get(id);
			return state === undefined ? undefined : withDoubt(summariseTask(table, state), doubts);
		},
		get summaries() {
			return summariesOf(table, doubts);
		},
		get gates() {
			gates ??= table.gates.size === 0 ? [] : summariseGates(table);
			return gates;
		},
		attempts: (id) => table.tasks.get(id)?.attempts ?? [],
		totals: withDoubtfulTotals(totalsOf(table), table, doubts),
		get needs() {
			return openNeeds(table);
		},
		questions: planQuestions(log.fold, { isEngineAlive: engines.length > 0, now: Date.now() }),
		altered,
		costs: costsOf(table),
		problems: log.problems(),
	};
}

/** Why the evidence of a row proves nothing any more, in sentences. */
type Doubts = ReadonlyMap<string, readonly string[]>;

/**
 * Evidence is a claim about files: where they are not what they were, nothing is proved any more (FORMATS 2.3), and as
 * little where it is not itself what was written.
 */
function doubtsOf(stale: StaleEvidence, altered: readonly AlteredFile[]): Doubts {
	const doubts = new Map<string, string[]>();
	for (const [task, paths] of stale) {
		doubts.set(task, [`Its evidence is stale: ${enumerate(paths)} changed since.`]);
	}
	for (const task of new Set(altered.map((file) => file.task))) {
		const files = altered.filter((file) => file.task === task);
		doubts.set(task, [...(doubts.get(task) ?? []), alteredText(files)]);
	}
	return doubts;
}

function* summariesOf(table: RunTable, doubts: Doubts): Iterable<TaskSummary> {
	for (const state of table.planTasks()) {
		yield withDoubt(summariseTask(table, state), doubts);
	}
}

function withDoubt(summary: TaskSummary, doubts: Doubts): TaskSummary {
	const sentences = doubts.get(summary.id);
	if (sentences === undefined || summary.status !== 'completed') {
		return summary;
	}
	return { ...summary, validation: 'stale', reason: sentences.join(' ') };
}

function withDoubtfulTotals(totals: RunTotals, table: RunTable, doubts: Doubts): RunTotals {
	const verified = [...doubts.keys()].flatMap((id) => table.tasks.get(id) ?? []).filter(isVerified);
	return { ...totals, unverified: totals.unverified + verified.length };
}

function isVerified(state: TaskState): boolean {
	return state.task.unit === undefined && state.status === 'completed' && !isUnverified(state);
}

/** Engines that did not say goodbye, whose process is there and not frozen; one of another host counts as alive (D3). */
export function liveEngines(table: RunTable): EngineEntry[] {
	return [...table.engines.values()].filter(
		(engine) => !engine.stopped && !engine.away && livenessOf(engine.process) !== 'dead',
	);
}

function conditionOf(table: RunTable, engines: readonly EngineEntry[]): RunCondition {
	if (table.completedCount === table.goalCount) {
		return 'completed';
	}
	const states = [...table.tasks.values()];
	if (engines.length > 0) {
		const working =
			states.some((state) => isActive(state) && !state.stopping) ||
			engines.some(({ scope }) => scope.size > 0);
		return working && !engines.every(({ draining }) => draining) ? 'running' : 'stopping';
	}
	// What waits for the budget cannot be resumed before a person has decided, nor can what comes after it.
	const isHeld = heldByBudget(table).length > 0;
	const isOpen = ({ status, task }: TaskState) =>
		(status === 'pending' && !isHeld) || (status === 'ready' && !waitsForBudget(table, task.id));
	const open = states.some(
		(state) => isActive(state) || (state.inScope && !isSatisfied(state) && isOpen(state)),
	);
	return open ? 'interrupted' : 'idle';
}
