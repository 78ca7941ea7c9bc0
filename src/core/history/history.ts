import type { HistorySample } from './historySample.ts';
import type { Spread } from './spread.ts';
import { spreadOf } from './spread.ts';
import { describeKind } from './taskKinds.ts';

/** Which past tasks: of a type, and where given by an agent and on a tier. */
export interface HistoryKey {
	readonly type: string;
	readonly agent?: string;
	readonly tier?: string;
}

/** What past tasks of one key took. */
export interface HistoryGroup {
	readonly key: HistoryKey;
	readonly minutes: Spread;
	/** Actual by estimated time, of those that had an estimate. */
	readonly ratio: Spread | null;
	/** Of those whose cost is known. */
	readonly costUsd: Spread | null;
}

/** What finished runs teach about the time and the cost of tasks. */
export class History {
	readonly samples: readonly HistorySample[];
	readonly #byKey = new Map<string, HistorySample[]>();
	readonly #groups = new Map<string, HistoryGroup | null>();
	#pace: Spread | null | undefined;

	constructor(samples: readonly HistorySample[]) {
		this.samples = samples;
		for (const sample of samples) {
			const { type, agent, tier, wider } = sample;
			const names = [nameOf({ type, agent, tier }), nameOf({ type, agent }), nameOf({ type })];
			for (const key of wider === undefined ? names : [...names, nameOf({ type: wider })]) {
				const members = this.#byKey.get(key);
				if (members === undefined) {
					this.#byKey.set(key, [sample]);
				} else {
					members.push(sample);
				}
			}
		}
	}

	/** Actual by estimated time over all samples that had an estimate: 0.5 is twice as fast as planned. */
	get pace(): Spread | null {
		this.#pace ??= spreadOf(ratiosOf(this.samples));
		return this.#pace;
	}

	/** What tasks of a key took; null without any. */
	group(key: HistoryKey): HistoryGroup | null {
		const name = nameOf(key);
		const known = this.#groups.get(name);
		if (known !== undefined) {
			return known;
		}
		const group = groupOf(key, this.#byKey.get(name) ?? []);
		this.#groups.set(name, group);
		return group;
	}

	/** The narrowest group around a task that has at least so many samples: same tier, then same agent, then same type. */
	nearest(task: Required<HistoryKey>, least: number): HistoryGroup | null {
		const { type, agent, tier } = task;
		for (const key of [{ type, agent, tier }, { type, agent }, { type }]) {
			const group = this.group(key);
			if (group !== null && group.minutes.n >= least) {
				return group;
			}
		}
		return null;
	}

	/** Every combination of type, agent and tier that was seen, sorted. */
	get groups(): readonly HistoryGroup[] {
		const keys = new Map(
			this.samples.map(({ type, agent, tier }) => [nameOf({ type, agent, tier }), { type, agent, tier }]),
		);
		return [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, key]) => this.group(key) ?? []);
	}
}

/** In words, for messages: `frontend by codex on T1`. */
export function describeKey({ type, agent, tier }: HistoryKey): string {
	return `${describeKind(type)}${agent === undefined ? '' : ` by ${agent}`}${tier === undefined ? '' : ` on ${tier}`}`;
}

function groupOf(key: HistoryKey, samples: readonly HistorySample[]): HistoryGroup | null {
	const minutes = spreadOf(samples.map((sample) => sample.minutes));
	if (minutes === null) {
		return null;
	}
	const costUsd = spreadOf(samples.flatMap((sample) => sample.costUsd ?? []));
	return { key, minutes, ratio: spreadOf(ratiosOf(samples)), costUsd };
}

function ratiosOf(samples: readonly HistorySample[]): number[] {
	return samples.flatMap(({ minutes, estimateMinutes }) =>
		estimateMinutes === null || estimateMinutes <= 0 ? [] : [minutes / estimateMinutes],
	);
}

function nameOf(key: HistoryKey): string {
	return JSON.stringify([key.type, key.agent ?? null, key.tier ?? null]);
}
