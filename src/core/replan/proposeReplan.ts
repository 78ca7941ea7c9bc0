import type { FieldValue } from '../plan/edits/addTask.ts';
import { nextId } from '../plan/edits/nextId.ts';
import type { Plan, PlanFile, PlanId } from '../plan/plan.ts';
import type { ConfiguredAgent } from '../run/agentTable.ts';
import type { Discovery, FoundChange, FoundTask } from '../run/discovery.ts';
import { discoveryTitle } from '../run/discovery.ts';
import { toForecastPlan } from '../run/toForecastPlan.ts';
import { PlanForecast } from '../schedule/planForecast.ts';
import { PlanDraft } from './planDraft.ts';
import type { Proposal, ProposedChange, Unplaced } from './proposal.ts';
import { versionIn } from './versionIn.ts';

/** A discovery with what a proposal has to know of it. */
export interface OpenDiscovery {
	readonly id: string;
	/** The task in whose attempt it was found. */
	readonly task: string;
	readonly what: Discovery;
}

export interface ReplanInput {
	readonly id: PlanId;
	readonly files: readonly PlanFile[];
	readonly discoveries: readonly OpenDiscovery[];
	/** Why a task may not be changed any more (it is completed, or runs), by id. */
	readonly fixed: ReadonlyMap<string, string>;
	/** Ids that stand for something already, also of tasks that left the plan. */
	readonly usedIds: readonly string[];
	readonly agents?: readonly ConfiguredAgent[];
}

/**
 * What discoveries do to a plan (R2): each is placed by itself, on what the ones before it left, and taken back where it
 * brings an error. A discovery that names another one's title finds it, in whatever order they came. Needs a plan without errors.
 */
export async function proposeReplan(input: ReplanInput): Promise<Proposal> {
	const maker = new ProposalMaker(input);
	return await maker.make();
}

class ProposalMaker {
	readonly #input: ReplanInput;
	readonly #draft: PlanDraft;
	readonly #agents: readonly ConfiguredAgent[];
	readonly #before: Plan;
	/** Ids of tasks by their names and by titles of discoveries, in lower case. */
	readonly #byTitle: Map<string, string>;
	readonly #done: ProposedChange[] = [];
	readonly #unplaced: Unplaced[] = [];
	readonly #notes: { discovery: string; text: string }[] = [];
	readonly #used: readonly { readonly id: string }[];

	constructor(input: ReplanInput) {
		this.#input = input;
		this.#agents = input.agents ?? [];
		this.#draft = new PlanDraft(input.id, input.files, { agents: this.#agents.map(({ name }) => name) });
		this.#before = this.#draft.plan;
		this.#byTitle = new Map(this.#before.tasks.map(({ id, name }) => [name.toLowerCase(), id]));
		this.#used = input.usedIds.map((id) => ({ id }));
	}

	async make(): Promise<Proposal> {
		const version = versionIn(this.#input.files, this.#before.form);
		const later: { readonly found: OpenDiscovery; readonly what: FoundTask | FoundChange; id: string }[] = [];
		for (const found of this.#input.discoveries) {
			const { what } = found;
			if (what.kind === 'note') {
				this.#notes.push({ discovery: found.id, text: what.text });
			} else if (what.kind === 'change') {
				later.push({ found, what, id: what.target });
			} else {
				const id = await this.#addTask(found, what);
				if (id !== null) {
					later.push({ found, what, id });
				}
			}
		}
		// Edges come when every task is there: workers name what they found in any order.
		for (const { found, what, id } of later) {
			await (what.kind === 'task' ? this.#linkTask(found, what, id) : this.#changeTask(found, what));
		}
		const isChanged = this.#draft.changes().length > 0;
		const fault = isChanged ? this.#draft.setVersion(version + 1) : null;
		if (fault !== null) {
			this.#unplaced.push({ discovery: '', title: `Version ${version + 1}`, reason: fault });
		}
		return {
			changes: this.#draft.changes(),
			done: this.#done,
			unplaced: this.#unplaced,
			notes: this.#notes,
			minutes: this.#minutes(),
			version: { before: version, after: isChanged ? version + 1 : version },
		};
	}

	/** Returns the id of the task, new or known; null where it could not be placed. */
	async #addTask(found: OpenDiscovery, what: FoundTask): Promise<string | null> {
		const known = this.#byTitle.get(what.title.toLowerCase());
		if (known !== undefined) {
			const text = `${known} is this task already.`;
			this.#done.push({ discovery: found.id, task: known, kind: 'known', text });
			return known;
		}
		const id = this.#nextId();
		const sprint = this.#sprintFor(found, what);
		const back = this.#draft.mark();
		const fault = await this.#draft.addTask({
			id,
			name: what.title,
			...(sprint !== undefined && { sprint }),
			fields: this.#fieldsOf(found, what),
		});
		const obstacle = fault ?? this.#newError() ?? this.#newFault(id);
		if (obstacle !== null) {
			back();
			this.#leave(found, obstacle);
			return null;
		}
		this.#byTitle.set(what.title.toLowerCase(), id);
		const where = sprint === undefined ? '' : ` in ${sprint}`;
		this.#done.push({ discovery: found.id, task: id, kind: 'added', text: `New${where}: ${what.title}` });
		return id;
	}

	async #linkTask(found: OpenDiscovery, what: FoundTask, id: string): Promise<void> {
		for (const name of what.dependsOn) {
			await this.#link(found, { task: id, needs: name });
		}
		for (const name of what.blocks) {
			await this.#link(found, { task: name, needs: id });
		}
		if (what.splits === undefined) {
			return;
		}
		const whole = this.#find(what.splits);
		if (whole === undefined) {
			this.#leave(found, `There is no task \`${what.splits}\` to take a part of.`);
			return;
		}
		for (const { value } of whole.dependencies) {
			await this.#link(found, { task: id, needs: value });
		}
		const waiting = this.#draft.plan.tasks.filter(
			(task) => task.id !== id && task.dependencies.some(({ value }) => value === whole.id),
		);
		for (const task of waiting.filter((each) => !this.#input.fixed.has(each.id))) {
			await this.#link(found, { task: task.id, needs: id });
		}
	}

	async #changeTask(found: OpenDiscovery, what: FoundChange): Promise<void> {
		const task = this.#find(what.target);
		if (task === undefined) {
			this.#leave(found, `There is no task \`${what.target}\`.`);
			return;
		}
		if (what.priority !== undefined && task.priority !== what.priority) {
			const fixed = this.#input.fixed.get(task.id);
			const back = this.#draft.mark();
			const fault = fixed ?? this.#draft.setPriority(task.id, what.priority) ?? this.#newError() ?? null;
			if (fault === null) {
				const text = `Priority ${task.priority ?? 0} → ${what.priority}`;
				this.#done.push({ discovery: found.id, task: task.id, kind: 'changed', text });
			} else {
				back();
				this.#leave(found, fault);
			}
		}
		for (const name of what.dependsOn) {
			await this.#link(found, { task: task.id, needs: name });
		}
	}

	async #link(found: OpenDiscovery, edge: { readonly task: string; readonly needs: string }): Promise<void> {
		const task = this.#find(edge.task);
		const needs = this.#find(edge.needs);
		if (task === undefined || needs === undefined) {
			this.#leave(found, `There is no task \`${task === undefined ? edge.task : edge.needs}\`.`);
			return;
		}
		if (task.dependencies.some(({ value }) => value === needs.id)) {
			return;
		}
		const fixed = this.#input.fixed.get(task.id);
		const back = this.#draft.mark();
		const change = { task: task.id, needs: needs.id, isNeeded: true };
		const fault = fixed ?? (await this.#draft.changeDependency(change)) ?? this.#newError();
		if (fault === null) {
			const text = `Waits for ${needs.id}`;
			this.#done.push({ discovery: found.id, task: task.id, kind: 'changed', text });
			return;
		}
		back();
		this.#leave(found, `${task.id} cannot wait for ${needs.id}: ${fault}`);
	}

	#find(name: string) {
		const { tasks } = this.#draft.plan;
		const titled = this.#byTitle.get(name.toLowerCase());
		return tasks.find(({ id }) => id === name) ?? tasks.find(({ id }) => id === titled);
	}

	/** The sprint of the first task that waits for it, else that of the task in which it was found. */
	#sprintFor(found: OpenDiscovery, what: FoundTask): string | undefined {
		const blocked = what.blocks.flatMap((name) => this.#find(name)?.id ?? []);
		const { sprints } = this.#draft.plan;
		for (const id of [...blocked, found.task]) {
			const sprint = sprints.find(({ tasks }) => tasks.some(({ value }) => value === id));
			if (sprint !== undefined) {
				return sprint.id;
			}
		}
		return undefined;
	}

	#fieldsOf(found: OpenDiscovery, what: FoundTask): Readonly<Record<string, FieldValue>> {
		const finder = this.#before.tasks.find(({ id }) => id === found.task);
		// Who found it does it, where nobody says otherwise and the plan has no default.
		const inherited =
			what.run === undefined && this.#before.header.defaultAgent === undefined
				? finder?.agent?.value
				: undefined;
		const agent = what.agent ?? inherited;
		const persona = what.persona ?? (what.run === undefined ? finder?.persona : undefined);
		return {
			...(what.description !== undefined && { description: what.description }),
			...(what.type !== undefined && { type: what.type }),
			...(what.estimateHours !== undefined && { estimated_hours: what.estimateHours }),
			...(what.priority !== undefined && { priority: what.priority }),
			...(agent !== undefined && { agent }),
			...(persona !== undefined && { persona }),
			...(what.run !== undefined && { run: what.run }),
			...(what.acceptanceCriteria !== undefined && { acceptance_criteria: what.acceptanceCriteria }),
			dependencies: [],
		};
	}

	#nextId(): string {
		return nextId([...this.#used, ...this.#draft.plan.tasks], 'TASK-001');
	}

	/** The first error of the plan as it would be. */
	#newError(): string | null {
		const [first] = this.#draft.errors;
		return first === undefined ? null : `${first.code} ${first.message}`;
	}

	/** T6: why nobody can do a new task. */
	#newFault(id: string): string | null {
		const { faults } = toForecastPlan(this.#draft.plan, {}, this.#agents);
		return faults.find(({ task }) => task === id)?.message ?? null;
	}

	#leave({ id, what }: OpenDiscovery, reason: string): void {
		this.#unplaced.push({ discovery: id, title: discoveryTitle(what), reason });
	}

	#minutes(): Proposal['minutes'] {
		// What nobody estimated has no timeline that a discovery with an estimate could double.
		const isEstimated = this.#before.tasks.some(({ estimateMinutes }) => estimateMinutes !== undefined);
		return isEstimated
			? { before: this.#makespan(this.#before), after: this.#makespan(this.#draft.plan) }
			: null;
	}

	#makespan(plan: Plan): number {
		const { runPlan } = toForecastPlan(plan, {}, this.#agents);
		return new PlanForecast(runPlan).report().makespanMinutes;
	}
}
