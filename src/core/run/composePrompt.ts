import type { Step, Task } from '../plan/plan.ts';

/** The prompt of a task that brings none: its text and its criteria, and where to report (T7). */
export function composePrompt(task: Task): string {
	const role = task.persona === undefined ? [] : [`You work as ${task.persona}.`, ''];
	return [...role, ...taskLines(task), ...fileLines(task), ...reportLine, ''].join('\n');
}

/** The prompt of one step: its role, the whole task, and that only its own part is to be done. */
export function composeStepPrompt(task: Task, step: Step): string {
	const who = step.persona ?? step.name ?? 'the one who does this step';
	const lines = [
		`You work as ${who} on one step of a task that several do one after another.`,
		'Do the part of your role only; what others did before lies in the workspace.',
		'',
		...(task.prompt?.kind === 'text' ? [task.prompt.text.trim(), ''] : taskLines(task)),
		...fileLines({ touches: step.touches.length > 0 ? step.touches : task.touches, produces: step.produces }),
		...reportLine,
		'',
	];
	return lines.join('\n');
}

/** What somebody is told who judges the work of others (T7, G3): the criteria, and the only form of an answer that counts. */
export function composeVerdictPrompt(
	task: Task,
	{ persona, criteria }: { readonly persona: string; readonly criteria: readonly string[] },
): string {
	const example = {
		verdict: 'FAIL',
		criteria: criteria.map((criterion, index) => ({
			criterion,
			verdict: index === 0 ? 'FAIL' : 'PASS',
			finding: 'What you saw, with file and line.',
			gap: index === 0 ? 'What is missing.' : '',
		})),
	};
	const lines = [
		`You judge as ${persona}. You did not do this work, and you change nothing: no file of the workspace is yours to edit.`,
		'',
		...taskLines(task),
		'Judge each of these criteria by what you find in the files and by running things, not by what anybody says:',
		...criteria.map((criterion) => `- ${criterion}`),
		'',
		'Write your verdict to verdict.json in the folder that SWITCHYARD_OUT names, as JSON of exactly this shape:',
		JSON.stringify(example, null, 2),
		'`verdict` is PASS only if every criterion is PASS. Repeat each criterion word for word. `gap` is empty where nothing is missing.',
		'A criterion that failed may also name `persona` (who should repair it) and `file` (where).',
		'Anything else than this file, and anything you print, is not read.',
		'',
	];
	return lines.join('\n');
}

const reportLine = ['Write your report to report.json in the folder that SWITCHYARD_OUT names.'];

function taskLines(task: Task): string[] {
	const lines = [`# ${task.id}: ${task.name}`, ''];
	if (task.description !== undefined) {
		lines.push(task.description.trim(), '');
	}
	if (task.acceptanceCriteria.length > 0) {
		lines.push('Acceptance criteria:', ...task.acceptanceCriteria.map((criterion) => `- ${criterion}`), '');
	}
	return lines;
}

function fileLines({ touches, produces }: Pick<Task, 'touches' | 'produces'>): string[] {
	const lines: string[] = [];
	if (touches.length > 0) {
		lines.push(`Change only files that match: ${touches.join(', ')}`, '');
	}
	if (produces.length > 0) {
		lines.push(`These files must exist afterwards: ${produces.join(', ')}`, '');
	}
	return lines;
}
