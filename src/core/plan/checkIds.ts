import type { Sprint, Task } from './plan.ts';
import type { Problem } from './problem.ts';
import type { ProblemCode } from './problemCodes.ts';
import type { PlanPart } from './readPart.ts';
import { makeProblem } from './sourceFile.ts';

/** Ids that more than one task or sprint has, over all files of the plan. Every clash is shown at each of its places. */
export function checkIds(parts: readonly Pick<PlanPart, 'tasks' | 'sprints'>[]): Problem[] {
	return [
		...clashes(
			parts.flatMap(({ tasks }) => tasks),
			'task',
			'SY300',
		),
		...clashes(
			parts.flatMap(({ sprints }) => sprints),
			'sprint',
			'SY301',
		),
	];
}

function clashes(items: readonly (Task | Sprint)[], what: string, code: ProblemCode): Problem[] {
	const firsts = new Map<string, Task | Sprint>();
	const byId = new Map<string, (Task | Sprint)[]>();
	for (const item of items) {
		const first = firsts.get(item.id);
		if (first === undefined) {
			firsts.set(item.id, item);
			continue;
		}
		const group = byId.get(item.id) ?? [first];
		group.push(item);
		byId.set(item.id, group);
	}
	const problems: Problem[] = [];
	for (const [id, group] of byId) {
		const first = group[0];
		if (first === undefined) {
			continue;
		}
		for (const item of group) {
			// In a group of many, all others at each of them would be quadratic: the first and its successor say enough.
			const others = group.length <= 8 ? group : [first, group[1] ?? first];
			const message = `${group.length} ${what}s have the id \`${id}\`. Give this one or the other an id of its own.`;
			problems.push(
				makeProblem(code, item.idRange, message, {
					related: others
						.filter((other) => other !== item)
						.map((other) => ({ range: other.idRange, message: `\`${id}\` is also the id of this ${what}` })),
					data: { id },
				}),
			);
		}
	}
	return problems;
}
