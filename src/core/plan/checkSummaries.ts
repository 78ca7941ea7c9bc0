import { longestChain } from './checkFigures.ts';
import type { Plan, Sprint, Task } from './plan.ts';
import type { Problem } from './problem.ts';
import { formatHours } from './readEstimate.ts';
import type { PlanPart } from './readPart.ts';
import type { SummaryClaim } from './readSummary.ts';
import { makeProblem } from './sourceFile.ts';

/** Percentage points that rounding may cost. */
const roundingShare = 1.5;

/** Figures of Markdown summaries that the tasks do not give (EXECUTION P5). A missing estimate makes a sum unknown. */
export function checkSummaries(plan: Plan, parts: readonly PlanPart[]): Problem[] {
	const claims = parts.flatMap(({ claims: found = [] }) => found);
	if (claims.length === 0) {
		return [];
	}
	const figures = new Figures(plan);
	return claims.flatMap((claim) => figures.check(claim));
}

class Figures {
	readonly #plan: Plan;
	readonly #tasks: ReadonlyMap<string, Task>;

	constructor(plan: Plan) {
		this.#plan = plan;
		this.#tasks = new Map(plan.tasks.map((task) => [task.id, task]));
	}

	check(claim: SummaryClaim): Problem[] {
		switch (claim.kind) {
			case 'total':
				return this.#checkTotal(claim);
			case 'critical-path':
				return this.#checkPath(claim);
			case 'saving':
				return checkSaving(claim);
		}
	}

	#checkTotal({ stated, sprint }: SummaryClaim & { readonly kind: 'total' }): Problem[] {
		const meant = sprint === null ? null : this.#sprintOf(sprint);
		if (meant === undefined) {
			return [];
		}
		// Tasks that wait for a later plan are often not counted, so the whole plan may mean all tasks or those in sprints.
		const scheduled = this.#plan.sprints.flatMap(({ tasks }) => tasks.map(({ value }) => value));
		const lists =
			meant === null
				? [[...this.#tasks.keys()], [...new Set(scheduled)]]
				: [meant.tasks.map(({ value }) => value)];
		const found = lists.flatMap((ids) => this.#figuresOf(ids));
		const what = meant === null ? 'The tasks of the plan' : `The tasks of \`${meant.id}\``;
		return differs(stated.value, found) && found[0] !== undefined
			? [
					claimProblem(
						stated.range,
						inHours(found[0]),
						`${what} take ${formatHours(found[0])} together, not ${formatHours(stated.value)}.`,
					),
				]
			: [];
	}

	#checkPath({ stated, tasks }: SummaryClaim & { readonly kind: 'critical-path' }): Problem[] {
		const sum = tasks.length > 0 ? this.#figuresOf(tasks)[0] : undefined;
		if (sum !== undefined) {
			return differs(stated.value, [sum])
				? [
						claimProblem(
							stated.range,
							inHours(sum),
							`These tasks take ${formatHours(sum)} together, not ${formatHours(stated.value)}.`,
						),
					]
				: [];
		}
		const lists = [
			[...this.#tasks.keys()],
			...this.#plan.sprints.map(({ tasks: all }) => all.map(({ value }) => value)),
		];
		const chains = lists.flatMap((ids) => this.#figuresOf(ids).slice(1));
		return differs(stated.value, chains) && chains[0] !== undefined
			? [
					claimProblem(
						stated.range,
						inHours(chains[0]),
						`The longest chain of tasks takes ${formatHours(chains[0])}, not ${formatHours(stated.value)}.`,
					),
				]
			: [];
	}

	/** Sum and longest chain of some tasks; nothing where one is unknown or has no estimate. */
	#figuresOf(ids: readonly string[]): number[] {
		const tasks: Task[] = [];
		for (const id of new Set(ids)) {
			const task = this.#tasks.get(id);
			if (task?.estimateMinutes === undefined) {
				return [];
			}
			tasks.push(task);
		}
		const chain = longestChain(tasks);
		const sum = tasks.reduce((total, { estimateMinutes = 0 }) => total + estimateMinutes, 0);
		return tasks.length === 0 || chain === null ? [] : [sum, chain];
	}

	/** The sprint that a heading means: by its id, or by its place. Undefined for one that is not there. */
	#sprintOf(words: string): Sprint | undefined {
		const { sprints } = this.#plan;
		const id = words.toUpperCase().replace(/[\s_]+/g, '-');
		const byId = sprints.find((sprint) => sprint.id.toUpperCase() === id);
		const place = Number(/(\d+)\D*$/.exec(words)?.[1] ?? Number.NaN);
		return byId ?? (/^sprint\s+\d+$/i.test(words) ? sprints[place - 1] : undefined);
	}
}

function checkSaving({
	stated,
	sequential,
	parallel,
}: SummaryClaim & { readonly kind: 'saving' }): Problem[] {
	const saved = sequential <= 0 ? Number.NaN : 100 * (1 - parallel / sequential);
	if (Number.isNaN(saved) || Math.abs(saved - stated.value) <= roundingShare) {
		return [];
	}
	const words = `From ${formatHours(sequential)} to ${formatHours(parallel)} is a saving of ${Math.round(saved)} %, not of ${stated.value} %.`;
	return [claimProblem(stated.range, String(Math.round(saved)), words)];
}

function differs(stated: number, found: readonly number[]): boolean {
	return found.length > 0 && found.every((figure) => Math.abs(figure - stated) >= 1);
}

function claimProblem(range: Problem['range'], replacement: string, message: string): Problem {
	return makeProblem('SY327', range, message, { data: { replacement } });
}

/** Minutes as hours with at most two decimals, as a summary writes them. */
function inHours(minutes: number): string {
	return String(Math.round(minutes / 0.6) / 100);
}
