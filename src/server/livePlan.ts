import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { Task } from '../core/plan/plan.ts';
import type { NextReading } from '../core/plan/planChecker.ts';
import { PlanChecker } from '../core/plan/planChecker.ts';
import type { PlanGroup } from '../core/plan/planFiles.ts';
import type { Problem } from '../core/plan/problem.ts';
import type { PlanPart } from '../core/plan/readPart.ts';
import type { FileMove, PlanUpdate } from '../protocol/lsp.ts';
import { PlanLookup } from './features/planLookup.ts';
import { planDelta, planRemoval, planStep } from './planDelta.ts';
import type { PlanViews } from './planViews.ts';
import { nextPlanViews, TaskViews, toPlanViews } from './planViews.ts';
import { problemsByFile } from './problemsByFile.ts';
import { TaskPlaces } from './taskPlaces.ts';
import { toDiagnostic } from './toDiagnostic.ts';

/** Where what is found out about plans goes. */
export interface PlanOutput {
	publish(diagnostics: PublishDiagnosticsParams): void;
	sendUpdate(update: PlanUpdate): void;
}

/** How places in open files moved; null when that is not known. */
type Moves = readonly FileMove[] | null;

export interface UpdateOptions {
	/** Those of the settings. */
	readonly agents: readonly string[];
	/** Checks also what did not change. */
	readonly force: boolean;
	/** Whether there is a file, by its path below the root; without it nobody looks. Other answers ask for `force`. */
	readonly hasFile?: (path: string) => boolean;
	/** How places of what was read before moved in their files. */
	readonly moved?: Moves;
}

/** One plan of a workspace: checks it when a part of it changed, and tells the editor what is different. */
export class LivePlan {
	group: PlanGroup;
	readonly #output: PlanOutput;
	readonly #checker: PlanChecker;
	#parts: readonly PlanPart[] | null = null;
	#places: TaskPlaces | null = null;
	#views: PlanViews | null = null;
	readonly #taskViews = new TaskViews();
	#lookup: PlanLookup | null = null;
	#version = 0;
	/** Tasks that were read anew and that nobody took yet. */
	#fresh: readonly Task[] = [];
	/** What was last published for each file, as text; files without problems are not in it. */
	readonly #published = new Map<string, string>();

	constructor(group: PlanGroup, output: PlanOutput) {
		this.group = group;
		this.#output = output;
		this.#checker = new PlanChecker(group.id);
	}

	/** What is asked of the plan as it was checked last; null before that. */
	get lookup(): PlanLookup | null {
		return this.#lookup;
	}

	/** The tasks that were read anew since the last call: all of them where everything was. */
	takeFresh(): readonly Task[] {
		const fresh = this.#fresh;
		this.#fresh = [];
		return fresh;
	}

	/** Checks again unless nothing changed. */
	update(parts: readonly PlanPart[], { agents, force, hasFile, moved = [] }: UpdateOptions): void {
		const isSame =
			parts.length === this.#parts?.length && parts.every((part, i) => part === this.#parts?.[i]);
		if (isSame && !force) {
			return;
		}
		this.#parts = parts;
		const options = { agents, ...(hasFile && { hasFile }) };
		const reading = this.#checker.check(parts, options, { isAnew: force });
		const { plan, problems, changes } = reading;
		this.#fresh = changes === null ? plan.tasks : [...this.#fresh, ...changes.tasks.map(({ now }) => now)];
		const before = this.#lookup !== null && changes !== null ? { lookup: this.#lookup, changes } : null;
		this.#lookup = new PlanLookup({ plan, parts, problems, agents, before });
		this.#publish(problems);
		const version = this.#version + 1;
		const delta = this.#step(reading, moved, version);
		if (delta !== null) {
			this.#version = version;
			this.#output.sendUpdate(delta);
		}
	}

	/** Brings the views up to date; gives the message that says so. */
	#step({ plan, problems, changes }: NextReading, moved: Moves, version: number): PlanUpdate | null {
		const { group } = this;
		const before = this.#views;
		const parts = this.#parts ?? [];
		const facts = changes?.facts;
		// A sprint that says something else may have another id.
		const isSmall = changes !== null && !facts?.has('id') && !facts?.has('sprints') && moved !== null;
		if (before !== null && isSmall && this.#places?.take(parts, changes) === true) {
			const next = nextPlanViews(before, plan, {
				...{ parts, problems, places: this.#places, changes, known: this.#taskViews },
				isMoved: moved.length > 0,
			});
			this.#views = next.views;
			return planStep(group, { before, next, version, moved });
		}
		this.#places = new TaskPlaces(parts);
		const after = toPlanViews(plan, problems, { places: this.#places, views: this.#taskViews });
		this.#views = after;
		return planDelta(group, { before, after, version, moved });
	}

	/** Sends everything, for a receiver that has nothing or missed something. */
	sendAll(): void {
		if (this.#views === null) {
			return;
		}
		this.#version++;
		const all = planDelta(this.group, { before: null, after: this.#views, version: this.#version });
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
