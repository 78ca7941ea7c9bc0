import { askBeforeWork } from './approvals.ts';
import { recomputeBlocked } from './blocking.ts';
import type {
	CycleOpened,
	LanguagesFound,
	PlanHeld,
	RunCreated,
	ScopeAdded,
	StampedEvent,
	TaskRenamed,
} from './events.ts';
import { closeCycle, refuseCycle, widenScopes } from './gateEvents.ts';
import { rowsOf } from './gateUnits.ts';
import { passOn } from './passOn.ts';
import { reopen } from './reopening.ts';
import { isPartOfRun, scopeAdded } from './requestEvents.ts';
import type { RunPlan } from './runPlan.ts';
import type { TaskState } from './runState.ts';
import { isSatisfied } from './runState.ts';
import { RunTable } from './runTable.ts';
import { tableEvent } from './tableEvent.ts';

/** All that a fold has of the lines before. */
export interface FoldFacts {
	readonly table: RunTable;
	readonly created: RunCreated & { readonly at: number };
	readonly renames: ReadonlyMap<string, string>;
	readonly different: ReadonlySet<string>;
	readonly held: (PlanHeld & { readonly at: number }) | null;
	readonly updatedAt: number;
	readonly revision: number;
}

/**
 * The state of a run: the fold of its journal, and the only one. Every process that looks at a run (engines, windows,
 * terminals) folds the same lines and gets the same tables; a line that was not allowed at its place is void for all
 * of them (D3). What is to be done next is not stored: `nextStep` derives it from the state, so that a crash leaves
 * nothing half remembered.
 */
export class RunFold {
	#table: RunTable | null = null;
	#created: (RunCreated & { readonly at: number }) | null = null;
	/** New ids by the old ones, of renames that the plan in force does not have yet. */
	#renames = new Map<string, string>();
	/** Pairs of ids that a person said are different tasks. */
	#different = new Set<string>();
	#held: (PlanHeld & { readonly at: number }) | null = null;
	#updatedAt = 0;
	#revision = 0;

	/** The tables; null until the run's first line was folded. */
	get table(): RunTable | null {
		return this.#table;
	}

	get created(): (RunCreated & { readonly at: number }) | null {
		return this.#created;
	}

	/** What keeps a saved version of the plan waiting, and since when; null where nothing does (D6). */
	get held(): (PlanHeld & { readonly at: number }) | null {
		return this.#held;
	}

	/** How many lines were taken: equal for equal tables of one run. */
	get revision(): number {
		return this.#revision;
	}

	/** Time of the last line that was taken, in milliseconds since the epoch. */
	get updatedAt(): number {
		return this.#updatedAt;
	}

	/**
	 * Takes one line. `snapshot` is the plan that a `run-created` or `plan-changed` event names, null if it cannot be
	 * read. Returns null, or why the line is void. Never throws for anything a journal can hold.
	 */
	apply(event: StampedEvent, snapshot: RunPlan | null = null): string | null {
		const verdict = this.#apply(event, snapshot);
		if (verdict === null) {
			if (this.#table !== null && this.#table.asking.size > 0) {
				askBeforeWork(this.#table, event.stamp.at);
			}
			this.#updatedAt = event.stamp.at;
			this.#revision++;
		}
		return verdict;
	}

	/** Everything that it knows, as it is: to be written down at once, before the next line. Null before the first. */
	putAside(): FoldFacts | null {
		const [table, created] = [this.#table, this.#created];
		if (table === null || created === null) {
			return null;
		}
		const [renames, different, held] = [this.#renames, this.#different, this.#held];
		return { table, created, renames, different, held, updatedAt: this.#updatedAt, revision: this.#revision };
	}

	/** Goes on where another one was put aside. Only for one that has read nothing yet. */
	takeUp({ table, created, renames, different, held, updatedAt, revision }: FoldFacts): void {
		this.#table = table;
		this.#created = created;
		this.#renames = new Map(renames);
		this.#different = new Set(different);
		this.#held = held;
		this.#updatedAt = updatedAt;
		this.#revision = revision;
	}

	/** Whether a person has said what became of a task that is gone: it is the other one now, or it is not (D6). */
	isRenameDecided(from: string, to: string): boolean {
		return this.#renames.get(from) === to || this.#different.has(`${from}\n${to}`);
	}

	/** Ids of tasks whose state changed since the last call. */
	takeChanged(): ReadonlySet<string> {
		const changed = new Set(this.#table?.changed);
		this.#table?.changed.clear();
		return changed;
	}

	#apply(event: StampedEvent, snapshot: RunPlan | null): string | null {
		if (event.kind === 'run-created') {
			return this.#create(event, snapshot);
		}
		const table = this.#table;
		if (table === null) {
			return 'the run was not created yet';
		}
		switch (event.kind) {
			case 'plan-changed':
				return this.#replacePlan(table, snapshot);
			case 'plan-held':
				return this.#hold(event);
			case 'scope-added':
				return this.#addScope(table, event);
			case 'task-renamed':
				return this.#rename(table, event);
			case 'rename-refused':
				this.#different.add(`${event.from}\n${event.to}`);
				return null;
			case 'cycle-opened':
				return this.#openCycle(table, event);
			case 'languages-found':
				return this.#addReviews(table, event);
			default:
				return tableEvent(table, event);
		}
	}

	/** S5: what a person wants again is no longer finished, and everything that counts finished tasks is counted anew. */
	#addScope(table: RunTable, event: StampedEvent & ScopeAdded): string | null {
		if (event.reopens === undefined || !isPartOfRun(table, event.engine) || !reopen(table, event)) {
			return scopeAdded(table, event);
		}
		const renewed = new RunTable(table.plan, table);
		this.#replaceTable(renewed, table);
		return scopeAdded(renewed, event);
	}

	#create(event: StampedEvent & RunCreated, snapshot: RunPlan | null): string | null {
		if (this.#table !== null) {
			return 'the run exists already';
		}
		if (snapshot === null) {
			return `the plan snapshot ${event.snapshot} cannot be read`;
		}
		this.#created = { ...event, at: event.stamp.at };
		this.#table = new RunTable(snapshot);
		return null;
	}

	/** D6: the new id may come before the version of the plan that has it, or after. */
	#rename(table: RunTable, { from, to }: TaskRenamed): string | null {
		if (table.knownState(from) === undefined) {
			return `there is no task ${from}`;
		}
		if (hasHistory(table.knownState(to))) {
			return `${to} was begun under this id`;
		}
		this.#renames.set(from, to);
		if (passOn(table, this.#renames, table.plan)) {
			this.#replaceTable(new RunTable(table.plan, table), table);
		}
		return null;
	}

	/** Several engines see the same save: one line says so for all of them. */
	#hold(event: StampedEvent & PlanHeld): string | null {
		const { running, renamed } = event;
		const said = JSON.stringify([running, renamed]);
		const before = this.#held === null ? [[], []] : [this.#held.running, this.#held.renamed];
		if (said === JSON.stringify(before)) {
			return 'that is known';
		}
		const isFree = running.length + renamed.length === 0;
		this.#held = isFree ? null : { kind: 'plan-held', running, renamed, at: event.stamp.at };
		return null;
	}

	/** D6: finished and running work stays as it is; what is new joins, what is gone leaves. */
	#replacePlan(table: RunTable, snapshot: RunPlan | null): string | null {
		if (snapshot === null) {
			return 'the new plan snapshot cannot be read';
		}
		const names = new Set(rowsOf(snapshot, table.cycles, table.languages).map(({ id }) => id));
		const running = [...table.active].find((id) => !names.has(id));
		if (running !== undefined) {
			return `${running} is running and is not in the new plan`;
		}
		passOn(table, this.#renames, snapshot);
		this.#held = null;
		// What was said last holds: another budget in the plan takes the place of what a person said for this run.
		if (snapshot.budgetUsd !== table.plan.budgetUsd) {
			table.spending.saidUsd = null;
		}
		this.#replaceTable(new RunTable(snapshot, table), table);
		return null;
	}

	#replaceTable(table: RunTable, before: RunTable): void {
		this.#table = table;
		recomputeBlocked(table);
		for (const { gate } of table.gates.values()) {
			widenScopes(table, gate.id, before);
		}
	}

	/** A cycle adds rows, which happens so seldom that the whole table may be made anew. */
	#openCycle(table: RunTable, event: CycleOpened): string | null {
		const refusal = refuseCycle(table, event);
		if (refusal !== null) {
			return refusal;
		}
		closeCycle(table, event);
		this.#addRows(table, event);
		return null;
	}

	#addReviews(table: RunTable, event: LanguagesFound): string | null {
		const isAwaited = [...table.gates.waitingForLanguages(table)].some(({ id }) => id === event.gate);
		if (!isAwaited) {
			return 'no review of the gate waits for its languages';
		}
		this.#addRows(table, event);
		return null;
	}

	#addRows(table: RunTable, event: CycleOpened | LanguagesFound): void {
		this.#table = new RunTable(table.plan, table, event);
		recomputeBlocked(this.#table);
		widenScopes(this.#table, event.gate, table);
	}
}

/** Something happened to it that must not be lost. */
function hasHistory(state: TaskState | undefined): boolean {
	return state !== undefined && (state.attempts.length > 0 || isSatisfied(state));
}
