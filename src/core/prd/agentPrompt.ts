import { mostHours } from './draftTask.ts';

/** What an agent is told to plan. */
export interface PlanRequest {
	/** The PRD as it stands in its file. */
	readonly prd: string;
	/** What ids begin with, such as `TASK`. */
	readonly prefix: string;
	/** The answer before and what is wrong with it; null in the first round. */
	readonly before: { readonly answer: string; readonly problems: readonly string[] } | null;
}

/** The task types that templates and sprints know by their topic. */
const types = 'backend, frontend, database, fullstack, testing, infrastructure, documentation';

/** The prompt of one round: the rules, the PRD, and from the second round on what has to be repaired. */
export function planPrompt({ prd, prefix, before }: PlanRequest): string {
	const lines = [
		'# Plan the tasks of a project',
		'',
		'Below is its PRD. Divide the work into tasks that can be done one by one and checked one by one.',
		'',
		'Answer with one YAML document in a fence of three backquotes, or write it to `plan.yaml` in the folder that the',
		'environment variable SWITCHYARD_OUT names. It has one field, `tasks`, with a list. Each task has these fields:',
		'',
		'```yaml',
		'tasks:',
		`  - id: ${prefix}-001              # ${prefix}- and three digits, in the order in which they are begun`,
		'    name: Database schema         # what is to be done, in one line',
		`    type: database                # one of ${types}`,
		`    estimated_hours: 6            # more than 0, at most ${mostHours}: divide what takes longer`,
		`    dependencies: []              # ids of the tasks that must be completed before; no circles`,
		'    description: What to do, for somebody who reads only this task.',
		'    acceptance_criteria:          # at least one; each a sentence that can be checked',
		'      - Migrations build the schema from an empty database',
		'    requirements: [REQ-001]       # ids of the requirements that it helps to meet',
		'    touches: [db/**]              # optional: patterns of the files it may change',
		'    verify:                       # optional: programs with arguments that end with 0 when it is done',
		'      - run: [npm, test]',
		'```',
		'',
		'Every requirement under `must_have` is named by at least one task. Tasks that can be done side by side do not depend',
		'on each other. Do not change any file of the project.',
		'',
		...quoted('The PRD', prd),
	];
	if (before !== null) {
		lines.push(
			'',
			'## Your last answer cannot be used',
			'',
			...before.problems.map((problem) => `- ${problem}`),
			'',
			'Repair these, keep what is right, and answer with the whole document again.',
			'',
			...quoted('Your last answer', before.answer),
		);
	}
	return `${lines.join('\n')}\n`;
}

/** A text in a fence that nothing in it can close. */
function quoted(title: string, text: string): string[] {
	const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
	const fence = '`'.repeat(longest + 1);
	return [`## ${title}`, '', `${fence}yaml`, text.trimEnd(), fence];
}
