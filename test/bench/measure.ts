/** One way of doing something that is compared with others. */
export interface Contender {
	readonly name: string;
	readonly run: () => unknown;
}

/** Medians in milliseconds. The contenders take turns, so that whatever else the machine does meets all of them alike. */
export async function measure(
	contenders: readonly Contender[],
	rounds: number,
): Promise<Map<string, number>> {
	const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
	for (let round = -1; round < rounds; round++) {
		for (const { name, run } of contenders) {
			const start = performance.now();
			await run();
			// The first round warms up.
			if (round >= 0) {
				times.get(name)?.push(performance.now() - start);
			}
		}
	}
	return new Map([...times].map(([name, list]) => [name, median(list)]));
}

/** One line for each contender, with its time as a ratio of the last one's. */
export function report(title: string, times: ReadonlyMap<string, number>, unit = 'ms'): string {
	const last = [...times.values()].at(-1) ?? 1;
	const lines = [...times].map(
		([name, ms]) => `  ${name.padEnd(40)} ${ms.toFixed(1).padStart(9)} ${unit}   ${(ms / last).toFixed(4)}`,
	);
	return `${title}\n${lines.join('\n')}\n`;
}

function median(list: readonly number[]): number {
	const sorted = [...list].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
