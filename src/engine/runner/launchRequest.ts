import type { JobSpec } from '../../protocol/runnerFiles.ts';

/**
 * Far below what one argument of a program may hold: what is longer goes the plain way, where the operating system says
 * what is wrong with it. It also fits into a pipe at once.
 */
const maxLength = 32 * 1024;

/** A name that every shell takes for a variable, and that none of them takes for one of its own. */
const plainName =
	/^(?!(?:IFS|PPID|UID|EUID|GROUPS|OPT\w+|LINENO|PWD|OLDPWD|ENV|POSIX\w*|SHELLOPTS|BASH\w*)$)[A-Za-z_]\w*$/;

/**
 * What a warm shell is told of a job, one field a line: how many fields follow and how many of them are variables, then
 * folder, variables, job folder and argument list. Null where that cannot be said in lines.
 */
export function launchRequest(folder: string, { argv, cwd, env }: JobSpec): string | null {
	const variables = Object.entries(env);
	const fields = [cwd, ...variables.map(([name, value]) => `${name}=${value}`), folder, ...argv];
	const text = fields.map((field) => `${field}\n`).join('');
	const isSayable =
		text.length <= maxLength &&
		!fields.some((field) => /[\n\0]/.test(field)) &&
		variables.every(([name]) => plainName.test(name));
	return isSayable ? `${fields.length} ${variables.length}\n${text}` : null;
}
