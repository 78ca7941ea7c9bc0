/** One way of doing something that is compared with others. */
export interface Contender {
	readonly name: string;
	readonly run: () => unknown;
	/** Not ours: where it fails, only its figure is missing. */
	readonly isPeer?: boolean;
	/** How often it is done in one turn. What takes a hundredth of the others' time is else measured before it is warm. */
	readonly repeat?: number;
}

/** Medians in milliseconds, NaN for a peer that failed. The contenders take turns, so that whatever else the machine does meets all of them alike. */
export async function measure(
	contenders: readonly Contender[],
	rounds: number,
): Promise<Map<string, number>> {
	const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
	const failed = new Set<Contender>();
	for (let round = -1; round < rounds; round++) {
		for (const contender of contenders.filter((one) => !failed.has(one))) {
			const turn = await timesOf(contender);
			if (turn === null) {
				failed.add(contender);
				times.set(contender.name, []);
			} else if (round >= 0) {
				// The first round warms up.
				times.get(contender.name)?.push(...turn);
			}
		}
	}
	return new Map([...times].map(([name, list]) => [name, median(list)]));
}

async function timesOf(contender: Contender): Promise<number[] | null> {
	const times: number[] = [];
	for (let run = 0; run < (contender.repeat ?? 1); run++) {
		const time = await timeOf(contender);
		if (time === null) {
			return null;
		}
		times.push(time);
	}
	return times;
}

/** How long one run takes, in milliseconds; null when a peer failed. */
export async function timeOf({ run, isPeer }: Contender): Promise<number | null> {
	const start = performance.now();
	try {
		await run();
	} catch (error) {
		if (isPeer === true) {
			return null;
		}
		throw error;
	}
	return performance.now() - start;
}

/** One line for each contender, with its time as a ratio of the last one's, where that has one. */
export function report(title: string, times: ReadonlyMap<string, number>, unit = 'ms'): string {
	const last = [...times.values()].at(-1) ?? 1;
	const lines = [...times].map(([name, ms]) => {
		const ratio = Number.isNaN(last) ? '' : `   ${(ms / last).toFixed(4)}`;
		const figure = Number.isNaN(ms) ? 'no peer figure' : `${ms.toFixed(1).padStart(9)} ${unit}${ratio}`;
		return `  ${name.padEnd(40)} ${figure}`;
	});
	return `${title}\n${lines.join('\n')}\n`;
}

function median(list: readonly number[]): number {
	const sorted = [...list].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
