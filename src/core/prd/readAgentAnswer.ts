import { isMap, isSeq, parseDocument } from 'yaml';
import { toPlainText } from '../evidence/plainText.ts';
import type { Task } from '../plan/plan.ts';
import { readPlan } from '../plan/readPlan.ts';
import { mostHours } from './draftTask.ts';
import type { Prd } from './prd.ts';
import { textsOf, valueAt } from './prd.ts';

/** A task of an answer that nothing is wrong with, as plain values. */
export interface AnsweredTask {
	readonly id: string;
	readonly name: string;
	readonly requirements: readonly string[];
	/** Every field, as the agent wrote it. */
	readonly fields: Readonly<Record<string, unknown>>;
}

/** What an agent answered: its tasks, or everything that is wrong with them, in sentences with lines of `yaml`. */
export interface AgentAnswer {
	/** The document that was read; empty where there was none. */
	readonly yaml: string;
	readonly tasks: readonly AnsweredTask[];
	readonly problems: readonly string[];
}

export interface AnswerContext {
	readonly prd: Prd;
	readonly prefix: string;
	/** Agents that tasks may name. */
	readonly agents: readonly string[];
}

/** More than this is no plan of one project, and would keep an editor busy for nothing. */
const mostTasks = 1_000;
/** Problems beyond this many would only hide the first ones. */
const mostProblems = 40;

/** Reads the text that an agent left. The checks are those of every plan; nothing of it is taken while one fails. */
export function readAgentAnswer(text: string, context: AnswerContext): AgentAnswer {
	const yaml = findYaml(toPlainText(text));
	if (yaml === null) {
		const problem = 'There is no YAML document with `tasks:` in the answer.';
		return { yaml: '', tasks: [], problems: [problem] };
	}
	const root = 'file:///answer';
	const file = { uri: `${root}/switchyard.yaml`, text: yaml };
	const { plan, problems } = readPlan({ rootUri: root, key: 'switchyard' }, [file], {
		agents: context.agents,
	});
	const faults = [
		...problems
			.filter(({ severity }) => severity === 'error')
			.map(({ range, code, message }) => `Line ${range.start.line + 1}: ${code} ${message}`),
		...shapeFaults(yaml),
	];
	const tasks = faults.length > 0 ? [] : plainTasks(yaml);
	if (faults.length === 0) {
		faults.push(...ruleFaults(plan.tasks, tasks, context));
	}
	const more = faults.length - mostProblems;
	const shown = more > 0 ? [...faults.slice(0, mostProblems), `And ${more} more.`] : faults;
	return { yaml, tasks: faults.length > 0 ? [] : tasks, problems: shown };
}

/** The last fenced document with tasks, else the text itself where it is one. Linear in the text. */
function findYaml(text: string): string | null {
	const found = fencedIn(text).filter(hasTasks).at(-1);
	if (found !== undefined) {
		return found;
	}
	const start = /^["']?tasks["']?[ \t]*:/m.exec(text)?.index ?? (/^\s*\{/.test(text) ? 0 : -1);
	return start < 0 ? null : text.slice(start);
}

function hasTasks(text: string): boolean {
	return /^["']?tasks["']?[ \t]*:/m.test(text) || /^\s*\{/.test(text);
}

/** The bodies of all fences; one that is never closed goes to the end. */
function fencedIn(text: string): string[] {
	const bodies: string[] = [];
	let fence = '';
	let body: string[] = [];
	for (const line of text.split('\n')) {
		const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
		const [, run = '', rest = ''] = mark ?? [];
		if (fence === '' && run !== '') {
			[fence, body] = [run, []];
		} else if (fence !== '' && run.startsWith(fence) && rest.trim() === '') {
			bodies.push(body.join('\n'));
			fence = '';
		} else if (fence !== '') {
			body.push(line);
		}
	}
	return fence === '' ? bodies : [...bodies, body.join('\n')];
}

/** Only tasks are taken from an agent: what a plan says besides is for its owner to say. */
function shapeFaults(yaml: string): string[] {
	const document = parseDocument(yaml);
	if (document.errors.length > 0 || !isMap(document.contents)) {
		return [];
	}
	const names = document.contents.items.map(({ key }) => String(key));
	const others = names.filter((name) => name !== 'tasks' && name !== 'notes');
	return [
		...(isSeq(document.get('tasks')) ? [] : ['`tasks` is a list.']),
		...(others.length === 0 ? [] : [`Only \`tasks\` is taken. Leave out: ${others.join(', ')}.`]),
	];
}

function plainTasks(yaml: string): AnsweredTask[] {
	const list = valueAt(parseDocument(yaml).toJS(), ['tasks']);
	return (Array.isArray(list) ? list : []).map((fields: Readonly<Record<string, unknown>>) => ({
		id: String(fields['id']),
		name: String(fields['name'] ?? fields['title'] ?? fields['id']),
		requirements: textsOf(fields['requirements']),
		fields,
	}));
}

/** What makes a plan one that can be worked on and checked. */
function ruleFaults(
	tasks: readonly Task[],
	answered: readonly AnsweredTask[],
	context: AnswerContext,
): string[] {
	if (tasks.length === 0 || tasks.length > mostTasks) {
		return [tasks.length === 0 ? 'There are no tasks.' : `There are more than ${mostTasks} tasks.`];
	}
	const shape = new RegExp(`^${context.prefix}-\\d{3,}$`);
	const faults = tasks.flatMap((task) => taskFaults(task, shape, context.prefix));
	const covered = new Set(answered.flatMap(({ requirements }) => requirements));
	for (const { id, description, level } of context.prd.requirements) {
		if (level === 'must' && !covered.has(id)) {
			faults.push(`No task names the requirement ${id} (${description}).`);
		}
	}
	return faults;
}

function taskFaults(task: Task, shape: RegExp, prefix: string): string[] {
	const place = `Line ${task.range.start.line + 1}: \`${task.id}\``;
	const minutes = task.estimateMinutes ?? 0;
	return [
		...(shape.test(task.id) ? [] : [`${place} is no id such as ${prefix}-001.`]),
		...(task.type === undefined ? [`${place} has no \`type\`.`] : []),
		...(minutes > 0 && minutes <= mostHours * 60
			? []
			: [
					`${place} needs \`estimated_hours\` of more than 0 and at most ${mostHours}. Divide what takes longer.`,
				]),
		...(task.acceptanceCriteria.length > 0 ? [] : [`${place} has no \`acceptance_criteria\`.`]),
	];
}
