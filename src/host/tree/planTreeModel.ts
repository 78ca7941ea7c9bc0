import type { PlanId } from '../../core/plan/plan.ts';
import type { TaskSummary } from '../../core/run/runState.ts';
import type { GateSummary } from '../../core/run/summariseGate.ts';
import type { CommandTarget } from '../commands/commandTarget.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';
import type { PlanIndex } from './planIndex.ts';
import { indexPlan } from './planIndex.ts';

/**
 * One row of the tree. `id` is stable over every change of the plan, so that expansion and selection survive; rows are
 * objects that are handed out once for each id, because the editor finds a row to refresh by identity.
 */
export interface PlanTreeElement {
	readonly kind: 'plan' | 'track' | 'sprint' | 'unscheduled' | 'task';
	readonly id: string;
	readonly planId: PlanId;
	readonly target: CommandTarget;
}

/** What the tree needs to know of a plan's run. */
export interface RunFacts {
	task(id: string): TaskSummary | undefined;
	/** Of the run on disk; left out by who has none. */
	readonly folder?: string;
	/** Left out by who knows of none. */
	readonly gates?: readonly GateSummary[];
}

export interface PlanTreeSource {
	readonly plans: readonly PlanModel[];
	plan(id: PlanId): PlanModel | undefined;
	run(id: PlanId): RunFacts | null;
}

/** The rows of the tree and how they hang together. Knows no editor; says nothing of how a row looks. */
export class PlanTreeModel {
	readonly #source: PlanTreeSource;
	readonly #elements = new Map<string, PlanTreeElement>();
	readonly #indexes = new WeakMap<PlanModel, PlanIndex>();

	constructor(source: PlanTreeSource) {
		this.#source = source;
	}

	/** One plan shows its content at once; several get a row each, and one of another tool a row that says so. */
	roots(): readonly PlanTreeElement[] {
		const plans = this.#source.plans;
		const [only] = plans;
		if (only !== undefined && !this.#hasRow(only)) {
			return this.#ofPlan(only);
		}
		return plans.map((plan) => this.#element('plan', plan.id, {}));
	}

	children(element: PlanTreeElement): readonly PlanTreeElement[] {
		const plan = this.#source.plan(element.planId);
		if (plan === undefined) {
			return [];
		}
		const index = this.index(plan);
		switch (element.kind) {
			case 'plan':
				return this.#ofPlan(plan);
			case 'track':
				return this.#sprints(plan, index.sprintsOfTrack.get(element.target.track ?? Number.NaN) ?? []);
			case 'sprint':
			case 'unscheduled':
				return this.taskIds(element).map((task) => this.#task(plan, task, element.target.sprint));
			case 'task':
				return [];
		}
	}

	parent(element: PlanTreeElement): PlanTreeElement | undefined {
		const plan = this.#source.plan(element.planId);
		if (plan === undefined) {
			return undefined;
		}
		const root =
			this.#hasRow(plan) && element.kind !== 'plan' ? this.#element('plan', plan.id, {}) : undefined;
		const { sprint } = element.target;
		if (element.kind === 'task') {
			if (sprint !== undefined) {
				return this.#element('sprint', plan.id, { sprint });
			}
			return plan.sprints.size > 0 ? this.#element('unscheduled', plan.id, {}) : root;
		}
		const track = element.kind === 'sprint' ? plan.sprints.get(sprint ?? '')?.track : undefined;
		return typeof track === 'number' ? this.#element('track', plan.id, { track }) : root;
	}

	/** Every row that shows this task; one, unless it stands in two sprints. Empty where the plan has no such task. */
	rowsOfTask(id: PlanId, task: string): readonly PlanTreeElement[] {
		const plan = this.#source.plan(id);
		if (plan === undefined || !plan.tasks.has(task)) {
			return [];
		}
		const sprints = this.index(plan).sprintsOfTask.get(task);
		return sprints === undefined
			? [this.#task(plan, task, undefined)]
			: sprints.map((sprint) => this.#task(plan, task, sprint));
	}

	/** The row a target means, for "show in tree". */
	rowOf(target: CommandTarget): PlanTreeElement | undefined {
		const plan = this.#source.plans.find((candidate) => planKey(candidate.id) === target.plan);
		if (plan === undefined) {
			return undefined;
		}
		if (target.task !== undefined) {
			const rows = this.rowsOfTask(plan.id, target.task);
			return rows.find((row) => row.target.sprint === target.sprint) ?? rows[0];
		}
		if (target.sprint !== undefined) {
			return plan.sprints.has(target.sprint)
				? this.#element('sprint', plan.id, { sprint: target.sprint })
				: undefined;
		}
		if (target.track !== undefined) {
			return this.#element('track', plan.id, { track: target.track });
		}
		return this.#hasRow(plan) ? this.#element('plan', plan.id, {}) : this.roots()[0];
	}

	/** Ids of the tasks below a row, in the row's order. */
	taskIds(element: PlanTreeElement): readonly string[] {
		const plan = this.#source.plan(element.planId);
		if (plan === undefined) {
			return [];
		}
		const index = this.index(plan);
		switch (element.kind) {
			case 'plan':
				return [...plan.tasks.keys()];
			case 'track':
				return (index.sprintsOfTrack.get(element.target.track ?? Number.NaN) ?? []).flatMap(
					(sprint) => index.tasksOfSprint.get(sprint) ?? [],
				);
			case 'sprint':
				return index.tasksOfSprint.get(element.target.sprint ?? '') ?? [];
			case 'unscheduled':
				return index.unscheduled;
			case 'task':
				return element.target.task === undefined ? [] : [element.target.task];
		}
	}

	index(plan: PlanModel): PlanIndex {
		const known = this.#indexes.get(plan);
		if (known !== undefined) {
			return known;
		}
		const index = indexPlan(plan);
		this.#indexes.set(plan, index);
		return index;
	}

	/** Forgets the rows of a plan that is gone. */
	forget(id: PlanId): void {
		const prefix = `${planKey(id)}/`;
		for (const key of this.#elements.keys()) {
			if (key.startsWith(prefix)) {
				this.#elements.delete(key);
			}
		}
	}

	#hasRow(plan: PlanModel): boolean {
		return this.#source.plans.length > 1 || plan.foreign !== undefined;
	}

	#ofPlan(plan: PlanModel): readonly PlanTreeElement[] {
		const index = this.index(plan);
		if (plan.sprints.size === 0) {
			return [...plan.tasks.keys()].map((task) => this.#task(plan, task, undefined));
		}
		const tracks = [...index.tracks.keys()]
			.sort((a, b) => a - b)
			.filter((track) => index.sprintsOfTrack.has(track))
			.map((track) => this.#element('track', plan.id, { track }));
		const loose = this.#sprints(plan, index.looseSprints);
		const rest = index.unscheduled.length > 0 ? [this.#element('unscheduled', plan.id, {})] : [];
		return [...tracks, ...loose, ...rest];
	}

	#sprints(plan: PlanModel, ids: readonly string[]): readonly PlanTreeElement[] {
		return ids.map((sprint) => this.#element('sprint', plan.id, { sprint }));
	}

	#task(plan: PlanModel, task: string, sprint: string | undefined): PlanTreeElement {
		return this.#element('task', plan.id, { task, ...(sprint !== undefined && { sprint }) });
	}

	#element(
		kind: PlanTreeElement['kind'],
		planId: PlanId,
		part: Omit<CommandTarget, 'plan'>,
	): PlanTreeElement {
		const plan = planKey(planId);
		const id = `${plan}/${JSON.stringify([kind, part.track, part.sprint, part.task])}`;
		const known = this.#elements.get(id);
		if (known !== undefined) {
			return known;
		}
		const element: PlanTreeElement = { kind, id, planId, target: { plan, ...part } };
		this.#elements.set(id, element);
		return element;
	}
}
