import { ClaimTable } from './claims.ts';
import { rankTasks } from './rankTasks.ts';
import type { RunPlan, RunTask } from './runPlan.ts';

/** Tasks that wait in one line: the same claims and the same stage, so what refuses one of them refuses all. */
export interface Line {
	readonly claims: number;
	/** Where its barriers hold (the whole run, or one sprint) and the stage there; −1 outside of all barriers. */
	readonly domain: number;
	readonly stage: number;
	/** Its members' seats: from `start` to before `end`, best first. */
	readonly start: number;
	readonly end: number;
}

/** What the order of starts rests on, of a `RunPlan`. */
export type DispatchInput = Pick<RunPlan, 'rules'> & { readonly tasks: readonly RunTask[] };

/**
 * What is fixed about the order of starts for one version of a plan: ranks (S2), claims (S3), stages of barriers (S1).
 * Tasks are numbers here, their places in the plan; the engine's fold and the simulation use the same tables.
 */
export class DispatchPlan {
	readonly size: number;
	/** 0 for the task that goes first; and the task of each rank. */
	readonly rank: Int32Array;
	readonly taskOfRank: Int32Array;
	/** The line of each task, and its seat in the order of lines. */
	readonly lineOf: Int32Array;
	readonly seatOf: Int32Array;
	readonly taskOfSeat: Int32Array;
	readonly lines: readonly Line[];
	/** How many stages each domain has, and which lines stand at each of them. */
	readonly linesOfStage: readonly (readonly (readonly number[])[])[];
	readonly claims = new ClaimTable();
	/** False where nothing that the plan says keeps two tasks apart. */
	readonly hasClaims: boolean;
	readonly #oneATrack: boolean;

	constructor({ tasks, rules }: DispatchInput) {
		const numbers = new Map(tasks.map(({ id }, index) => [id, index]));
		this.size = tasks.length;
		this.#oneATrack = rules.oneATrack;
		this.taskOfRank = Int32Array.from(rankTasks(tasks), (id) => numbers.get(id) ?? 0);
		this.rank = inverse(this.taskOfRank);
		const domains = domainsOf(tasks, rules.barrier === 'batches');
		const keys = tasks.map((task) => {
			const place = domains.placeOf(task);
			return { claims: this.claimsOf(task), ...place };
		});
		this.hasClaims = keys.some(({ claims }) => claims !== 0);
		const grouped = groupByLine(keys, this.taskOfRank);
		this.lines = grouped.lines;
		this.lineOf = grouped.lineOf;
		this.taskOfSeat = grouped.taskOfSeat;
		this.seatOf = inverse(this.taskOfSeat);
		this.linesOfStage = domains.sizes.map((size) => Array.from({ length: size }, (): number[] => []));
		for (const [line, { domain, stage }] of this.lines.entries()) {
			(this.linesOfStage[domain]?.[stage] as number[] | undefined)?.push(line);
		}
	}

	/** The number of what a task claims while it runs; also of a definition that an older version of the plan had. */
	claimsOf({ locks, touches, track }: RunTask): number {
		return this.claims.numberOf({ locks, touches, track: this.#oneATrack ? track : null });
	}
}

interface Place {
	readonly domain: number;
	readonly stage: number;
}

/** Barriers hold in the whole run, or in each sprint; stages are counted from 0 in each domain. */
function domainsOf(tasks: readonly RunTask[], bySprint: boolean) {
	const stages = new Map<string, Set<number>>();
	for (const { stage, sprint } of tasks) {
		if (stage !== null) {
			const name = bySprint ? (sprint ?? '') : '';
			const known = stages.get(name) ?? new Set();
			stages.set(name, known.add(stage));
		}
	}
	const domainOf = new Map([...stages.keys()].map((name, index) => [name, index]));
	const ordered = [...stages.values()].map((known) => {
		const sorted = [...known].sort((a, b) => a - b);
		return new Map(sorted.map((stage, index) => [stage, index]));
	});
	return {
		sizes: ordered.map(({ size }) => size),
		placeOf({ stage, sprint }: RunTask): Place {
			const domain = stage === null ? -1 : (domainOf.get(bySprint ? (sprint ?? '') : '') ?? -1);
			return domain < 0
				? { domain: -1, stage: -1 }
				: { domain, stage: ordered[domain]?.get(stage ?? 0) ?? 0 };
		},
	};
}

function groupByLine(keys: readonly (Place & { readonly claims: number })[], taskOfRank: Int32Array) {
	const members = new Map<number, number[]>();
	const domains = 2 + keys.reduce((most, { domain }) => Math.max(most, domain), -1);
	const stages = 2 + keys.reduce((most, { stage }) => Math.max(most, stage), -1);
	for (const task of taskOfRank) {
		const { claims = 0, domain = -1, stage = -1 } = keys[task] ?? {};
		const name = (claims * domains + domain + 1) * stages + stage + 1;
		const line = members.get(name);
		if (line === undefined) {
			members.set(name, [task]);
		} else {
			line.push(task);
		}
	}
	const lines: Line[] = [];
	const lineOf = new Int32Array(keys.length);
	const taskOfSeat = new Int32Array(keys.length);
	let seat = 0;
	for (const line of members.values()) {
		const { claims = 0, domain = -1, stage = -1 } = keys[line[0] ?? 0] ?? {};
		lines.push({ claims, domain, stage, start: seat, end: seat + line.length });
		for (const task of line) {
			lineOf[task] = lines.length - 1;
			taskOfSeat[seat] = task;
			seat++;
		}
	}
	return { lines, lineOf, taskOfSeat };
}

function inverse(permutation: Int32Array): Int32Array {
	const result = new Int32Array(permutation.length);
	for (const [index, value] of permutation.entries()) {
		result[value] = index;
	}
	return result;
}
