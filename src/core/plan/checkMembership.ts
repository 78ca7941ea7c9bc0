import type { Plan, SourceRange } from './plan.ts';
import type { Problem } from './problem.ts';
import { makeProblem } from './sourceFile.ts';

/** A task belongs to one sprint, or to none when the plan has no sprints. */
export function checkMembership(plan: Plan): Problem[] {
	if (plan.sprints.length === 0) {
		return [];
	}
	const problems: Problem[] = [];
	const places = new Map<string, { sprint: string; range: SourceRange }>();
	for (const sprint of plan.sprints) {
		for (const { value, range } of sprint.tasks) {
			const first = places.get(value);
			if (first === undefined) {
				places.set(value, { sprint: sprint.id, range });
			} else if (first.sprint !== sprint.id) {
				const message = `\`${value}\` is in \`${first.sprint}\` and in \`${sprint.id}\`. Keep it in one of the two.`;
				const related = [{ range: first.range, message: `\`${value}\` is in \`${first.sprint}\` here` }];
				problems.push(makeProblem('SY307', range, message, { related, data: { id: value } }));
			}
		}
	}
	for (const task of plan.tasks) {
		if (!places.has(task.id)) {
			const message = `\`${task.id}\` is in no sprint: it runs with \`all\`, and on its own. Add it to the \`tasks\` of a sprint.`;
			problems.push(makeProblem('SY308', task.idRange, message, { data: { id: task.id } }));
		}
	}
	return problems;
}
