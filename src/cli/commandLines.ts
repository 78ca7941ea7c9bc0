import { checkText } from '../core/evidence/commandText.ts';
import type { Command } from '../core/plan/plan.ts';
import type { GateStep } from '../core/run/runGate.ts';
import type { RunCheck, RunTask, Work } from '../core/run/runPlan.ts';
import { hasNoWorker } from '../core/run/toForecastPlan.ts';

/** What of a task says which commands are run for it. */
export type CommandedTask = Pick<RunTask, 'work' | 't2' | 'steps' | 'approval' | 'checks'>;

/** Everything that is run and asked for a task, in its order, a line each. */
export function taskCommands(task: CommandedTask): string[] {
	const lines = task.approval === 'before' ? ['approve before it begins'] : [];
	for (const part of task.steps ?? [task]) {
		lines.push(`${task.steps === undefined ? 'run ' : 'step'}    ${workLine(part.work)}`);
		if (part.t2 !== undefined) {
			lines.push(`on T2   ${workLine(part.t2)}`);
		}
		lines.push(...(part === task ? [] : part.checks.map((check) => `verify  ${checkLine(check)}`)));
	}
	lines.push(...task.checks.map((check) => `verify  ${checkLine(check)}`));
	return task.approval === 'after' ? [...lines, 'approve after its checks passed'] : lines;
}

/** The same for a step of a gate; `word` says what the step is for, in six letters. */
export function stepCommands(
	word: string,
	{ work, checks, advisory, perLanguage }: Pick<GateStep, 'work' | 'checks' | 'advisory' | 'perLanguage'>,
): string[] {
	const hasWork = work.kind !== 'none';
	const note = perLanguage === true ? ' (for each language found)' : '';
	return [
		...(hasWork ? [`${word}  ${workLine(work)}`] : []),
		...checks.map((check) => `${hasWork ? 'verify' : word}  ${checkLine(check, advisory)}${note}`),
	];
}

function workLine(work: Work): string {
	if (work.kind !== 'agent') {
		return commandLine(work.command);
	}
	if (hasNoWorker({ work })) {
		return 'nothing yet';
	}
	const model = work.model === undefined ? '' : ` (${work.model})`;
	return `agent ${work.agent}${model}: ${commandLine(work.command)}`;
}

function checkLine(check: RunCheck, isAdvisory = false): string {
	const text =
		check.kind === 'agent' || check.kind === 'approval' ? checkText(check) : commandLine(check.command);
	return isAdvisory || check.advisory === true ? `${text} (advice)` : text;
}

/** A command as one would type it. */
export function commandLine(command: Command): string {
	return command.kind === 'shell' ? command.line : command.argv.map(quoted).join(' ');
}

function quoted(argument: string): string {
	return /^[\w@%+=:,./-]+$/.test(argument) ? argument : JSON.stringify(argument);
}
