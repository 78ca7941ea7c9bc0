import type { Command } from '../plan/plan.ts';

/** A command as a person would type it into a POSIX shell. For reading and reproducing only: nothing runs this text. */
export function commandText(command: Command): string {
	return command.kind === 'shell' ? command.line : command.argv.map(quoteArgument).join(' ');
}

function quoteArgument(argument: string): string {
	return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
