import type { Command } from '../plan/plan.ts';
import type { RunCheck } from '../run/runPlan.ts';

/** A command as a person would type it into a POSIX shell. For reading and reproducing only: nothing runs this text. */
export function commandText(command: Command): string {
	return command.kind === 'shell' ? command.line : command.argv.map(quoteArgument).join(' ');
}

function quoteArgument(argument: string): string {
	return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** What makes a check, in one line: a command, an agent in its role, or a person. */
export function checkText(check: RunCheck): string {
	switch (check.kind) {
		case 'agent':
			return `agent ${check.work.agent} as ${check.persona}`;
		case 'approval':
			return `approval of a person: ${check.what}`;
		default:
			return commandText(check.command);
	}
}
