import { commandText } from '../../src/core/evidence/commandText.ts';
import type { RunCheck, RunTask } from '../../src/core/run/runPlan.ts';
import { fillIn } from '../shared/fillIn.ts';

/** What a task will run, to the letter, and what proves it. */
export interface TaskCommands {
	readonly work: { readonly kind: 'command' | 'agent' | 'none' | 'nobody'; readonly text: string };
	readonly checks: readonly string[];
}

export interface CommandWords {
	readonly byAgent: string;
	readonly nobody: string;
	readonly onlyChecks: string;
	readonly byPerson: string;
}

/** The commands of a task as text. A check by an agent or a person is named by who does it. */
export function commandsOf(
	{ work, checks }: Pick<RunTask, 'work' | 'checks'>,
	words: CommandWords,
): TaskCommands {
	return { work: workText(work, words), checks: checks.map((check) => checkText(check, words)) };
}

function workText(
	work: RunTask['work'],
	{ byAgent, nobody, onlyChecks }: CommandWords,
): TaskCommands['work'] {
	if (work.kind === 'command') {
		return { kind: 'command', text: commandText(work.command) };
	}
	if (work.kind === 'none') {
		return { kind: 'none', text: onlyChecks };
	}
	if (work.command.kind === 'argv' && work.command.argv.length === 0) {
		return { kind: 'nobody', text: nobody };
	}
	return { kind: 'agent', text: `${fillIn(byAgent, work.agent)}: ${commandText(work.command)}` };
}

function checkText(check: RunCheck, { byAgent, byPerson }: CommandWords): string {
	switch (check.kind) {
		case 'agent':
			return fillIn(byAgent, `${check.work.agent} (${check.persona})`);
		case 'approval':
			return byPerson;
		default:
			return commandText(check.command);
	}
}
