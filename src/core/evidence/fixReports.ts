import type { CycleOpened } from '../run/events.ts';
import type { RunGate } from '../run/runGate.ts';
import type { TaskState } from '../run/runState.ts';
import { MarkdownText } from './markdownText.ts';
import type { Secret } from './redact.ts';
import { seconds } from './wording.ts';

/** What is known of one cycle of repairs. */
export interface FixCycle {
	readonly gate: RunGate;
	readonly opened: CycleOpened;
	/** Repairs, integration and validators of the cycle that followed. */
	readonly units: readonly TaskState[];
	readonly secrets: readonly Secret[];
}

/** The text of `fixes/cycle-N/tasks.md` (FORMATS 2.3): what is to be repaired, by whom, and when it counts as done. */
export function renderFixTasks({ gate, opened, units, secrets }: FixCycle): string {
	const markdown = new MarkdownText(secrets);
	const lines = [
		`# Fix Cycle ${opened.cycle - 1} Tasks`,
		'',
		`${markdown.inline(gate.name)} did not pass.`,
		'',
	];
	if (opened.fixes.length === 0) {
		lines.push('No repair was ordered: a person looked after it, and everything is judged again.', '');
	}
	for (const { id, owner, findings } of opened.fixes) {
		const task = units.find((unit) => unit.task.id === id)?.task;
		const agent = task?.work.kind === 'agent' ? `agent ${markdown.code(task.work.agent)}` : 'unknown';
		lines.push(
			`## ${markdown.inline(id)}: repair ${markdown.inline(owner)}`,
			'',
			`- **Assigned**: ${agent}, which did ${markdown.inline(owner)}`,
			'- **Issues**:',
			...findings.map((finding) => `  - ${markdown.inline(finding)}`),
			`- **Success Criteria**: ${successOf(gate, task, owner)}`,
			'',
		);
	}
	return `${lines.join('\n').trimEnd()}\n`;
}

function successOf(gate: RunGate, task: TaskState['task'] | undefined, owner: string): string {
	const own = task === undefined || task.checks.length === 0 ? '' : `the checks of ${owner} pass, then `;
	const integration = gate.integration === null ? '' : 'the integration and ';
	return `${own}${integration}all validators pass again`;
}

/** The text of `fixes/cycle-N/summary.md`: what came of it, as far as it was recorded. */
export function renderFixSummary({ opened, units, secrets }: FixCycle): string {
	const markdown = new MarkdownText(secrets);
	const rows = units.map((unit) => {
		const attempt = unit.attempts.at(-1);
		const ended = attempt?.checks.at(-1)?.endedAt ?? attempt?.endedAt ?? null;
		const took =
			attempt?.startedAt == null || ended === null ? 'unknown' : seconds(ended - attempt.startedAt);
		const reason = unit.reason === '' ? '' : markdown.inline(unit.reason);
		return `| ${markdown.inline(unit.task.name)} | ${unit.status} | ${took} | ${reason} |`;
	});
	const judged = units.filter(({ task }) => task.unit?.role !== 'fix');
	const isGood = judged.length > 0 && judged.every(isSettledWell);
	const open = units.filter(
		({ status }) => status !== 'completed' && status !== 'failed' && status !== 'cancelled',
	);
	const result = open.length > 0 ? 'still under way' : isGood ? 'everything passed' : 'not everything passed';
	return [
		`# Fix Cycle ${opened.cycle - 1} Summary`,
		'',
		`Result: **${result}**.`,
		'',
		'| step | status | duration | reason |',
		'|---|---|---|---|',
		...rows,
		'',
	].join('\n');
}

function isSettledWell({ status, task }: TaskState): boolean {
	return status === 'completed' || status === 'skipped' || task.unit?.advisory === true;
}
