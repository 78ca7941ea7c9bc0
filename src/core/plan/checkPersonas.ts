import { distance } from 'fastest-levenshtein';
import { nearest } from './nearest.ts';
import type { Plan } from './plan.ts';
import type { Problem } from './problem.ts';
import { makeProblem } from './sourceFile.ts';

/** Roles that the formats of seeds 000 to 004 speak of. A plan may name others: a persona is what its prompt makes of it. */
export const knownPersonas: readonly string[] = [
	...['software-engineer', 'sdet', 'security-engineer', 'performance-engineer', 'test-engineer'],
	...['requirements-validator', 'api-designer', 'api-developer', 'test-writer', 'pm', 'orchestrator'],
	...[
		'product-manager',
		'architect',
		'ux-designer',
		'integration-engineer',
		'devops',
		'documentation-writer',
	],
	...['code-reviewer', 'database-designer', 'database-developer', 'frontend-designer', 'frontend-developer'],
];

/** Personas that are nearly a known one: a slip picks a prompt that nobody wrote. */
export function checkPersonas({ tasks }: Plan): Problem[] {
	const known = new Set(knownPersonas);
	const others = new Set(tasks.map(({ persona }) => persona ?? ''));
	return tasks.flatMap(({ persona, personaRange }) => {
		// Instances are numbered: `software-engineer-2`.
		const [, role = '', instance = ''] = /^@?(.*?)(-\d+)?$/.exec(persona ?? '') ?? [];
		if (personaRange === undefined || role === '' || known.has(role) || tasksAgree(role, others)) {
			return [];
		}
		const near = nearest(role, knownPersonas);
		// Two letters: `archivist` is a role of its own, and no slip of `architect`.
		if (near === null || distance(role, near) > 2) {
			return [];
		}
		const message = `\`${role}\` is no persona that is known here. Did you mean \`${near}\`?`;
		return [makeProblem('SY326', personaRange, message, { data: { replacement: `${near}${instance}` } })];
	});
}

/** A name that other instances of the plan have as well is meant as it is. */
function tasksAgree(role: string, others: ReadonlySet<string>): boolean {
	return [...others].filter((other) => other.replace(/^@/, '').replace(/-\d+$/, '') === role).length > 1;
}
