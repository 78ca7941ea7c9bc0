import type { Located } from '../plan.ts';

interface Waiting {
	readonly id: string;
	readonly dependencies: readonly Located<string>[];
}

/** What each task waits for, as numbers of tasks; references to nothing are left out, the first task of an id counts. */
export function taskEdges(tasks: readonly Waiting[]): number[][] {
	const numberOf = new Map<string, number>();
	for (const [number, { id }] of tasks.entries()) {
		if (!numberOf.has(id)) {
			numberOf.set(id, number);
		}
	}
	return tasks.map(({ dependencies }) => dependencies.flatMap(({ value }) => numberOf.get(value) ?? []));
}
