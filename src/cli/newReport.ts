import type { MadePlan, MadeTask } from '../engine/newPlan/makePlan.ts';
import type { PrdStanding } from '../engine/newPlan/refreshDocuments.ts';

/** What `switchyard new` did, for people and programs. Paths are relative to `root`. */
export interface NewReport {
	readonly root: string;
	readonly prd: string;
	readonly standing: PrdStanding;
	/** Null where questions that have to be answered are open. */
	readonly plan: MadePlan | null;
	readonly written: readonly string[];
	/** Files that are in the way; nothing was written over. */
	readonly inTheWay: readonly string[];
	readonly agent: string | null;
}

/**
 * `new --json`: `{root, prd, complexity, level, open: [{id, phase, question, about, required}], tasks: [{id, name,
 * requirements}], written, left, inTheWay, agent, rounds, folder, warnings, problems}`.
 */
export function newObject(report: NewReport): Readonly<Record<string, unknown>> {
	const { root, prd, standing, plan, written, inTheWay, agent } = report;
	return {
		...{ root, prd, agent },
		complexity: standing.assessment.complexity,
		level: standing.assessment.level,
		open: standing.open.map(({ id, phase, text, about, isRequired }) => ({
			...{ id, phase, question: text, about, required: isRequired },
		})),
		tasks: tasksOf(plan).map(({ id, name, requirements }) => ({ id, name, requirements })),
		written: [...standing.written, ...written],
		left: standing.left,
		inTheWay,
		rounds: plan === null || plan.kind === 'stopped' ? 0 : plan.rounds,
		folder: plan === null || plan.kind === 'stopped' ? null : plan.folder,
		warnings: plan?.kind === 'made' ? plan.warnings : [],
		problems: plan?.kind === 'failed' ? [plan.message, ...plan.problems] : [],
	};
}

/** The same for people. */
export function newText(report: NewReport): string {
	const { standing, plan, inTheWay } = report;
	const { complexity, level } = standing.assessment;
	const lines = [`Complexity ${complexity.toFixed(2)} (${level}). See ${documentsOf(report).join(', ')}.`];
	lines.push(
		...standing.left.map(
			(path) => `${path} was changed by hand, so it was left as it is. Remove it to get a new one.`,
		),
	);
	if (plan === null) {
		lines.push(...openText(report));
	} else if (plan.kind === 'failed') {
		lines.push(plan.message, ...plan.problems.map((problem) => `  ${problem}`), ...whereRounds(plan.folder));
	} else if (plan.kind === 'stopped') {
		lines.push('Stopped. No task was written.');
	} else if (inTheWay.length > 0) {
		lines.push(
			`No task was written, because these files are there already: ${some(inTheWay)}. Write over them with --force, plan beside them with --feature NAME, or elsewhere with --to DIR.`,
		);
	} else {
		lines.push(...plan.warnings, ...madeText(report, plan));
	}
	return `${lines.join('\n')}\n`;
}

function documentsOf({ standing, prd }: NewReport): readonly string[] {
	return [prd, ...standing.written.filter((path) => path.endsWith('.md'))];
}

function openText({ standing, prd }: NewReport): string[] {
	const required = standing.open.filter(({ isRequired }) => isRequired);
	const optional = standing.open.length - required.length;
	return [
		`These answers are needed before there can be tasks:`,
		...required.map(({ id, text, about }) => `  ${id}  ${text}${about === '' ? '' : ` (${about})`}`),
		...(optional === 0 ? [] : [`${optional} more may be left open.`]),
		`Write them into ${prd}, or give --answers FILE or --answer ID=TEXT, or run switchyard new in a terminal to be asked.`,
	];
}

function madeText({ root, written, agent }: NewReport, plan: Extract<MadePlan, { kind: 'made' }>): string[] {
	const count = `${plan.tasks.length} task${plan.tasks.length === 1 ? '' : 's'}`;
	const how = plan.rounds === 0 ? '' : ` in ${plan.rounds} round${plan.rounds === 1 ? '' : 's'}`;
	const commands = plan.taskFiles.some(({ text }) => /^\s*(- )?run:/m.test(text));
	return [
		written.length === 0
			? `${count}${how}, as they are there already: nothing was written.`
			: `Wrote ${count}${how} below ${root}: ${some(written)}.`,
		...(commands ? ['The plan names commands: look at them before you run it.'] : []),
		agent === null
			? 'Nobody is named who does the tasks: add plan: {defaults: {agent: …}} to docs/planning/switchyard.yaml, or run it again with --agent NAME.'
			: `Tasks are done by ${agent}.`,
		'Next: switchyard check, then switchyard plan --tracks N --write, then switchyard run.',
	];
}

function whereRounds(folder: string | null): string[] {
	return folder === null ? [] : [`Prompts, answers and problems of every round are in ${folder}.`];
}

function tasksOf(plan: MadePlan | null): readonly MadeTask[] {
	return plan?.kind === 'made' ? plan.tasks : [];
}

function some(paths: readonly string[]): string {
	return paths.length <= 4
		? paths.join(', ')
		: `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more`;
}
